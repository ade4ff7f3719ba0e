using Microsoft.EntityFrameworkCore;
using Plainproof.Storage;
using Plainproof.Storage.Records;

namespace Plainproof.Features.Stamps;

/// <summary>How the copy of a log in one place stands.</summary>
/// <param name="Copy">Null before the first try.</param>
/// <param name="Waiting">Entries that it lacks. Stamps count, because their tokens are copied; what letters and copies write of themselves does not.</param>
/// <param name="Since">When the first checkpoint was signed.</param>
internal sealed record CopyState(LogCopy? Copy, long Waiting, DateTimeOffset? Since)
{
    private const string NoNews = "'anchor.failed', 'copy.made', 'copy.failed', 'checkpoint.mailed'";
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    public long Size => Copy?.Size ?? 0;

    public bool IsDue(DateTimeOffset now) => Waiting > 0 && now - (Copy?.CopiedAt ?? DateTimeOffset.MinValue) >= Day;

    public bool IsLate(DateTimeOffset now) => Waiting > 0 && now - (Copy?.CopiedAt ?? Since ?? now) > StampLine.Longest;

    public string Lag => Copy?.CopiedAt is { } at ? $"was last made {Check.Words.Day(at)}" : "was not made yet";

    /// <param name="target">The place as the configuration calls it.</param>
    public static async Task<CopyState> OfAsync(Database database, string target, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(stop);
        var copy = await database.HasTableAsync(connection, "log_copy", stop) ? await FindAsync(database, target, stop) : null;
        var waiting = await connection.Command($"SELECT COUNT(*) FROM log_entry WHERE company = @company AND seq >= @size AND kind NOT IN ({NoNews})", ("company", database.Company), ("size", copy?.Size ?? 0)).ValueAsync<long>(stop) ?? 0;
        var since = await connection.Command("SELECT MIN(signed_at) FROM log_checkpoint WHERE company = @company", ("company", database.Company)).ValueAsync<long>(stop);
        return new CopyState(copy, waiting, since is { } first ? Micros.Time(first) : null);
    }

    private static async Task<LogCopy?> FindAsync(Database database, string target, CancellationToken stop)
    {
        await using var records = new CompanyRecords(database);
        return await records.Set<LogCopy>().AsNoTracking().SingleOrDefaultAsync(copy => copy.Target == target, stop);
    }
}
