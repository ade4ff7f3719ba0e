using System.Data.Common;
using Plainproof.Facts;

namespace Plainproof.Storage;

/// <summary>What people did, one row each; never changed.</summary>
internal static class Acts
{
    public static Task AddAsync(DbTransaction within, string company, Act act, string? entry, CancellationToken stop) => within.Command(
        """
        INSERT INTO act (company, id, verb, subject, actor, event_at, recorded_at, covers_from, covers_to, blob, path, says, entry)
        VALUES (@company, @id, @verb, @subject, @actor, @event_at, @recorded_at, @covers_from, @covers_to, @blob, @path, @says, @entry)
        """,
        ("company", company), ("id", Guid.CreateVersion7(act.RecordedAt).ToString("D")), ("verb", act.Verb), ("subject", act.Subject), ("actor", act.By),
        ("event_at", Micros.Of(act.EventAt)), ("recorded_at", Micros.Of(act.RecordedAt)),
        ("covers_from", Words.Day(act.Covers?.From)), ("covers_to", Words.Day(act.Covers?.To)),
        ("blob", act.File?.Blob.ToString()), ("path", act.File?.Path), ("says", act.Says), ("entry", entry)).RunAsync(stop);

    /// <summary>Oldest first.</summary>
    public static async Task<IReadOnlyList<Act>> ReadAsync(DbTransaction within, string company, DateTimeOffset asOf, CancellationToken stop) =>
        await within.Command(
            """
            SELECT verb, subject, actor, event_at, recorded_at, covers_from, covers_to, blob, path, says
            FROM act WHERE company = @company AND recorded_at <= @as_of ORDER BY recorded_at, id
            """, ("company", company), ("as_of", Micros.Of(asOf))).ListAsync(Read, stop);

    private static Act Read(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), Micros.Time(row.GetInt64(3)), Micros.Time(row.GetInt64(4)),
        Words.Day(row.TextOrNull(5)) is { } from && Words.Day(row.TextOrNull(6)) is { } to ? new DateRange(from, to) : null,
        row.TextOrNull(7) is { } blob ? new Pointer(Digest.Parse(blob), row.GetString(8)) : null,
        row.TextOrNull(9));
}
