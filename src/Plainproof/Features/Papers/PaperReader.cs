using Microsoft.EntityFrameworkCore;
using Plainproof.Catalog;
using Plainproof.Features.Controls;
using Plainproof.Features.Engagements;
using Plainproof.Features.EvidenceFiles;
using Plainproof.Features.Interview;
using Plainproof.Features.People;
using Plainproof.Features.Populations;
using Plainproof.Features.Recurring;
using Plainproof.Features.Standing;
using Plainproof.Features.Systems;

namespace Plainproof.Features.Papers;

/// <summary>Reads what the papers of an engagement are drawn from.</summary>
internal sealed class PaperReader(RecordedWork work, CurrentCompany company, EngagementBook engagements, CourseBook course, RelevanceBook relevance, CompanyAnswers answers, Standings standings, PaperLooks looks, Catalogue catalogue, TimeProvider clock)
{
    public async Task<PaperGround> OfAsync(Engagement it, CancellationToken stop)
    {
        var today = DateOnly.FromDateTime((await standings.StoreAsync(company.Name)).Now(clock).UtcDateTime);
        var said = await answers.FindAsync(company.Name, stop);
        var (wordings, criteria) = (await WordingsAsync(stop), CriteriaOf(it));
        return new PaperGround(looks)
        {
            Company = company.Company.Title,
            Engagement = it,
            Steps = await course.StepsAsync(it.Id, stop),
            Next = (await engagements.AllAsync(stop)).FirstOrDefault(one => one.Follows == it.Id),
            Today = today,
            Said = said is { } found ? new SaidThen(new ReadinessInterview(catalogue.Questions, found.Answers), found.By, found.At) : null,
            Controls = await ControlsAsync(wordings, criteria, it.Ends < today ? it.Ends : today, stop),
            Criteria = criteria,
            NotRelevant = await relevance.OpenAsync(stop),
            Wordings = wordings,
            Systems = [.. (await work.Records.Set<Connection>().AsNoTracking().Where(one => one.DisabledAt == null).ToListAsync(stop)).OrderBy(one => one.Name, StringComparer.Ordinal).ThenBy(one => one.Id, StringComparer.Ordinal)],
            Policies = await PoliciesAsync(stop),
            Nothings = [.. (await work.Records.Set<ControlOccurrence>().AsNoTracking().Where(one => one.TakenBackAt == null && one.Search != "").ToListAsync(stop)).OrderBy(one => one.DueOn).ThenBy(one => one.ControlId, StringComparer.Ordinal)],
            Frozen = await work.Records.Set<FrozenPopulation>().AsNoTracking().Where(one => one.RowCount == 0).OrderByDescending(one => one.FrozenAt).ToListAsync(stop),
            Saved = (await work.Records.Set<PaperVersion>().AsNoTracking().Where(one => one.Engagement == it.Id).ToListAsync(stop)).GroupBy(one => one.Kind, StringComparer.Ordinal).ToDictionary(some => some.Key, some => some.MaxBy(one => one.Number)!, StringComparer.Ordinal),
        };
    }

    /// <summary>The controls of an engagement that the company does, or says it does.</summary>
    public async Task<IReadOnlyList<PromisedControl>> PromisedAsync(Engagement it, CancellationToken stop)
    {
        var today = DateOnly.FromDateTime((await standings.StoreAsync(company.Name)).Now(clock).UtcDateTime);
        return await ControlsAsync(await WordingsAsync(stop), CriteriaOf(it), it.Ends < today ? it.Ends : today, stop);
    }

    private List<Criterion> CriteriaOf(Engagement it) => [.. catalogue.Criteria.Criteria.Where(one => it.CategoryList.Contains(one.Category))];

    private async Task<List<ControlVersion>> WordingsAsync(CancellationToken stop) =>
        [.. (await work.Records.Set<ControlVersion>().AsNoTracking().ToListAsync(stop)).OrderBy(one => one.Begins).ThenBy(one => one.WrittenAt).ThenBy(one => one.Id, StringComparer.Ordinal)];

    private async Task<IReadOnlyList<PromisedControl>> ControlsAsync(List<ControlVersion> wordings, List<Criterion> criteria, DateOnly day, CancellationToken stop)
    {
        var inScope = criteria.Select(one => one.Id).ToHashSet(StringComparer.Ordinal);
        var byControl = wordings.ToLookup(one => one.ControlId, StringComparer.Ordinal);
        var timed = (await work.Records.Set<ControlRhythm>().AsNoTracking().Select(one => one.ControlId).Distinct().ToListAsync(stop)).ToHashSet(StringComparer.Ordinal);
        var now = await standings.OfAsync(company.Name);
        var own = byControl.Where(some => ControlVersion.IsOwnId(some.Key)).OrderBy(some => some.Key.Length).ThenBy(some => some.Key, StringComparer.Ordinal)
            .Select(some => OwnControl.Of(ControlBook.Holding([.. some], day))).OfType<Control>();
        return [.. catalogue.Controls.Controls.Concat(own).Where(control => control.Criteria.Any(inScope.Contains))
            .Select(control => Promised(control, ControlBook.Holding([.. byControl[control.Id]], day), timed, now)).OfType<PromisedControl>()];
    }

    /// <summary>Null for a control that we suggest and that the company never took up.</summary>
    private static PromisedControl? Promised(Control control, ControlVersion? mine, HashSet<string> timed, CompanyStanding now)
    {
        if (mine is not null)
            return new PromisedControl(control, mine.Title, mine.Statement, mine.Owner, mine.Frequency, From($"The company's own wording since {StandingParts.Day(mine.Begins)}, written by {mine.WrittenBy}.", mine.Id, Wording.Own));
        var ours = timed.Contains(control.Id) ? "Our suggested wording. The company said how often it does this."
            : now.Claims.Controls.Contains(control.Id) ? "Our suggested wording. The company said in the interview that it does this. It is a claim, no evidence."
            : now.Controls.Any(view => view.Control.Id == control.Id && view.IsEvidenced) ? "Our suggested wording. A system was read for it." : null;
        return ours is null ? null : new PromisedControl(control, control.Title, control.Statement, control.Owner, control.Frequency.Text, From(ours, control.Id, Wording.Standard));

        Trace From(string says, string id, Wording wording) => new(says, $"/controls/{control.Id}", [id], wording);
    }

    private async Task<IReadOnlyList<ApprovedPolicy>> PoliciesAsync(CancellationToken stop)
    {
        var files = await work.Records.Set<EvidenceFile>().AsNoTracking().Where(file => file.Kind == EvidenceKind.Policy).OrderBy(file => file.Id).ToListAsync(stop);
        return [.. files.Where(file => file.IsApprovedPolicy).Select(file => new ApprovedPolicy(file.Id, file.Says.Length > 0 ? file.Says : file.FileName, file.Saying.Approver!, file.Saying.ApprovedOn!.Value))];
    }
}
