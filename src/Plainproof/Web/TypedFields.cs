using System.Globalization;
using Plainproof.Cli;

namespace Plainproof.Web;

/// <summary>Proves what was typed into the fields of a form, and gathers everything that is wrong, so that it is told at once.</summary>
internal sealed class TypedFields
{
    private static readonly (DateOnly First, DateOnly Last) Years = (new(2000, 1, 1), new(2100, 12, 31));

    public List<string> Problems { get; } = [];

    /// <param name="what">The field, as a sentence about it begins.</param>
    /// <param name="missing">What to say when it is shorter than <paramref name="shortest"/>; words of our own when left out.</param>
    public string Text(string typed, string what, int longest, int shortest = 0, string? missing = null)
    {
        var text = typed.Trim();
        if (text.Length < shortest)
            Problems.Add(missing ?? (text.Length == 0 ? $"{what} is missing." : $"{what}: say it in a few words."));
        else if (text.Length > longest)
            Problems.Add(string.Create(CultureInfo.InvariantCulture, $"{what} has {text.Length:#,0} characters, and the most is {longest:#,0}."));
        return text;
    }

    /// <returns>Null when nothing, or no day, was typed.</returns>
    public DateOnly? Day(string typed, string what, bool isNeeded = false)
    {
        if (DateOnly.TryParseExact(typed.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day >= Years.First && day <= Years.Last)
            return day;
        if (typed.Trim().Length > 0)
            Problems.Add($"{what} is no day. Pick one, or write it as 2027-03-31.");
        else if (isNeeded)
            Problems.Add($"{what} is missing.");
        return null;
    }

    /// <exception cref="BadInput">Something is wrong; all of it.</exception>
    public void OrBad()
    {
        if (Problems.Count > 0)
            throw new BadInput(Problems);
    }
}
