using System.Globalization;

namespace Plainproof.Features.Advisor;

/// <summary>
/// An honest letter to the customer who waits. It promises no result, says what is not done, and gives ranges. What only the company
/// knows stands in square brackets, so that nothing is invented.
/// </summary>
internal static class Letter
{
    public static string Of(Advice advice)
    {
        var plan = advice.Plan;
        var text = new StringWriter { NewLine = "\n" };
        text.WriteLine("Dear [name],");
        text.WriteLine();
        text.WriteLine("You asked for our SOC 2 report. We do not have one yet. Here is where we are.");
        text.WriteLine();
        text.WriteLine($"We plan a report on {And(advice.Categories)} for [product]. {(advice.Outcome.Progress.AtMostLeft == 0 ? "We have gone through its topics and have a list of what is missing, with an order and a plan." : "We are going through its topics and are writing down what is missing.")}");
        text.WriteLine();
        text.WriteLine($"We expect to be ready between {Month(plan.Ready.P50)} and {Month(plan.Ready.P80)}. A Type I report, which looks at one day, could then be in your hands between {Month(plan.Type1.P50)} and {Month(plan.Type1.P80)}.");
        text.WriteLine($"A Type II report needs controls to run for {advice.WindowMonths} months first. We plan for it between {Month(plan.Type2.P50)} and {Month(plan.Type2.P80)}.");
        text.WriteLine();
        text.WriteLine("These dates are plans, not promises. An independent CPA firm does the examination and writes its own opinion. [We have signed with ... / We are choosing the firm now.]");
        text.WriteLine();
        text.WriteLine("Until then we can share [our security overview, our policies, a call with whoever is in charge of security here]. Please tell us:");
        foreach (var ask in Asks(advice))
            text.WriteLine($"- {ask}");
        text.WriteLine();
        text.WriteLine("[your name]");
        return text.ToString();
    }

    private static IEnumerable<string> Asks(Advice advice)
    {
        yield return advice.Plan.Request.Wanted is { } day
            ? $"Is {day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)} the last day that works for you?"
            : "By when do you need the report?";
        yield return "Would a Type I report do for now, with the Type II to follow?";
        yield return $"Is a first window of {advice.WindowMonths} months long enough?";
        if (advice.Categories.Count == 1)
            yield return "Is Security alone enough, or do you need another category?";
    }

    private static string And(IEnumerable<string> names) => names.ToList() switch
    {
        [var one] => one,
        [.. var first, var last] => $"{string.Join(", ", first)} and {last}",
        _ => "",
    };

    private static string Month(DateOnly day) => day.ToString("MMMM yyyy", CultureInfo.InvariantCulture);
}
