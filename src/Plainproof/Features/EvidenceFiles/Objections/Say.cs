using System.Globalization;

namespace Plainproof.Features.EvidenceFiles.Objections;

/// <summary>How objections name days, rows and things.</summary>
internal static class Say
{
    private const int Most = 3;

    public static string Day(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    public static string Days((DateOnly First, DateOnly Last) days) => days.First == days.Last ? Day(days.First) : $"{Day(days.First)} to {Day(days.Last)}";

    public static string Number(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>The first of them by name, and how many more.</summary>
    public static string Some(IReadOnlyCollection<string> names) => Check.Words.Some(names, Most);

    /// <summary>Rows as a spreadsheet numbers them: the heading is row 1.</summary>
    public static string Rows(IReadOnlyCollection<int> rows) => $"{(rows.Count == 1 ? "row" : "rows")} {Some([.. rows.Select(row => Number(row + 2))])}";

    public static bool Holds(string? text, params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
            if (text?.Contains(word, StringComparison.OrdinalIgnoreCase) == true)
                return true;
        return false;
    }

    /// <summary>One of the words stands in it, with no letter beside it.</summary>
    public static bool HasWord(string? text, params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
            for (var at = text?.IndexOf(word, StringComparison.OrdinalIgnoreCase) ?? -1; at >= 0; at = text!.IndexOf(word, at + 1, StringComparison.OrdinalIgnoreCase))
                if ((at == 0 || !char.IsLetter(text![at - 1])) && (at + word.Length == text!.Length || !char.IsLetter(text[at + word.Length])))
                    return true;
        return false;
    }

    /// <summary>A day or a moment as lists have it; null when it is none that is clear. 03/04/2026 is not clear.</summary>
    public static DateTimeOffset? Moment(string cell)
    {
        string[] forms = ["yyyy-MM-dd", "d MMM yyyy", "d MMMM yyyy", "dd.MM.yyyy", "yyyy/MM/dd", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "dd.MM.yyyy HH:mm"];
        if (DateTimeOffset.TryParseExact(cell, forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out var day))
            return day;
        return cell.Length > 10 && cell[4..5] == "-" && DateTimeOffset.TryParse(cell, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : null;
    }
}
