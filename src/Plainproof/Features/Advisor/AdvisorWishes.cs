using System.Globalization;

namespace Plainproof.Features.Advisor;

/// <summary>Reads what the visitor turned on the result page. What cannot be used is left as it was, and said.</summary>
internal static class AdvisorWishes
{
    public static (Wishes Wishes, string? Wrong) Of(string? hours, string? window, string? wanted)
    {
        var wishes = new Wishes();
        var wrong = new List<string>();
        if (!string.IsNullOrWhiteSpace(hours))
        {
            if (double.TryParse(hours, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var week) && week is >= 1 and <= 200)
                wishes = wishes with { HoursPerWeek = week };
            else
                wrong.Add("Hours a week are a number from 1 to 200.");
        }

        if (!string.IsNullOrWhiteSpace(window))
        {
            if (int.TryParse(window, NumberStyles.None, CultureInfo.InvariantCulture, out var months) && months is >= 3 and <= 12)
                wishes = wishes with { WindowMonths = months };
            else
                wrong.Add("A window has 3 to 12 months.");
        }

        if (!string.IsNullOrWhiteSpace(wanted))
        {
            if (DateOnly.TryParseExact(wanted, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 2000 and <= 2100)
                wishes = wishes with { Wanted = day };
            else
                wrong.Add("That is no day. Write it as 2027-03-31.");
        }

        return (wishes, wrong.Count == 0 ? null : string.Join(" ", wrong));
    }
}
