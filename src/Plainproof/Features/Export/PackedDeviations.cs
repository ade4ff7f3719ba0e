using System.Globalization;
using System.Text.Json;
using Plainproof.Cli;
using Plainproof.Evidence;
using Plainproof.Facts;
using Plainproof.Features.Deviations;

namespace Plainproof.Features.Export;

/// <summary>Management's own list of what did not go as its controls say, as it lies in a package.</summary>
/// <param name="First">Null when the package is of no engagement.</param>
/// <param name="AsOf">The moment that it stands at: what was known then.</param>
/// <param name="Deviations">Oldest first.</param>
/// <param name="Note">Says that all of it is made up; null for a real company.</param>
internal sealed record PackedDeviations(string Is, DateOnly? First, DateOnly? Last, DateTimeOffset AsOf, IReadOnlyList<PackedDeviation> Deviations, string? Note)
{
    public const string Words = "management's own list of deviations; no finding of an auditor";
    public const string Json = "data/deviations/deviations.json";
    public const string Csv = "data/deviations/deviations.csv";

    private static readonly string[] Columns =
    [
        "what", "controls", "from", "until", "found by", "found at", "answer", "reach", "cause", "more like it", "compensating", "correction", "management says", "answered at", "answered by", "deviation",
    ];

    public static PackedDeviations Parse(byte[] json) => JsonSerializer.Deserialize<PackedDeviations>(json, FactJson.Options)!;

    /// <summary>Files by their names in the package.</summary>
    public IEnumerable<(string Name, string Text)> Files() => [(Json, JsonText.Of(this) + "\n"), (Csv, string.Concat(Lines()))];

    /// <summary>One line for each answer, the newest first, and one for each deviation without any.</summary>
    private IEnumerable<string> Lines() =>
        [.. Note is null ? [] : new[] { CsvText.Line([Note]) }, CsvText.Line(Columns), .. Deviations.SelectMany(one => one.Cells()).Select(CsvText.Line)];
}

/// <param name="Key">The same as in the company's own program, so that an answer stays with it.</param>
/// <param name="What">The item, or the words of whoever found it.</param>
/// <param name="Until">Null while it is still so.</param>
/// <param name="Source">The check, or the control, that it was seen by.</param>
/// <param name="Finder">The check by its title, the calendar, or the person.</param>
/// <param name="FoundAt">When a person wrote it down; null when no person did.</param>
/// <param name="Answers">Every one that was given, newest first; none takes another away.</param>
internal sealed record PackedDeviation(
    string Key, string What, IReadOnlyList<string> Controls, DateTimeOffset From, DateTimeOffset? Until, FoundBy By, string Source, string Finder, DateTimeOffset? FoundAt, IReadOnlyList<PackedReply> Answers)
{
    /// <summary>Said in words, so that no reader takes a missing answer for none needed.</summary>
    public string State => Answers.Count == 0 ? "no answer yet" : "answered";

    public IEnumerable<IEnumerable<string>> Cells()
    {
        string[] told = [What, string.Join(' ', Controls), Moment(From), Until is { } until ? Moment(until) : "still so", Finder, FoundAt is { } at ? Moment(at) : ""];
        return Answers.Count == 0 ? [[.. told, State, "", "", "", "", "", "", "", "", Key]] : Answers.Select((answer, i) => (string[])[
            .. told, i == 0 ? "newest" : "earlier", DeviationWords.Of(answer.Reach), answer.Cause, answer.MoreLikeIt, answer.Compensating, answer.Correction, answer.Response, Moment(answer.AnsweredAt), answer.AnsweredBy, Key]);
    }

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

/// <summary>What management says to it.</summary>
/// <param name="Deviations">Keys of all that the answer is about.</param>
/// <param name="MoreLikeIt">Where they looked for more, and what they found.</param>
/// <param name="Compensating">What else kept harm away; empty when nothing was named.</param>
/// <param name="Response">What management says; empty while it says nothing.</param>
internal sealed record PackedReply(
    IReadOnlyList<string> Deviations, Reach Reach, string Cause, string MoreLikeIt, string Compensating, string Correction, string Response, DateTimeOffset AnsweredAt, string AnsweredBy);
