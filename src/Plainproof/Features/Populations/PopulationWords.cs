using Plainproof.Assurance.Populations;
using Plainproof.Features.Standing;
using Words = Plainproof.Features.Check.Words;

namespace Plainproof.Features.Populations;

/// <summary>How populations are said, the same on pages, in files, in the log and in the terminal.</summary>
internal static class PopulationWords
{
    public const string CheckedByUs = "This is checked by the company itself. It is no test: the auditor tests, and may leave it aside.";

    public static string Query(PopulationKind kind, DateOnly first, DateOnly last) =>
        $"{kind.Query}. From {Cell.Of((DateOnly?)first)} to {Cell.Of((DateOnly?)last)}, both days included, in UTC. From every system that tells of it, without another filter. Ordered by time, then by item.";

    public static string Count(Population list) => list.Items.Count == 0 && list.IsWhole ? "None, and all of it was read." : Words.Many(list.Items.Count, "item");

    public static string Of(Verdict verdict) => verdict switch
    {
        Verdict.Met => "met",
        Verdict.NotMet => "not met",
        Verdict.CouldNotTell => "could not tell",
        _ => "nothing asked",
    };

    public static string ClassOf(Verdict verdict) => verdict switch
    {
        Verdict.Met => "good",
        Verdict.NotMet => "bad",
        Verdict.CouldNotTell => "attention",
        _ => "",
    };

    public static string Of(Census census) => string.Join(", ", Enum.GetValues<Verdict>().Where(verdict => census.Count(verdict) > 0).Select(verdict => $"{census.Count(verdict)} {Of(verdict)}")) is { Length: > 0 } counts ? $"{counts}." : "Nothing to check.";

    public static string Of(HeadCount heads) => $"{heads.AtStart} at the start + {heads.Came} who joined - {heads.Left} who left = {heads.AtStart + heads.Came - heads.Left}. The roster at the end has {heads.AtEnd}.";

    public static string Of(ListSource source) => source.Sent ? "sent in a file, not read by Plainproof" : $"read by Plainproof ({source.Source})";

    public static string Days(FrozenDays days) => $"{StandingParts.Day(days.First)} to {StandingParts.Day(days.Last)}";
}
