using Plainproof.Assurance.Period;
using Plainproof.Facts;

namespace Plainproof.Assurance.Populations;

/// <summary>A while of which a list may lack items, and why, in plain words.</summary>
/// <param name="Scope">The system; empty when none is connected.</param>
internal sealed record Hole(string Scope, Aspect Aspect, DateTimeOffset From, DateTimeOffset To, string Words);

/// <summary>Law 1 for lists: where nobody could look, something may be missing, and the list says so.</summary>
internal static class ListCoverage
{
    private const int Reasons = 3;

    public static IReadOnlyList<Hole> HolesOf(IReadOnlyList<Aspect> aspects, WindowFacts facts, ILookup<string, DateTimeOffset> due)
    {
        if (facts.Lived.Length <= TimeSpan.Zero)
            return [];
        var known = aspects.Where(facts.WasLookedAt).ToList();
        return known.Count == 0
            ? [new Hole("", aspects[0], facts.Lived.From, facts.Lived.To, $"Nothing is connected that tells of this: {Kinds.PlainOf(aspects[0])}.")]
            : [.. known.SelectMany(facts.LooksAt).GroupBy(look => (look.Line.Scope, look.Line.Aspect)).OrderBy(some => some.Key.Scope, StringComparer.Ordinal).ThenBy(some => some.Key.Aspect.Name, StringComparer.Ordinal)
                .SelectMany(some => HolesOf(some.Key.Scope, some.Key.Aspect, [.. some], facts, [.. due[some.Key.Scope]]))];
    }

    private static IEnumerable<Hole> HolesOf(string scope, Aspect aspect, List<Looked> looks, WindowFacts facts, List<DateTimeOffset> due)
    {
        var gaps = Watch.Gaps([.. looks.Where(look => look.IsWhole).Select(look => look.At)], due, facts.Lived);
        foreach (var gap in gaps)
            yield return HoleIn(scope, aspect, gap, looks, facts);
        if (EndOf(looks, facts) is { } from && !gaps.Any(gap => gap.To >= facts.Lived.To))
            yield return HoleIn(scope, aspect, new Stretch(from, facts.Lived.To), looks, facts);
    }

    /// <summary>The last days of a window are known only when somebody looked after it was over. Null when they are.</summary>
    private static DateTimeOffset? EndOf(List<Looked> looks, WindowFacts facts)
    {
        var whole = looks.LastOrDefault(look => look.IsWhole)?.At;
        var from = whole > facts.Lived.From ? whole.Value : facts.Lived.From;
        return facts.IsOver ? whole >= facts.Window.To ? null : from : looks[^1].IsWhole ? null : from;
    }

    private static Hole HoleIn(string scope, Aspect aspect, Stretch gap, List<Looked> looks, WindowFacts facts)
    {
        var tried = looks.Where(look => !look.IsWhole && look.At >= gap.From && (look.At < gap.To || gap.To >= facts.Lived.To)).ToList();
        var why = tried.Count == 0 ? "Nobody looked." : string.Join(' ', tried.Select(look => $"{Sentence(Of(look.Line.State))}{(string.IsNullOrWhiteSpace(look.Line.Why) ? "." : $": {look.Line.Why}")}").Distinct(StringComparer.Ordinal).Take(Reasons));
        var next = looks.FirstOrDefault(look => look.IsWhole && look.At >= gap.To - Watch.Tolerance);
        var lost = next is null ? "What came in that time may be missing." : "What came and went again in that time is not on the list.";
        return new Hole(scope, aspect, gap.From, gap.To, $"{scope} was not read in full from {Cell.Of(gap.From)} to {Cell.Of(gap.To)}. {why} {lost}");
    }

    private static string Sentence(string words) => char.ToUpperInvariant(words[0]) + words[1..];

    private static string Of(Completeness state) => state switch
    {
        Completeness.Partial => "only a part was read",
        Completeness.Unproven => "nothing shows that it was all",
        Completeness.Denied => "permission refused",
        Completeness.Throttled => "asked to slow down",
        Completeness.Unreachable => "no connection",
        Completeness.TimedOut => "no answer in time",
        Completeness.NotLicensed => "not in the plan that is paid for",
        Completeness.Disabled => "switched off",
        _ => "the reading failed",
    };
}
