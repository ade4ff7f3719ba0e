using System.Data.Common;
using Plainproof.Facts;
using Plainproof.Sources;

namespace Plainproof.Storage;

/// <summary>The transaction that turns gathered rows into versions: what is the same writes nothing, what differs closes the old and opens a new one.</summary>
internal sealed class CollectionMerge(
    DbTransaction within, Database database, CollectionStart start, string id, IReadOnlyList<Coverage> lines, IReadOnlyList<string> scopes)
{
    public static readonly StagingTable Staged = new(
        "staged_fact",
        [
            ("scope", BulkType.Text), ("aspect", BulkType.Text), ("subject", BulkType.Text), ("value", BulkType.Bytes),
            ("blob", BulkType.Text), ("path", BulkType.Text),
        ],
        "scope, aspect, subject");

    private const string Course = "c.company = @company AND c.scope = s.scope AND c.aspect = s.aspect AND c.subject = s.subject";
    private const string Open = "f.company = @company AND f.course = c.number AND f.closed_at IS NULL";

    public async Task<(DateTimeOffset At, long Opened, long Closed)> RunAsync(
        DateTimeOffset finished, Completeness worst, string? principal, string? entry, IReadOnlyList<Call> calls, CancellationToken stop)
    {
        var at = Tide.After(await NewestAsync(stop), finished, start.Scope, database.Where);
        await AddCollectionAsync(at, worst, principal, entry, stop);
        await AddCoverageAsync(at, stop);
        await AddCallsAsync(calls, stop);
        await AddCoursesAsync(stop);
        long closed = await CloseChangedAsync(at, stop);
        foreach (var line in lines.Where(line => line.State == Completeness.Complete))
            closed += await CloseGoneAsync(line, at, stop);
        await AddBlobsAsync(stop);
        return (Micros.Time(at), await OpenAsync(at, stop), closed);
    }

    private async Task<long?> NewestAsync(CancellationToken stop)
    {
        long? newest = null;
        foreach (var scope in scopes.Concat(lines.Select(line => line.Scope)).Distinct(StringComparer.Ordinal))
        {
            var last = await within.Command("SELECT MAX(at) FROM coverage WHERE company = @company AND scope = @scope", ("company", database.Company), ("scope", scope)).ValueAsync<long>(stop);
            newest = last is { } one && !(newest >= one) ? one : newest;
        }

        return newest;
    }

    private Task AddCollectionAsync(long at, Completeness worst, string? principal, string? entry, CancellationToken stop) => within.Command(
        """
        INSERT INTO collection (company, id, source, source_version, address, scope, tool_version, principal, completeness, started_at, finished_at, entry)
        VALUES (@company, @id, @source, @source_version, @address, @scope, @tool_version, @principal, @completeness, @started_at, @finished_at, @entry)
        """,
        ("company", database.Company), ("id", id), ("source", start.Source), ("source_version", (long)start.SourceVersion), ("address", start.Address),
        ("scope", start.Scope), ("tool_version", start.ToolVersion), ("principal", principal), ("completeness", Words.Of(worst)),
        ("started_at", Micros.Of(start.Started)), ("finished_at", at), ("entry", entry)).RunAsync(stop);

    private async Task AddCoverageAsync(long at, CancellationToken stop)
    {
        foreach (var line in lines)
            await within.Command(
                """
                INSERT INTO coverage (company, scope, aspect, at, collection, state, why, mend, read, expected)
                VALUES (@company, @scope, @aspect, @at, @collection, @state, @why, @mend, @read, @expected)
                """,
                ("company", database.Company), ("scope", line.Scope), ("aspect", line.Aspect.Name), ("at", at), ("collection", id),
                ("state", Words.Of(line.State)), ("why", line.Why), ("mend", line.Mend), ("read", line.Read), ("expected", line.Expected)).RunAsync(stop);
    }

    private async Task AddCallsAsync(IReadOnlyList<Call> calls, CancellationToken stop)
    {
        foreach (var (number, call) in calls.Index())
            await within.Command(
                """
                INSERT INTO collection_call (company, collection, number, what, pages, items, bytes, milliseconds, status)
                VALUES (@company, @collection, @number, @what, @pages, @items, @bytes, @milliseconds, @status)
                """,
                ("company", database.Company), ("collection", id), ("number", (long)number), ("what", call.What), ("pages", (long)call.Pages),
                ("items", call.Items), ("bytes", call.Bytes), ("milliseconds", call.Milliseconds), ("status", call.Status)).RunAsync(stop);
    }

    /// <summary>What is told for the first time, ever. The transaction keeps other writers of the company out, so that numbers stay one after the other.</summary>
    private Task<int> AddCoursesAsync(CancellationToken stop) => within.Command(
        $"""
        INSERT INTO fact_course (company, number, scope, aspect, subject)
        SELECT @company, (SELECT COALESCE(MAX(number), 0) FROM fact_course WHERE company = @company) + ROW_NUMBER() OVER (ORDER BY s.scope, s.aspect, s.subject), s.scope, s.aspect, s.subject
        FROM staged_fact s WHERE NOT EXISTS (SELECT 1 FROM fact_course c WHERE {Course})
        """, ("company", database.Company)).RunAsync(stop);

    private Task<int> CloseChangedAsync(long at, CancellationToken stop) => within.Command(
        $"""
        UPDATE fact_version SET closed_at = @at
        WHERE company = @company AND closed_at IS NULL AND course IN
          (SELECT c.number FROM staged_fact s JOIN fact_course c ON {Course} JOIN fact_version f ON {Open} WHERE f.value <> s.value)
        """, ("at", at), ("company", database.Company)).RunAsync(stop);

    /// <summary>Law 1: what was not seen is gone only when everything was seen.</summary>
    private Task<int> CloseGoneAsync(Coverage line, long at, CancellationToken stop) => within.Command(
        $"""
        UPDATE fact_version SET closed_at = @at
        WHERE company = @company AND closed_at IS NULL AND course IN
          (SELECT c.number FROM fact_course c WHERE c.company = @company AND c.scope = @scope AND c.aspect = @aspect AND NOT EXISTS (SELECT 1 FROM staged_fact s WHERE {Course}))
        """, ("at", at), ("company", database.Company), ("scope", line.Scope), ("aspect", line.Aspect.Name)).RunAsync(stop);

    /// <summary>Blobs that some new version is from.</summary>
    private Task<int> AddBlobsAsync(CancellationToken stop) => within.Command(
        $"""
        INSERT INTO fact_blob (company, number, digest)
        SELECT @company, (SELECT COALESCE(MAX(number), 0) FROM fact_blob WHERE company = @company) + ROW_NUMBER() OVER (ORDER BY told.digest), told.digest
        FROM (SELECT DISTINCT s.blob AS digest FROM staged_fact s JOIN fact_course c ON {Course} WHERE NOT EXISTS (SELECT 1 FROM fact_version f WHERE {Open})) AS told
        WHERE NOT EXISTS (SELECT 1 FROM fact_blob b WHERE b.company = @company AND b.digest = told.digest)
        """, ("company", database.Company)).RunAsync(stop);

    private Task<int> OpenAsync(long at, CancellationToken stop) => within.Command(
        $"""
        INSERT INTO fact_version (company, course, first_seen, value, blob, path)
        SELECT @company, c.number, @at, s.value, b.number, s.path
        FROM staged_fact s JOIN fact_course c ON {Course} JOIN fact_blob b ON b.company = @company AND b.digest = s.blob
        WHERE NOT EXISTS (SELECT 1 FROM fact_version f WHERE {Open})
        """, ("at", at), ("company", database.Company)).RunAsync(stop);
}
