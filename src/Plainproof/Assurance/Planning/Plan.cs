namespace Plainproof.Assurance.Planning;

/// <summary>What a plan is made from.</summary>
/// <param name="Tasks">All that must be done before the as-of day of a Type I or the first day of a window.</param>
/// <param name="HoursPerWeek">What the company's people can give, all together.</param>
/// <param name="WindowDays">How long the Type II window is.</param>
/// <param name="Wanted">The day the customer needs the report; null when nobody named one.</param>
/// <param name="Type1Will">True when the customer said that a Type I report will do.</param>
internal sealed record PlanRequest(IReadOnlyList<PlanTask> Tasks, double HoursPerWeek, int WindowDays, DateOnly Today, DateOnly? Wanted = null, bool Type1Will = false);

/// <summary>A day that half of the possible courses reach (P50), and one that eight in ten reach (P80).</summary>
internal sealed record DayRange(DateOnly P50, DateOnly P80);

/// <summary>
/// When a report could be in hand: a range from many drawn courses of the same work, and what decides it. Pure: the same request
/// gives the same plan.
/// </summary>
internal sealed record Plan(
    PlanRequest Request, double Hours, DayRange Ready, DayRange Type1, DayRange WindowStart, DayRange Type2, CriticalPath Critical, BackwardPlan? Backward)
{
    private const int Courses = 1000;
    private const int Seed = 20_17;

    public static Plan Of(PlanRequest request)
    {
        var chance = new Random(Seed);
        var courses = Enumerable.Range(0, Courses).Select(_ => Draw(request, chance)).ToList();
        var usual = Schedule.Of(request.Tasks, task => task.Hours.Usual, task => task.Wait.Usual, request.HoursPerWeek / 7);
        var ready = Days(request, courses, course => course.Ready);
        var plan = new Plan(
            request, request.Tasks.Sum(task => task.Hours.Usual), ready, Days(request, courses, course => course.Type1), ready, Days(request, courses, course => course.Type2),
            CriticalPath.Of(request, usual), null);
        return request.Wanted is { } wanted ? plan with { Backward = BackwardPlan.Of(plan, wanted) } : plan;
    }

    private static Course Draw(PlanRequest request, Random chance)
    {
        var pace = Estimates.Pace.Draw(chance.NextDouble());
        var schedule = Schedule.Of(request.Tasks, task => task.Hours.Draw(chance.NextDouble()) * pace, task => task.Wait.Draw(chance.NextDouble()), request.HoursPerWeek / 7);
        var ready = schedule.End + Estimates.DryRun.Draw(chance.NextDouble());
        return new Course(ready, ready + Estimates.Type1Report.Draw(chance.NextDouble()), ready + request.WindowDays + Estimates.Type2Report.Draw(chance.NextDouble()));
    }

    private static DayRange Days(PlanRequest request, List<Course> courses, Func<Course, double> of)
    {
        var sorted = courses.Select(of).Order().ToList();
        return new DayRange(At(0.5), At(0.8));

        DateOnly At(double share) => request.Today.AddDays((int)Math.Ceiling(sorted[(int)(share * (sorted.Count - 1))]));
    }

    private sealed record Course(double Ready, double Type1, double Type2);
}
