using System.Globalization;

namespace Plainproof.Sources.People;

internal enum DayOrder
{
    Unsaid,
    DayFirst,
    MonthFirst,
}

/// <summary>Reads dates as personnel systems write them. What can be read in two ways is not guessed.</summary>
internal static class RosterDates
{
    private static readonly string[] Clear =
    [
        "yyyy-MM-dd", "yyyy/MM/dd", "yyyy/M/d", "yyyy.MM.dd", "yyyyMMdd", "d.M.yyyy", "d MMM yyyy", "d MMMM yyyy", "d-MMM-yyyy", "d/MMM/yyyy",
        "MMM d yyyy", "MMM d, yyyy", "MMMM d yyyy", "MMMM d, yyyy", "MMM-d-yyyy",
    ];

    public static DayOrder OrderOf(string? option) => option switch
    {
        "dmy" => DayOrder.DayFirst,
        "mdy" => DayOrder.MonthFirst,
        _ => DayOrder.Unsaid,
    };

    /// <param name="problem">What is wrong, in words; null when a date was read.</param>
    /// <param name="seen">The order that this date shows by itself, such as 25/12/2026.</param>
    public static DateOnly? Read(string text, DayOrder order, out string? problem, out DayOrder seen)
    {
        (problem, seen) = (null, DayOrder.Unsaid);
        var day = WithoutTime(text);
        if (DateOnly.TryParseExact(day, Clear, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out var date))
            return date;
        var parts = day.Split('/', '-');
        if (parts.Length == 3 && int.TryParse(parts[0], out var first) && int.TryParse(parts[1], out var second) && parts[2].Length == 4 && int.TryParse(parts[2], out var year))
            return Numbers(text, first, second, year, order, out problem, out seen);
        problem = parts is [{ Length: 4 }, { Length: <= 2 }, { Length: <= 2 }] && parts.All(part => part.All(char.IsAsciiDigit)) ? $"'{text}' is no day of the calendar"
            : parts.Length == 3 && parts[2].Length == 2 ? $"'{text}' has a year of two digits; write all four" : $"'{text}' is no date; write it as 2026-03-31";
        return null;
    }

    private static DateOnly? Numbers(string text, int first, int second, int year, DayOrder order, out string? problem, out DayOrder seen)
    {
        (problem, seen) = (null, first > 12 ? DayOrder.DayFirst : second > 12 ? DayOrder.MonthFirst : DayOrder.Unsaid);
        if (seen == DayOrder.Unsaid && order == DayOrder.Unsaid && first != second)
        {
            problem = $"'{text}' can be read in two ways";
            return null;
        }

        if (seen != DayOrder.Unsaid && order != DayOrder.Unsaid && seen != order)
        {
            problem = $"'{text}' does not fit {(order == DayOrder.DayFirst ? "dates=dmy" : "dates=mdy")}";
            return null;
        }

        var (day, month) = (seen == DayOrder.Unsaid ? order : seen) == DayOrder.MonthFirst ? (second, first) : (first, second);
        if (month is >= 1 and <= 12 && year is >= 1 and <= 9999 && day >= 1 && day <= DateTime.DaysInMonth(year, month))
            return new DateOnly(year, month, day);
        problem = $"'{text}' is no day of the calendar";
        return null;
    }

    /// <summary><c>2026-03-31T00:00:00Z</c> and <c>2026-03-31 00:00</c> as the day alone.</summary>
    private static string WithoutTime(string text)
    {
        var day = text.Trim();
        if (day.Length > 10 && day[10] == 'T' && char.IsDigit(day[0]))
            return day[..10];
        var blank = day.IndexOf(' ');
        return blank > 0 && day.IndexOf(':') > blank && char.IsDigit(day[blank - 1]) && day[..blank].IndexOfAny(['-', '/', '.']) > 0 ? day[..blank] : day;
    }
}
