using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Plainproof.Cli;
using Plainproof.Features.People;
using Plainproof.Storage;
using Plainproof.Web;

namespace Plainproof.Features.Engagements;

/// <summary>How far each engagement is, and the one that comes after it.</summary>
internal sealed class CourseBook(RecordedWork work, EngagementBook engagements)
{
    private const int LongestText = 2000;
    private const int MonthsAfterTypeOne = 6;
    private const int MonthsAfterTypeTwo = 12;

    /// <summary>In the order in which they happened; those taken back are left out.</summary>
    public async Task<IReadOnlyList<EngagementStep>> StepsAsync(string engagement, CancellationToken stop) =>
        [.. (await work.Records.Set<EngagementStep>().AsNoTracking().Where(one => one.EngagementId == engagement && one.TakenBackAt == null).ToListAsync(stop)).OrderBy(one => one.Kind)];

    public async Task<ILookup<string, EngagementStep>> AllStepsAsync(CancellationToken stop) =>
        (await work.Records.Set<EngagementStep>().AsNoTracking().Where(one => one.TakenBackAt == null).ToListAsync(stop)).ToLookup(one => one.EngagementId, StringComparer.Ordinal);

    /// <summary>How far it is today.</summary>
    public EngagementState StateOf(Engagement it, IEnumerable<EngagementStep> steps) => (it.IsOpen, steps.Select(step => (StepKind?)step.Kind).Max()) switch
    {
        (false, _) => EngagementState.Closed,
        (_, StepKind.ReportReceived) => EngagementState.Reported,
        (_, StepKind.DraftReceived) => EngagementState.Drafted,
        (_, StepKind.FieldworkBegun) => EngagementState.Fieldwork,
        _ when engagements.Today > it.Ends => EngagementState.Over,
        _ when it.Begins <= engagements.Today => EngagementState.Running,
        (_, StepKind.LetterSigned) => EngagementState.Signed,
        _ => EngagementState.Planned,
    };

    /// <param name="once">Made when the form was shown, so that it is written down once.</param>
    /// <exception cref="BadInput">Not theirs to do, or everything that is wrong with it, at once.</exception>
    public async Task ReachAsync(string engagement, string once, string kind, string happenedOn, string says, CancellationToken stop)
    {
        work.Require(Ability.ManageEngagement, "write down how far an engagement is");
        var id = RecordedWork.Once(once);
        var reached = Proven(await engagements.ToChangeAsync(engagement, stop), await StepsAsync(engagement, stop), id, kind, happenedOn, says);
        await work.ActAsync(async () =>
        {
            if (await work.Records.Set<EngagementStep>().AnyAsync(one => one.Id == id || (one.EngagementId == engagement && one.Kind == reached.Kind && one.TakenBackAt == null), stop))
                return null;
            work.Records.Add(reached);
            return work.Tell("engagement.step", new JsonObject { ["engagement"] = engagement, ["step"] = Words.Of(reached.Kind), ["happenedOn"] = Words.Day(reached.HappenedOn), ["says"] = reached.Says });
        }, stop);
    }

    /// <summary>What was written down by mistake stays on record, and counts no more.</summary>
    /// <exception cref="BadInput">Not theirs to do.</exception>
    public Task TakeBackAsync(string engagement, string id, CancellationToken stop)
    {
        work.Require(Ability.ManageEngagement, "take back a step of an engagement");
        return work.ActAsync(async () =>
        {
            var stored = await work.Records.Set<EngagementStep>().SingleOrDefaultAsync(one => one.Id == id && one.EngagementId == engagement, stop) ?? throw new BadInput("There is no such step.");
            if (stored.TakenBackAt is not null)
                return null;
            (stored.TakenBackAt, stored.TakenBackBy) = (work.Now, work.By);
            return work.Tell("engagement.step-taken-back", new JsonObject { ["engagement"] = engagement, ["step"] = Words.Of(stored.Kind) });
        }, stop);
    }

    /// <summary>Plans the Type II that begins the day after this one ends, with everything that was typed for this one.</summary>
    /// <param name="once">Made when the form was shown; it becomes the id.</param>
    /// <returns>The id of the engagement.</returns>
    /// <exception cref="BadInput">Not theirs to do.</exception>
    public async Task<string> GoOnAsync(string engagement, string once, CancellationToken stop)
    {
        work.Require(Ability.ManageEngagement, "plan an engagement");
        var id = RecordedWork.Once(once);
        var before = await engagements.FoundAsync(engagement, stop);
        var begins = before.Ends.AddDays(1);
        var next = new Engagement
        {
            Id = id,
            Title = before.Kind == EngagementKind.TypeOne ? $"Type II after {before.Title}" : $"After {before.Title}",
            Kind = EngagementKind.TypeTwo,
            Begins = begins,
            Ends = begins.AddMonths(before.Kind == EngagementKind.TypeOne ? MonthsAfterTypeOne : MonthsAfterTypeTwo).AddDays(-1),
            HoursPerWeek = before.HoursPerWeek,
            Firm = before.Firm,
            Licence = before.Licence,
            PeerReview = before.PeerReview,
            Edition = before.Edition,
            Categories = before.Categories,
            Sizes = before.Sizes,
            Follows = before.Id,
            OpenedAt = work.Now,
            OpenedBy = work.By,
        };
        await work.ActAsync(async () =>
        {
            if (await work.Records.Set<Engagement>().AnyAsync(one => one.Id == id, stop))
                return null;
            work.Records.Add(next);
            return work.Tell("engagement.opened", EngagementBook.Told(next));
        }, stop);
        return id;
    }

    private EngagementStep Proven(Engagement it, IReadOnlyList<EngagementStep> reached, string id, string kind, string happenedOn, string says)
    {
        var fields = new TypedFields();
        var step = Standing.StandingParts.FromWord<StepKind>(kind);
        if (step is null)
            fields.Problems.Add("Choose the step that was reached.");
        var day = fields.Day(happenedOn, "The day it happened", isNeeded: true);
        if (day > engagements.Today)
            fields.Problems.Add("That day has not come yet.");
        if (step is { } wanted && day is { } on)
        {
            if (reached.LastOrDefault(one => one.Kind < wanted && one.HappenedOn > on) is { } earlier)
                fields.Problems.Add($"“{EngagementWords.Step(earlier.Kind)}” was on {Standing.StandingParts.Day(earlier.HappenedOn)}, and comes before it.");
            if (wanted is StepKind.DraftReceived or StepKind.ReportReceived && on <= it.Ends)
                fields.Problems.Add($"A report is written after the last day that it speaks of, {Standing.StandingParts.Day(it.Ends)}.");
        }

        var told = new EngagementStep
        {
            Id = id,
            EngagementId = it.Id,
            Kind = step ?? default,
            HappenedOn = day ?? default,
            Says = fields.Text(says, "What there is to say", LongestText),
            ToldAt = work.Now,
            ToldBy = work.By,
        };
        fields.OrBad();
        return told;
    }
}
