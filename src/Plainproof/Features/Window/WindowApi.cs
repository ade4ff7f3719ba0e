using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Plainproof.Assurance.Period;
using Plainproof.Checks;
using Plainproof.Cli;
using Plainproof.Features.Api;

namespace Plainproof.Features.Window;

/// <summary>The window and its days, for scripts.</summary>
internal sealed class WindowApi : IApiDoor
{
    public string Title => "Window";

    public void Map(ApiRoutes routes)
    {
        var company = routes.Company;
        company.MapGet("/window", WindowAsync).Needs(Scope.Read).Is("getWindow", "Get a window, day by day", "What was watched, and how each control held as its checks saw it. Without parameters: the engagement under way, or the last 90 days. It is the company's own look, not the auditor's test.");
        company.MapGet("/days/{day}", DayAsync).Needs(Scope.Read).Is("getDay", "Get a day as it was", "What the checks said at the end of the day. Nothing is judged anew.");
    }

    private static async Task<WindowAnswer> WindowAsync(
        WindowBook book, CancellationToken stop, [Description("The id of an engagement.")] string? engagement = null,
        [Description("The first of any days, such as 2027-01-01. Needs 'to'.")] string? from = null, [Description("The last of any days.")] string? to = null)
    {
        var days = await book.ChooseAsync(engagement, from, to, stop);
        return WindowAnswer.Of(days, await book.ViewAsync(days, stop));
    }

    private static async Task<DayAnswer> DayAsync([Description("The day, such as 2027-03-31.")] string day, WindowBook book, CancellationToken stop) =>
        await book.DayAsync(day, stop) is { } found ? DayAnswer.Of(found) : throw new BadInput("This day has not begun.");
}

/// <param name="DaysBegun">How many of the days have begun. The others have no state.</param>
/// <param name="WatchedDays">Days on which everything under watch was read.</param>
internal sealed record WindowAnswer(
    string? Engagement, DateOnly First, DateOnly Last, int DaysBegun, int WatchedDays, IReadOnlyList<WatchedSystem> Systems, IReadOnlyList<WatchedControl> Controls)
{
    public static WindowAnswer Of(WindowDays days, PeriodView? view) => new(
        days.Engagement?.Id, days.First, days.Last, view?.Days ?? 0, view?.WatchedDays ?? 0, [.. (view?.Sources ?? []).Select(WatchedSystem.Of)], [.. (view?.Controls ?? []).Select(WatchedControl.Of)]);
}

/// <param name="Scope">The name of the system.</param>
/// <param name="InFull">Days on which it was read in full.</param>
/// <param name="InPart">Days on which only a part was read.</param>
/// <param name="NotYet">Days before somebody first looked at it.</param>
internal sealed record WatchedSystem(string Scope, int InFull, int InPart, int NotRead, int NotYet, IReadOnlyList<WatchGap> Gaps)
{
    public static WatchedSystem Of(SourceCourse course) => new(
        course.Scope, course.Count(ReadDay.InFull), course.Count(ReadDay.InPart), course.Count(ReadDay.NotRead), course.Count(ReadDay.NotYet), [.. course.Gaps.Select(gap => new WatchGap(course.Scope, gap.From, gap.To))]);
}

/// <param name="Days">One state for each day that has begun.</param>
/// <param name="NotLooked">Checks that serve it and could look at nothing.</param>
internal sealed record WatchedControl(
    string Id, string Title, int Holding, int Deviating, int NotSeen, int Nothing, IReadOnlyList<ControlDay> Days, IReadOnlyList<DeviationItem> Deviations, IReadOnlyList<WatchGap> Gaps, IReadOnlyList<string> NotLooked)
{
    public static WatchedControl Of(ControlCourse course) => new(
        course.Control.Id, course.Control.Title, course.Count(ControlDay.Holding), course.Count(ControlDay.Deviating), course.Count(ControlDay.NotSeen), course.Count(ControlDay.Nothing),
        course.Days, [.. course.Deviations.Select(one => new DeviationItem(one.Check, one.Scope, one.Subject, one.From, one.Until))],
        [.. course.Unseen.Select(one => new WatchGap(one.Scope, one.When.From, one.When.To))], [.. course.NotLooked.Select(check => check.Id)]);
}

/// <summary>A while in which a system was not seen.</summary>
internal sealed record WatchGap(string Scope, DateTimeOffset From, DateTimeOffset To);

/// <param name="From">When it was first seen so.</param>
/// <param name="Until">When it was first seen otherwise; null while it is still so.</param>
internal sealed record DeviationItem(string Check, string Scope, string Subject, DateTimeOffset From, DateTimeOffset? Until);

internal sealed record DayAnswer(DateOnly Day, DateTimeOffset AsOf, IReadOnlyList<DayCheck> Checks)
{
    public static DayAnswer Of(DayAsItWas day) => new(day.Day, day.AsOf, [.. day.Results.GroupBy(one => one.Result.CheckId).Select(check => new DayCheck(
        check.Key, check.Count(one => one.Result.Outcome == Outcome.Pass), check.Count(one => one.Result.Outcome == Outcome.Fail), check.Count(one => one.Result.Outcome == Outcome.NotTested), check.Count(),
        [.. check.Where(one => one.Result.Outcome == Outcome.Fail).Select(one => one.Result.Subject.Length == 0 ? one.Result.Scope : one.Result.Subject)]))]);
}

/// <param name="All">All results, with those that are not applicable or need a person's look.</param>
/// <param name="Failing">The subjects that failed.</param>
internal sealed record DayCheck(string Check, int Pass, int Fail, int NotTested, int All, IReadOnlyList<string> Failing);
