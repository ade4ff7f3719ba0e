using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Plainproof.Cli;
using Plainproof.Facts;
using Plainproof.Features.Api;
using Plainproof.Features.People;

namespace Plainproof.Features.Systems;

/// <summary>Connected systems and their runs, for scripts. Connecting stays with people: secrets do not travel by tokens.</summary>
internal sealed class SystemsApi : IApiDoor
{
    public string Title => "Systems and runs";

    public void Map(ApiRoutes routes)
    {
        var company = routes.Company;
        company.MapGet("/systems", ListAsync).Needs(Scope.Read).Is("listSystems", "List the connected systems", "What is connected, when it is read, and how it last went. Secrets are never told.");
        company.MapGet("/runs", RunsAsync).Needs(Scope.Read).Is("listRuns", "List the runs", "The newest 200, newest first.");
        company.MapGet("/runs/{run}", RunAsync).Needs(Scope.Read).Is("getRun", "Get one run", "How far it is, and what each system gave. Ask again until its state is no longer 'running'.");
        company.MapGet("/planned-runs", PlannedAsync).Needs(Scope.Read).Is("listPlannedRuns", "List the planned runs", "Each moment at which a system was to be read, oldest first, and what became of it. A missed run stays missed.");
        company.MapPost("/runs", StartAsync).Needs(Scope.Collect).Is("startRun", "Read systems now", "Starts a run in the background and judges the checks at its end. When one is under way already, that run is the answer.")
            .Example("""{ "systems": null }""");
    }

    private static async Task<SystemList> ListAsync(ConnectedSystems systems, Readings readings, CurrentCompany company, TimeProvider clock, CancellationToken stop)
    {
        var (all, runs) = (await systems.AllAsync(company.Name, stop), await readings.AllAsync(company.Name, stop));
        return new SystemList([.. all.Select(one => SystemItem.Of(one, runs.FirstOrDefault(run => run.State != ReadingState.Running && run.Reads(one.Id)), clock.GetUtcNow()))]);
    }

    private static async Task<RunList> RunsAsync(Readings readings, CurrentCompany company, CancellationToken stop) =>
        new([.. (await readings.AllAsync(company.Name, stop)).Select(run => RunItem.Of(run, []))]);

    private static async Task<PlannedRunList> PlannedAsync(
        PlannedRuns runs, CurrentCompany company, TimeProvider clock, CancellationToken stop, [Description("How many days back, 1 to 400.")][System.ComponentModel.DataAnnotations.Range(1, 400)] int days = 30)
    {
        if (days is < 1 or > 400)
            throw new BadInput("days is a number from 1 to 400.");
        var now = clock.GetUtcNow();
        return new PlannedRunList([.. (await runs.OverAsync(company.Name, now.AddDays(-days), now.AddDays(8), stop)).Select(run => PlannedRunItem.Of(run, now))]);
    }

    private static async Task<RunItem> RunAsync([Description("The id of the run.")] string run, Readings readings, CurrentCompany company, CancellationToken stop) =>
        await readings.FindAsync(company.Name, run, stop) is { } found ? RunItem.Of(found, readings.ProgressOf(company.Name, run)) : throw new NotThere("There is no such run.");

    private static async Task<Accepted<RunStarted>> StartAsync(
        Sent<RunSent> sent, HttpContext context, ConnectedSystems systems, Readings readings, CurrentPerson me, CurrentCompany company, CancellationToken stop)
    {
        var all = await systems.AllAsync(company.Name, stop);
        var unknown = sent.Value.Systems?.Where(id => all.All(one => one.Id != id)).ToList() ?? [];
        if (unknown.Count > 0)
            throw new BadInput([.. unknown.Select(id => $"There is no system '{id}'. listSystems tells the ids.")]);
        var run = await readings.StartAsync(company.Name, me.Person.Email, "started by the API", [.. all.Where(one => sent.Value.Systems?.Contains(one.Id) != false)], stop);
        return TypedResults.Accepted($"{context.Request.Path}/{run}", new RunStarted(run));
    }
}

internal sealed record SystemList(IReadOnlyList<SystemItem> Systems);

/// <param name="Source">What reads it.</param>
/// <param name="Scope">The name of the system itself, as results tell it.</param>
/// <param name="SwitchedOffAt">Since when it is not read; null while it is.</param>
/// <param name="Plan">When it is read, in words.</param>
/// <param name="NextAt">The next planned run, if the server runs then.</param>
/// <param name="LastRun">The last run that ended and read it.</param>
internal sealed record SystemItem(
    string Id, string Source, string Name, string Scope, string? Address, DateTimeOffset ConnectedAt, string ConnectedBy, DateTimeOffset? SwitchedOffAt, string Plan, DateTimeOffset? NextAt, RunItem? LastRun)
{
    public static SystemItem Of(Connection one, Reading? last, DateTimeOffset now) => new(
        one.Id, one.Source, one.Name, one.Scope, one.Address, one.ConnectedAt, one.ConnectedBy, one.DisabledAt, SystemWords.Of(one.Timing), one.NextAfter(now),
        last is null ? null : RunItem.Of(last, []));
}

internal sealed record PlannedRunList(IReadOnlyList<PlannedRunItem> PlannedRuns);

/// <param name="System">The id of the system.</param>
/// <param name="Scope">The name of the system itself.</param>
/// <param name="DueAt">When it was to be read.</param>
/// <param name="Standing">What became of it until now.</param>
/// <param name="Read">How much was read; null while it is not over, and when it was missed.</param>
/// <param name="Run">The run that did it.</param>
/// <param name="MissedAt">When it was noticed that nothing had started it.</param>
/// <param name="Says">Why it was missed or failed.</param>
internal sealed record PlannedRunItem(
    string System, string Scope, DateTimeOffset DueAt, RunStanding Standing, int Attempts, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, RunOutcome? Read, string? Run, DateTimeOffset? MissedAt, string? Says)
{
    public static PlannedRunItem Of(PlannedRun run, DateTimeOffset now) => new(
        run.Connection, run.Scope, run.DueAt, run.Standing(now), run.Attempts, run.StartedAt, run.EndedAt, run.Outcome, run.Reading, run.MissedAt, run.Says);
}

internal sealed record RunList(IReadOnlyList<RunItem> Runs);

/// <param name="Why">What made it start.</param>
/// <param name="Says">What went wrong with the run as a whole.</param>
/// <param name="Systems">What each system gave; empty while it runs.</param>
/// <param name="Progress">What each system is at now.</param>
internal sealed record RunItem(
    string Id, ReadingState State, DateTimeOffset StartedAt, string StartedBy, string Why, DateTimeOffset? EndedAt, string? Says, IReadOnlyList<RunPart> Systems, IReadOnlyList<RunProgress> Progress)
{
    public static RunItem Of(Reading run, IReadOnlyList<Check.SourceProgress> now) => new(
        run.Id, run.State, run.StartedAt, run.StartedBy, run.Why, run.EndedAt, run.Says, [.. run.PartList().Select(RunPart.Of)],
        [.. now.Select(one => new RunProgress(one.Source, one.Ended is null ? one.Doing : "done", one.Done, one.Of))]);
}

/// <param name="System">The id of the system.</param>
/// <param name="ReadInFull">How many kinds of facts were read in full.</param>
/// <param name="Kinds">How many kinds of facts it offers.</param>
internal sealed record RunPart(string System, string Name, double Seconds, long Facts, int ReadInFull, int Kinds, IReadOnlyList<NotRead> NotRead)
{
    public static RunPart Of(ReadingPart part) => new(
        part.Connection, part.Name, part.Seconds, part.Facts, part.Whole, part.Of, [.. part.Unread.Select(one => new NotRead(one.What, one.State, one.Why, one.Mend))]);
}

internal sealed record NotRead(string What, Completeness State, string? Why, string? Mend);

internal sealed record RunProgress(string System, string Doing, long Done, long? Of);

/// <param name="Systems">Ids of systems; null for all that are not switched off.</param>
internal sealed record RunSent(IReadOnlyList<string>? Systems = null);

/// <param name="Run">The id of the run.</param>
internal sealed record RunStarted(string Run);
