using Microsoft.EntityFrameworkCore;
using Plainproof.Assurance.Populations;
using Plainproof.Cli;
using Plainproof.Evidence;
using Plainproof.Features.Engagements;
using Plainproof.Features.People;
using Plainproof.Features.Stamps;
using Plainproof.Features.Window;
using Plainproof.Storage;
using Plainproof.Storage.Records;
using Words = Plainproof.Storage.Words;

namespace Plainproof.Features.Populations;

/// <param name="Unstamped">Outside stamps that could not be had; the log says so too.</param>
internal sealed record FreezeDone(string Id, IReadOnlyList<string> Unstamped);

/// <summary>Freezes populations, so that nobody can change a list after it was given: its root is in the evidence log before a sample is drawn.</summary>
internal sealed class Freezing(PopulationBook book, RecordedWork work, EngagementBook engagements, CompanyLogs logs, CurrentCompany company, DataFolder data, TimeProvider clock)
{
    private Vault Vault => data.VaultOf(company.Name, clock);

    /// <summary>Newest first.</summary>
    /// <param name="kind">Null for all.</param>
    public async Task<IReadOnlyList<FrozenPopulation>> AllAsync(string? kind, CancellationToken stop) =>
        await work.Records.Set<FrozenPopulation>().AsNoTracking().Where(one => kind == null || one.Kind == kind).OrderByDescending(one => one.FrozenAt).ThenByDescending(one => one.Id).ToListAsync(stop);

    public async Task<FrozenPopulation?> OfAsync(string id, CancellationToken stop) => await work.Records.Set<FrozenPopulation>().AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, stop);

    /// <exception cref="EvidenceException">The sealed rows are damaged or gone.</exception>
    public Task<FrozenRows> RowsAsync(FrozenPopulation frozen, CancellationToken stop) => FrozenRows.OpenAsync(Vault, frozen.Digest, stop);

    /// <param name="number">From 1, as people count rows.</param>
    /// <returns>Null when there is no such row.</returns>
    /// <exception cref="EvidenceException">The sealed rows are damaged or gone.</exception>
    public async Task<RowFile?> RowAsync(FrozenPopulation frozen, int number, CancellationToken stop) =>
        number >= 1 && number <= frozen.RowCount && await RowsAsync(frozen, stop) is var rows ? rows.FileOf(frozen.Id, number - 1, company.Mark) : null;

    /// <param name="once">Made when the form was shown; it becomes the id.</param>
    /// <param name="engagement">Whose window the days are, or are a part of; null for any other days.</param>
    /// <exception cref="BadInput">Not theirs to do, days that are not over, or parts that do not join.</exception>
    public async Task<FreezeDone> FreezeAsync(PopulationKind kind, string? engagement, DateOnly first, DateOnly last, string once, CancellationToken stop)
    {
        work.Require(Ability.ManageEngagement, "freeze a population");
        var id = RecordedWork.Once(once);
        if (await OfAsync(id, stop) is not null)
            return new FreezeDone(id, []);
        await SampleMark.RefuseAsync(data.DatabaseOf(company.Name), "The population was not frozen.", stop);
        await ProveAsync(kind, engagement, new FrozenDays(first, last), stop);
        var view = await book.OfAsync(kind, new WindowDays(first, last, null), stop) ?? throw NotOver(last);
        var rows = FrozenRows.Of(view.List.Columns, view.List.Items.Select(view.List.RowOf));
        var freeze = new Freeze(id, view, engagement, first, last, rows, work.By);
        var kept = await rows.SealAsync(Vault, id, null, stop);
        await work.ActAsync(async () =>
        {
            if (await work.Records.Set<FrozenPopulation>().AnyAsync(one => one.Id == id, stop))
                return null;
            await ProveAsync(kind, engagement, new FrozenDays(first, last), stop);
            var at = Micros.Round(clock.GetUtcNow());
            var entry = Entry.Create(Freeze.EntryKind, at, freeze.Told(), kept);
            work.Records.Add(freeze.RecordOf(kept, entry, at));
            return entry;
        }, stop);
        return new FreezeDone(id, await OutsideStamps.AddAsync(data, await logs.OfAsync(company.Name), clock, stop));
    }

    private async Task ProveAsync(PopulationKind kind, string? engagement, FrozenDays wanted, CancellationToken stop)
    {
        if (wanted.Last < wanted.First || wanted.Last.DayNumber - wanted.First.DayNumber >= WindowDays.MostDays)
            throw new BadInput($"A window has at least one day, and at most {WindowDays.MostDays}. 'from' is the first of them, 'to' the last.");
        if (wanted.Last >= DateOnly.FromDateTime((await book.NowAsync()).UtcDateTime))
            throw NotOver(wanted.Last);
        if (engagement is null)
            return;
        var whose = await engagements.OfAsync(engagement, stop) ?? throw new BadInput("There is no such engagement.");
        if (whose.Begins is not { } begins)
            throw new BadInput("A Type I looks at one day and has no window. Freeze any other days instead.");
        var frozen = await work.Records.Set<FrozenPopulation>().AsNoTracking().Where(one => one.Kind == kind.Id && one.Engagement == engagement).ToListAsync(stop);
        if (FrozenParts.Refusal(wanted, new FrozenDays(begins, whose.Ends), frozen.Select(one => one.Days)) is { } refusal)
            throw new BadInput(refusal);
    }

    private static BadInput NotOver(DateOnly last) => new($"The days are not over: the last of them is {Words.Day(last)}. Freeze days that are over, because a list under way still grows.");
}
