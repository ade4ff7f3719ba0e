using System.Globalization;

namespace Plainproof.Assurance.Planning;

/// <summary>An honest way on when the wanted day cannot be met, or a comfort when it can.</summary>
internal sealed record WayOn(string Title, string Say);

/// <summary>Counted back from the day the customer needs the report.</summary>
/// <param name="WindowEnd">The latest day the window may end.</param>
/// <param name="WindowStart">The latest day the window may start.</param>
/// <param name="SlackDays">Days to spare between when you could start and when you must; negative when it is too late.</param>
internal sealed record BackwardPlan(DateOnly Wanted, DateOnly WindowEnd, DateOnly WindowStart, int SlackDays, IReadOnlyList<WayOn> Ways)
{
    private const int ShortWindow = 91;

    public static BackwardPlan Of(Plan plan, DateOnly wanted)
    {
        var end = wanted.AddDays(-(int)Estimates.Type2Report.Usual);
        var start = end.AddDays(-plan.Request.WindowDays);
        var slack = start.DayNumber - plan.WindowStart.P50.DayNumber;
        return new(wanted, end, start, slack, [.. WaysOn(plan, wanted, slack)]);
    }

    private static IEnumerable<WayOn> WaysOn(Plan plan, DateOnly wanted, int slack)
    {
        if (plan.Type1.P80 <= wanted)
            yield return new("A Type I report first", $"It looks at one day and could be in hand by {Day(plan.Type1.P50)} to {Day(plan.Type1.P80)}. The Type II window starts the day after its date.");
        else if (plan.Type1.P50 <= wanted)
            yield return new("A Type I report first, with luck", $"Half of the possible courses have it in hand by {Day(plan.Type1.P50)}. Eight in ten need until {Day(plan.Type1.P80)}.");
        if (plan.Request.Type1Will || slack >= 0)
            yield break;
        if (plan.Request.WindowDays > ShortWindow && ShortWindowFits(plan, wanted))
            yield return new("A shorter first window", "Three months instead of more. Ask the customer first: many want six months or more.");
        if (HoursNeeded(plan, slack) is { } hours)
            yield return new("More hours a week", string.Create(CultureInfo.InvariantCulture, $"About {hours:0} hours a week instead of {plan.Request.HoursPerWeek:0.#} would bring the start forward far enough, if your waits allow it."));
        yield return new("A smaller scope", "Only the product this customer buys, and only Security. Fewer systems mean fewer gaps before you can start.");
        yield return new("A letter meanwhile", "Send the customer an honest letter with your dates, and the signed letter of your audit firm once you have it. Many accept that with a Type I report.");
    }

    private static bool ShortWindowFits(Plan plan, DateOnly wanted) =>
        plan.WindowStart.P50.AddDays(ShortWindow + (int)Estimates.Type2Report.Usual) <= wanted;

    /// <summary>Null when more hours cannot help: the waits alone take too long.</summary>
    private static double? HoursNeeded(Plan plan, int slack)
    {
        var days = plan.WindowStart.P50.DayNumber - plan.Request.Today.DayNumber + slack - Estimates.DryRun.Usual;
        var waits = plan.Request.Tasks.Select(task => task.Wait.Usual).DefaultIfEmpty(0).Max();
        var needed = days > waits && days > 0 ? plan.Hours / (days / 7) : double.PositiveInfinity;
        return needed <= 3 * plan.Request.HoursPerWeek ? Math.Ceiling(needed) : null;
    }

    private static string Day(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
}
