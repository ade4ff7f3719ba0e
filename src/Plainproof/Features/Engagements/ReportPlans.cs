using System.Runtime.CompilerServices;
using Plainproof.Assurance;
using Plainproof.Assurance.Planning;
using Plainproof.Catalog;
using Plainproof.Features.Standing;

namespace Plainproof.Features.Engagements;

/// <summary>When the company could be ready, from its open gaps. Drawn once for each picture of where it stands; safe to use from many threads.</summary>
internal sealed class ReportPlans(Catalogue catalogue)
{
    private const double UsualHours = 12;
    private const int UsualWindow = 183;

    private readonly ConditionalWeakTable<CompanyStanding, Kept> _kept = [];

    /// <param name="waived">Gaps that somebody accepted for a while; no work is planned on them.</param>
    /// <param name="engagement">Null when none is planned; then with what companies usually give.</param>
    public ReportPlan Of(CompanyStanding standing, IReadOnlySet<string> waived, Engagement? engagement, DateOnly today)
    {
        var key = $"{today} {engagement?.Id} {engagement?.Version} {string.Join(' ', waived.Order(StringComparer.Ordinal))}";
        if (_kept.TryGetValue(standing, out var kept) && kept.Key == key)
            return kept.Plan;
        var gaps = standing.Readiness.Gaps.Where(gap => !waived.Contains(gap.Id) && !CanWait(gap)).ToList();
        var request = new PlanRequest(
            [.. ReportWork.Of(catalogue, gaps, effort: 1)], engagement?.HoursPerWeek ?? UsualHours, engagement is { WindowDays: > 0 and var days } ? days : UsualWindow, today, engagement?.Wanted,
            Type1Will: engagement?.Kind == EngagementKind.TypeOne);
        var plan = new ReportPlan(Plan.Of(request), Schedule.Of(request.Tasks, task => task.Hours.Usual, task => task.Wait.Usual, request.HoursPerWeek / 7), gaps);
        _kept.AddOrUpdate(standing, new Kept(key, plan));
        return plan;
    }

    /// <summary>What only matters once controls run.</summary>
    private bool CanWait(OpenGap gap) => catalogue.By.Gap.TryGet(gap.Id, out var known) && !known.Type1;

    private sealed record Kept(string Key, ReportPlan Plan);
}

/// <param name="Usual">The usual course: when each piece of work begins and ends, in days from today.</param>
/// <param name="Gaps">Those that must close first, in order.</param>
internal sealed record ReportPlan(Plan Plan, Schedule Usual, IReadOnlyList<OpenGap> Gaps);
