using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Plainproof.Cli;
using Plainproof.Features.Api;
using Plainproof.Features.People;
using Plainproof.Features.Standing;
using Plainproof.Storage;

namespace Plainproof.Features.Stamps;

/// <summary>The evidence log, for scripts.</summary>
internal sealed class StampsApi : IApiDoor
{
    private const int Most = 1000;

    public string Title => "Evidence log";

    public void Map(ApiRoutes routes)
    {
        routes.Company.MapGet("/log", StateAsync).Needs(Scope.Read).Is("getLog", "Get the state of the evidence log", "How many entries it has, its newest signed checkpoint, and what each authority outside stamped. It also says how far its locked copy got. Keep the checkpoint: a rewritten log no longer fits it.");
        routes.Company.MapGet("/log/entries", EntriesAsync).Needs(Scope.Read).Is("listLogEntries", "List log entries", "Newest first. To go on, give the number of the last one as 'before'. The bytes of each entry are in the folder of the company.");
    }

    private static async Task<LogAnswer> StateAsync(Standings standings, CurrentCompany company, DataFolder data, CancellationToken stop)
    {
        var database = (await standings.StoreAsync(company.Name)).Database;
        var state = await LogState.OfAsync(database, data.TimestampAuthorities, stop);
        var copy = data.Copy is { } settings && company.Name != SampleMark.Company ? Of(await CopyState.OfAsync(database, settings.Where, stop), settings.Where) : null;
        return new LogAnswer(state.Size, state.Note, state.SignedAt, [.. state.Stamps.Select(line => new LogStamp(line.Authority, line.IsConfigured, line.Size, line.StampedAt, line.Waiting, line.Problem))], copy);
    }

    private static LogCopyAnswer Of(CopyState state, string target) => new(target, state.Size, state.Copy?.CopiedAt, state.Copy?.KeptUntil, state.Waiting, state.Copy?.Problem);

    private static async Task<LogEntries> EntriesAsync(
        Standings standings, CurrentCompany company, CancellationToken stop,
        [Description("Only entries with a smaller number.")] long? before = null, [Description("How many, from 1 to 1000. Left out: 100.")] int? most = null)
    {
        if (most is < 1 or > Most)
            throw new BadInput($"'most' is a number from 1 to {Most}.");
        return new LogEntries(await LogState.EntriesAsync((await standings.StoreAsync(company.Name)).Database, before, most ?? 100, stop));
    }
}

/// <param name="Size">Entries that are signed and published.</param>
/// <param name="Checkpoint">The newest checkpoint, a signed note.</param>
/// <param name="Copy">Null when no copy is configured.</param>
internal sealed record LogAnswer(long Size, string Checkpoint, DateTimeOffset? SignedAt, IReadOnlyList<LogStamp> Stamps, LogCopyAnswer? Copy);

/// <param name="To">The server, the bucket and the prefix.</param>
/// <param name="Size">How many entries it covers.</param>
/// <param name="CopiedAt">When it was last whole; null when it never was.</param>
/// <param name="KeptUntil">Until when its newest checkpoint is locked.</param>
/// <param name="Waiting">Entries that it lacks.</param>
/// <param name="Problem">Why the last try failed; null when it did not.</param>
internal sealed record LogCopyAnswer(string To, long Size, DateTimeOffset? CopiedAt, DateTimeOffset? KeptUntil, long Waiting, string? Problem);

/// <param name="Authority">Its name in the configuration.</param>
/// <param name="Asked">Whether it is still asked.</param>
/// <param name="Size">How many entries its newest stamp covers.</param>
/// <param name="Waiting">Entries without its stamp.</param>
/// <param name="Problem">Why its last try failed; null when it did not.</param>
internal sealed record LogStamp(string Authority, bool Asked, long Size, DateTimeOffset? StampedAt, long Waiting, string? Problem);

/// <summary>Some entries of the log.</summary>
internal sealed record LogEntries(IReadOnlyList<LogLine> Entries);
