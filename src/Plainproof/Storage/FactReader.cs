using System.Collections.Concurrent;
using System.Data.Common;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using Plainproof.Facts;
using Pointer = Plainproof.Facts.Pointer;

namespace Plainproof.Storage;

/// <summary>The facts as of a moment, typed, with how completely each scope and aspect was last read.</summary>
internal static class FactReader
{
    /// <summary>Makes a typed fact of its stored value.</summary>
    internal delegate Dated Make(ReadOnlySpan<byte> value, string subject, string scope, DateTimeOffset firstSeen, DateTimeOffset lastSeen, Pointer at);

    private static readonly ConcurrentDictionary<string, Make?> Makers = new(StringComparer.Ordinal);

    /// <returns>Null for a kind that this build does not know.</returns>
    internal static Make? MakerFor(string aspect) => Makers.GetOrAdd(aspect, MakerOf);

    public static async Task<StoredFacts> ReadAsync(Database database, DateTimeOffset asOf, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(stop);
        await using var within = await database.BeginReadAsync(connection, stop);
        var lines = await CoverageAsync(within, database.Company, asOf, stop);
        var complete = await LastCompleteAsync(within, database.Company, asOf, stop);
        var read = await FactsAsync(within, database.Company, asOf, complete, stop);
        var acts = await Acts.ReadAsync(within, database.Company, asOf, stop);
        return new StoredFacts(read.Facts, [.. lines.Select(line => Degrade(line, read.Unreadable))], acts, read.Unknown);
    }

    /// <summary>The line of the newest collection of each scope and aspect.</summary>
    private static Task<List<Coverage>> CoverageAsync(DbTransaction within, string company, DateTimeOffset asOf, CancellationToken stop) => within.Command(
        """
        SELECT c.scope, c.aspect, c.state, c.why, c.mend, c.read, c.expected, c.at FROM coverage c
        JOIN (SELECT scope, aspect, MAX(at) AS at FROM coverage WHERE company = @company AND at <= @as_of GROUP BY scope, aspect) newest
          ON newest.scope = c.scope AND newest.aspect = c.aspect AND newest.at = c.at
        WHERE c.company = @company
        """, ("company", company), ("as_of", Micros.Of(asOf))).ListAsync(row => CollectionReader.Line(row) with { At = Micros.Time(row.GetInt64(7)) }, stop);

    private static async Task<Dictionary<(string Scope, string Aspect), DateTimeOffset>> LastCompleteAsync(
        DbTransaction within, string company, DateTimeOffset asOf, CancellationToken stop)
    {
        var rows = await within.Command(
            "SELECT scope, aspect, MAX(at) FROM coverage WHERE company = @company AND at <= @as_of AND state = @complete GROUP BY scope, aspect",
            ("company", company), ("as_of", Micros.Of(asOf)), ("complete", Words.Of(Completeness.Complete)))
            .ListAsync(row => (Place: (row.GetString(0), row.GetString(1)), At: Micros.Time(row.GetInt64(2))), stop);
        return rows.ToDictionary(row => row.Place, row => row.At);
    }

    /// <summary>Place by place: what all facts of a place have in common is not told again by every row.</summary>
    private static async Task<(List<Dated> Facts, long Unknown, HashSet<(string Scope, string Aspect)> Unreadable)> FactsAsync(
        DbTransaction within, string company, DateTimeOffset asOf, Dictionary<(string Scope, string Aspect), DateTimeOffset> complete, CancellationToken stop)
    {
        var facts = new List<Dated>();
        var unreadable = new HashSet<(string, string)>();
        var unknown = 0L;
        var shared = new Shared();
        var places = await within.Command("SELECT DISTINCT scope, aspect FROM fact_course WHERE company = @company", ("company", company))
            .ListAsync(row => (Scope: row.GetString(0), Aspect: row.GetString(1)), stop);
        foreach (var place in places)
        {
            await using var command = within.Command(
                """
                SELECT c.subject, f.first_seen, f.value, b.digest, f.path FROM fact_course c
                JOIN fact_version f ON f.company = c.company AND f.course = c.number
                  AND f.first_seen = (SELECT MAX(v.first_seen) FROM fact_version v WHERE v.company = c.company AND v.course = c.number AND v.first_seen <= @as_of)
                LEFT JOIN fact_blob b ON b.company = f.company AND b.number = f.blob
                WHERE c.company = @company AND c.scope = @scope AND c.aspect = @aspect AND (f.closed_at IS NULL OR f.closed_at > @as_of)
                """, ("company", company), ("scope", place.Scope), ("aspect", place.Aspect), ("as_of", Micros.Of(asOf)));
            await using var row = await command.ExecuteReaderAsync(stop);
            var make = MakerFor(place.Aspect);
            var last = complete.GetValueOrDefault(place, DateTimeOffset.MinValue);
            while (await row.ReadAsync(stop))
            {
                if (make is null)
                    unknown++;
                else if (Read(row, make, place.Scope, last, shared) is { } fact)
                    facts.Add(fact);
                else
                    unreadable.Add(place);
            }
        }

        return (facts, unknown, unreadable);
    }

    /// <summary>Null when the value was written by a build whose kind of that name has another shape.</summary>
    private static Dated? Read(DbDataReader row, Make make, string scope, DateTimeOffset lastComplete, Shared shared)
    {
        var firstSeen = Micros.Time(row.GetInt64(1));
        var (subject, at) = shared.With(row.GetString(0), row.GetString(3), row.GetString(4));
        try
        {
            return make(row.GetFieldValue<byte[]>(2), subject, scope, firstSeen, firstSeen > lastComplete ? firstSeen : lastComplete, at);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Law 1: what cannot be read back counts as not seen.</summary>
    private static Coverage Degrade(Coverage line, HashSet<(string Scope, string Aspect)> unreadable) =>
        unreadable.Contains((line.Scope, line.Aspect.Name))
            ? line with { State = Completeness.Failed, Why = "What was stored comes from another version of Plainproof and cannot be read by this one.", Mend = "Read the system again: plainproof check.", Expected = null }
            : line;

    private static Make? MakerOf(string aspect) => Kinds.TypeOf(new Aspect(aspect)) is { } type
        ? typeof(FactReader).GetMethod(nameof(MakeOf), BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(type).CreateDelegate<Make>()
        : null;

    private static Dated MakeOf<T>(ReadOnlySpan<byte> value, string subject, string scope, DateTimeOffset firstSeen, DateTimeOffset lastSeen, Pointer at) where T : notnull =>
        new Dated<T>(subject, scope, JsonSerializer.Deserialize<T>(value, FactJson.Options) ?? throw new JsonException("null"), firstSeen, lastSeen, at);

    /// <summary>
    /// What many facts of one reading share is kept once: the subject and its place in the raw bytes by all of its aspects, the blob by all
    /// facts of a page. Without it a large directory takes twice the memory.
    /// </summary>
    private sealed class Shared
    {
        private readonly Dictionary<string, (string Subject, Pointer At)> _subjects = new(StringComparer.Ordinal);
        private readonly Dictionary<string, Digest> _blobs = new(StringComparer.Ordinal);
        private readonly Dictionary<string, string> _paths = new(StringComparer.Ordinal);

        public (string Subject, Pointer At) With(string subject, string blob, string path)
        {
            if (!_blobs.TryGetValue(blob, out var digest))
                _blobs[blob] = digest = Digest.Parse(blob);
            ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_subjects, subject, out var found);
            if (!found || known.At.Blob != digest || known.At.Path != path)
                known = (found ? known.Subject : subject, new Pointer(digest, Once(path)));
            return known;
        }

        /// <summary>Each page of a list has a first line; a file of millions of lines is not worth keeping them all.</summary>
        private string Once(string path) =>
            _paths.TryGetValue(path, out var known) ? known : _paths.Count < 10_000 ? _paths[path] = path : path;
    }
}
