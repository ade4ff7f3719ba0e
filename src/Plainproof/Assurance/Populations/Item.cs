using System.Globalization;

namespace Plainproof.Assurance.Populations;

/// <summary>One item of a population: what happened, when, and what was told of it.</summary>
/// <param name="Id">Names it within its population: the subject, and the moment where one subject has several items.</param>
/// <param name="At">When it happened; the first moment of the day where only a day is known.</param>
/// <param name="Cells">One text for each column of the kind; empty where nothing is known.</param>
/// <param name="Note">What a reader must know besides, such as that the source no longer tells of it.</param>
internal sealed record Item(string Id, DateTimeOffset At, bool IsDay, IReadOnlyList<string> Cells, FactVersion Told, string Note = "")
{
    public string Subject => Told.Fact.Subject;

    public string Scope => Told.Fact.Scope;

    public string When => IsDay ? Cell.Of(DateOnly.FromDateTime(At.UtcDateTime)) : Cell.Of(At);
}

/// <summary>How values stand in the cells of a list: the same on the page, in the file and under the hash. Times are UTC.</summary>
internal static class Cell
{
    public static string Of(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "";

    public static string Of(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    public static string Of(bool? holds) => holds is { } known ? known ? "yes" : "no" : "";

    public static string Of(long number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Of(IEnumerable<string>? several) => string.Join(", ", several ?? []);

    public static string Of<T>(T word) where T : struct, Enum => string.Concat(word.ToString().Select((letter, i) => i > 0 && char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : char.ToLowerInvariant(letter).ToString()));
}
