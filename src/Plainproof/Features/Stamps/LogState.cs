using System.Globalization;
using System.Text.Json.Nodes;
using Plainproof.Storage;

namespace Plainproof.Features.Stamps;

/// <summary>What one authority stamped of a log, and how it stands with it.</summary>
/// <param name="Size">How many entries its newest stamp covers; 0 when it never stamped.</param>
/// <param name="Waiting">Entries that it has not stamped; those about stamps themselves ask for none.</param>
/// <param name="Problem">Why the newest try after that stamp failed; null when none did.</param>
internal sealed record StampLine(string Authority, bool IsConfigured, long Stamps, long Size, DateTimeOffset? StampedAt, long Waiting, string? Problem, DateTimeOffset? FailedAt)
{
    /// <summary>Long enough for one day's stamp, an outage of some hours, and a night.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(36);

    /// <summary>Entries have gone without a stamp for longer than an outage takes.</summary>
    /// <param name="since">When the oldest of them was sealed.</param>
    public bool IsLate(DateTimeOffset? since, DateTimeOffset now) => IsConfigured && Waiting > 0 && now - (StampedAt ?? since ?? now) > Longest;
}

/// <summary>One entry as a list shows it.</summary>
internal sealed record LogLine(long Seq, string Id, string Kind, DateTimeOffset At, string? By);

/// <summary>The evidence log of a company as it stands.</summary>
/// <param name="Size">Entries that are numbered, signed and published.</param>
/// <param name="Note">The newest checkpoint, signed; empty before the first.</param>
/// <param name="Since">When the first checkpoint was signed.</param>
internal sealed record LogState(long Size, string Note, DateTimeOffset? SignedAt, DateTimeOffset? Since, IReadOnlyList<StampLine> Stamps)
{
    /// <summary>What stamping and copying write themselves. It asks for no stamp and no letter, or each would keep the others going.</summary>
    private const string AboutItself = "'anchor', 'anchor.failed', 'copy.made', 'copy.failed'";

    public static async Task<LogState> OfAsync(Database database, IReadOnlyList<ConfiguredAuthority> configured, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(stop);
        var newest = (await connection.Command("SELECT size, note, signed_at FROM log_checkpoint WHERE company = @company ORDER BY size DESC LIMIT 1", ("company", database.Company))
            .ListAsync(row => (Size: row.GetInt64(0), Note: row.GetString(1), At: Micros.Time(row.GetInt64(2))), stop)).FirstOrDefault();
        var since = await connection.Command("SELECT MIN(signed_at) FROM log_checkpoint WHERE company = @company", ("company", database.Company)).ValueAsync<long>(stop);
        var stamped = await connection.Command("SELECT authority, COUNT(*), MAX(size), MAX(stamped_at) FROM log_anchor WHERE company = @company GROUP BY authority", ("company", database.Company))
            .ListAsync(row => (Name: row.GetString(0), Stamps: row.GetInt64(1), Size: row.GetInt64(2), At: Micros.Time(row.GetInt64(3))), stop);
        var lines = new List<StampLine>();
        foreach (var name in configured.Select(one => one.Name).Union(stamped.Select(one => one.Name), StringComparer.Ordinal))
        {
            var had = stamped.FirstOrDefault(one => one.Name == name);
            var waiting = await connection.Command($"SELECT COUNT(*) FROM log_entry WHERE company = @company AND seq >= @size AND kind NOT IN ({AboutItself})", ("company", database.Company), ("size", had.Size)).ValueAsync<long>(stop) ?? 0;
            var failed = (await connection.Command("SELECT body FROM log_entry WHERE company = @company AND seq >= @size AND kind = 'anchor.failed' ORDER BY seq DESC LIMIT 20", ("company", database.Company), ("size", had.Size))
                .ListAsync(row => JsonNode.Parse(row.GetFieldValue<byte[]>(0))!, stop)).FirstOrDefault(body => (string?)body["predicate"]!["authority"] == name);
            lines.Add(new StampLine(
                name, configured.Any(one => one.Name == name), had.Stamps, had.Size, had.Name is null ? null : had.At, waiting, (string?)failed?["predicate"]!["problem"], failed is null ? null : TimeOf(failed)));
        }

        return new LogState(newest.Size, newest.Note ?? "", newest.Note is null ? null : newest.At, since is { } first ? Micros.Time(first) : null, lines);
    }

    /// <summary>Whether somebody outside should hear of it: mailing, stamping and copying make entries of their own, and they alone are no news.</summary>
    public static async Task<bool> HasNewsAsync(Database database, long from, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(stop);
        return await connection.Command($"SELECT COUNT(*) FROM log_entry WHERE company = @company AND seq >= @from AND kind NOT IN ({AboutItself}, 'checkpoint.mailed')", ("company", database.Company), ("from", from)).ValueAsync<long>(stop) > 0;
    }

    /// <summary>Entries up to one of them, newest first.</summary>
    /// <param name="before">Null to begin with the newest.</param>
    public static async Task<IReadOnlyList<LogLine>> EntriesAsync(Database database, long? before, int most, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(stop);
        return await connection.Command("SELECT seq, id, kind, body FROM log_entry WHERE company = @company AND seq < @before ORDER BY seq DESC LIMIT @most", ("company", database.Company), ("before", before ?? long.MaxValue), ("most", most))
            .ListAsync(row => LineOf(row.GetInt64(0), row.GetString(1), row.GetString(2), JsonNode.Parse(row.GetFieldValue<byte[]>(3))!), stop);
    }

    private static LogLine LineOf(long seq, string id, string kind, JsonNode body) => new(seq, id, kind, TimeOf(body), body["predicate"]!["by"] is JsonValue by && by.TryGetValue(out string? who) ? who : null);

    private static DateTimeOffset TimeOf(JsonNode body) => DateTimeOffset.Parse((string)body["at"]!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
