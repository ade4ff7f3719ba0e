using Plainproof.Assurance.Planning;
using Plainproof.Features.Gaps;
using Plainproof.Features.People;
using Plainproof.Features.Standing;

namespace Plainproof.Features.Engagements;

/// <summary>What to think about before the auditor does. The auditor decides, not we; nothing here stops anybody.</summary>
internal sealed class EngagementWarnings(EngagementBook engagements, GapBook gaps, ReportPlans plans, Standings standings, CurrentCompany company) : IWarnings
{
    private const int ShortWindow = 89;

    public async Task<IEnumerable<Warning>> ForAsync(Engagement it, CancellationToken stop)
    {
        var waived = (await gaps.WaiversAsync(stop)).Keys.ToHashSet(StringComparer.Ordinal);
        var plan = plans.Of(await standings.OfAsync(company.Name), waived, it, engagements.Today).Plan;
        return For(it, await engagements.AllAsync(stop), plan, engagements.Today);
    }

    /// <summary>From the last day that the firm looks at to the report in hand.</summary>
    public static Guess Report(Engagement it) => it.Kind == EngagementKind.TypeTwo ? Estimates.Type2Report : Estimates.Type1Report;

    /// <param name="all">Every engagement of the company.</param>
    /// <param name="plan">When the company could be ready.</param>
    private static IEnumerable<Warning> For(Engagement it, IReadOnlyList<Engagement> all, Plan plan, DateOnly today)
    {
        if (it.Kind == EngagementKind.TypeTwo && it.WindowDays < ShortWindow)
            yield return new("short-window", $"The window has {it.WindowDays} days. Many customers want three months at least, and some six or more.");
        if (it.Firm.Length == 0)
            yield return new("no-firm", "No firm is named yet. Only a licensed CPA firm can write the report, and finding one takes weeks.");
        else if (it.Licence.Length == 0 || it.PeerReview.Length == 0)
            yield return new("firm-unproven", "Ask the firm for its licence and its last peer review, and write both down here.");
        var start = it.Begins ?? it.Ends;
        if (start > today && plan.Ready.P50 > start)
            yield return new("ready-late", $"Half of the possible courses are ready only after {StandingParts.Day(start)}. Move the day, or find more hours a week.");
        if (it.Kind == EngagementKind.TypeTwo && Before(it, all) is { } before && it.Begins != before.Ends.AddDays(1))
            yield return new("windows-apart", $"“{before.Title}” ends on {StandingParts.Day(before.Ends)}. A window that begins on another day than the next leaves a hole or counts days twice.");
        if (it.Wanted is { } wanted && it.Ends.AddDays((int)Report(it).Usual) > wanted)
            yield return new("report-late", $"A firm usually needs {Report(it).Usual / 7:0} weeks from {StandingParts.Day(it.Ends)} to the report. That is after {StandingParts.Day(wanted)}, when the customer needs it.");
    }

    private static Engagement? Before(Engagement it, IReadOnlyList<Engagement> all) =>
        all.Where(one => one.Id != it.Id && one.Ends < it.Ends && one.Ends > it.Ends.AddYears(-2)).MaxBy(one => one.Ends);
}
