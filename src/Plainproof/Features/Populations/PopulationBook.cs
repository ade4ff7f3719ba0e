using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Plainproof.Assurance.Period;
using Plainproof.Assurance.Populations;
using Plainproof.Cli;
using Plainproof.Evidence;
using Plainproof.Facts;
using Plainproof.Features.Check;
using Plainproof.Features.Engagements;
using Plainproof.Features.People;
using Plainproof.Features.Standing;
using Plainproof.Features.Systems;
using Plainproof.Features.Window;
using Plainproof.Sources;
using Plainproof.Storage;

namespace Plainproof.Features.Populations;

/// <summary>A population with what the company found in it.</summary>
/// <param name="Census">What the company checked itself; null when it checks nothing of this kind.</param>
internal sealed record PopulationView(Population List, IReadOnlyList<ListSource> Sources, Census? Census, IReadOnlyList<Comparison> Comparisons)
{
    /// <summary>Of the rows in their order: the same rows give the same, whoever asks.</summary>
    public Hash Fingerprint { get; } = Hash.OfBytes([.. List.Items.SelectMany(item => System.Text.Encoding.UTF8.GetBytes(CanonicalRow.Of(List.RowOf(item)) + "\n"))]);
}

/// <summary>The complete lists of a company for a window, from stored facts. What is frozen of them: <see cref="Freezing"/>.</summary>
internal sealed class PopulationBook(RecordedWork work, EngagementBook engagements, Standings standings, CurrentCompany company, SourceLibrary library, TimeProvider clock)
{
    private const int LongestWhy = 1000;

    /// <summary>What is asked for; else the window of the engagement under way; else the last months.</summary>
    /// <exception cref="BadInput">No days, or no such engagement.</exception>
    public async Task<WindowDays> ChooseAsync(string? engagement, string? from, string? to, CancellationToken stop) =>
        WindowDays.Choose(await engagements.AllAsync(stop), DateOnly.FromDateTime((await NowAsync()).UtcDateTime), engagement, from, to);

    /// <summary>Every kind with its list; null when the window has not begun.</summary>
    public async Task<IReadOnlyList<Population>?> AllAsync(WindowDays days, CancellationToken stop)
    {
        if (await FactsAsync(PopulationKinds.All.SelectMany(kind => kind.Reads), days, stop) is not { } facts)
            return null;
        var due = await DueAsync(facts, stop);
        return [.. PopulationKinds.All.Select(kind => Population.Of(kind, facts, due))];
    }

    /// <summary>Null when the window has not begun.</summary>
    public async Task<PopulationView?> OfAsync(PopulationKind kind, WindowDays days, CancellationToken stop)
    {
        if (await LookAsync(kind, days, stop) is not (var list, var ground))
            return null;
        var collections = await (await standings.StoreAsync(company.Name)).CollectionsAsync(ground.Facts.Window.From - Watch.Longest, ground.Facts.AsOf, stop);
        return new PopulationView(list, ListSource.Of(kind.Reads, collections, library), Census.Of(list, ground), [.. kind.Compare(list, ground)]);
    }

    /// <summary>The items alone, each with what the company found in it. Empty when the window has not begun.</summary>
    public async Task<IReadOnlyList<CheckedItem>> CheckedAsync(PopulationKind kind, WindowDays days, CancellationToken stop) =>
        await LookAsync(kind, days, stop) is (var list, var ground) ? Census.Of(list, ground)?.Items ?? [.. list.Items.Select(item => new CheckedItem(item, []))] : [];

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<ExplainedDifference>> ExplanationsAsync(string kind, CancellationToken stop) =>
        await work.Records.Set<ExplainedDifference>().AsNoTracking().Where(one => one.Kind == kind).OrderByDescending(one => one.ExplainedAt).ToListAsync(stop);

    /// <summary>Says why two lists differ in something. The difference stays on the page, with the words beside it.</summary>
    /// <param name="once">Made when the form was shown, so that it counts once.</param>
    /// <exception cref="BadInput">Not theirs to do, no such difference, or no words.</exception>
    public async Task ExplainAsync(PopulationKind kind, WindowDays days, string comparison, string difference, string why, string once, CancellationToken stop)
    {
        work.Require(Ability.Work, "explain a difference");
        var id = RecordedWork.Once(once);
        var view = await OfAsync(kind, days, stop);
        var found = view?.Comparisons.FirstOrDefault(one => one.Id == comparison)?.Differences.FirstOrDefault(one => one.Key == difference) ?? throw new BadInput("There is no such difference any more. Look at the list again.");
        if (why.Trim().Length is 0 or > LongestWhy)
            throw new BadInput($"Say in a few words why it differs. {LongestWhy} characters are the most.");
        await work.ActAsync(async () =>
        {
            if (await work.Records.Set<ExplainedDifference>().AnyAsync(one => one.Id == id, stop))
                return null;
            var said = new ExplainedDifference { Id = id, Kind = kind.Id, Comparison = comparison, Difference = difference, Why = why.Trim(), ExplainedAt = Micros.Round(clock.GetUtcNow()), ExplainedBy = work.By };
            work.Records.Add(said);
            return Entry.Create("population.difference-explained", said.ExplainedAt, new JsonObject
            {
                ["kind"] = kind.Id,
                ["comparison"] = comparison,
                ["difference"] = difference,
                ["name"] = found.Name,
                ["found"] = found.Words,
                ["why"] = said.Why,
                ["by"] = said.ExplainedBy,
            });
        }, stop);
    }

    public async Task<DateTimeOffset> NowAsync() => (await standings.StoreAsync(company.Name)).Now(clock);

    private async Task<(Population List, Ground Ground)?> LookAsync(PopulationKind kind, WindowDays days, CancellationToken stop)
    {
        if (await FactsAsync(kind.Reads.Concat(kind.Beside), days, stop) is not { } facts)
            return null;
        var due = await DueAsync(facts, stop);
        var numbers = await CompanyNumbers.StoredAsync((await standings.StoreAsync(company.Name)).Database, facts.AsOf, stop);
        return (Population.Of(kind, facts, due), new Ground(kind, facts, due, numbers));
    }

    private async Task<WindowFacts?> FactsAsync(IEnumerable<Aspect> aspects, WindowDays days, CancellationToken stop)
    {
        var (now, window) = (await NowAsync(), Stretch.Of(days.First, days.Last));
        return window.From >= now ? null : await (await standings.StoreAsync(company.Name)).WindowAsync([.. aspects.Distinct()], window, now, stop);
    }

    private async Task<ILookup<string, DateTimeOffset>> DueAsync(WindowFacts facts, CancellationToken stop)
    {
        var (from, to) = (facts.Window.From - Watch.Longest, facts.AsOf);
        return (await work.Records.Set<PlannedRun>().AsNoTracking().Where(run => run.DueAt >= from && run.DueAt <= to).OrderBy(run => run.DueAt).Select(run => new { run.Scope, run.DueAt }).ToListAsync(stop))
            .ToLookup(run => run.Scope, run => run.DueAt, StringComparer.Ordinal);
    }
}
