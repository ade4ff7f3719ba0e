using Plainproof.Assurance;
using Plainproof.Features.Standing;

namespace Plainproof.Features.Gaps;

/// <summary>Which gaps somebody wants to see, as the address says it.</summary>
/// <param name="State">Empty for what is to mend; otherwise <c>mine</c>, <c>late</c>, <c>waived</c> or <c>all</c>.</param>
/// <param name="Owner">The id of a person, or <c>nobody</c>.</param>
/// <param name="Text">Words to be found in what was seen or said.</param>
internal sealed record GapSearch(string? State, string? Severity, string? Owner, string? Criterion, string? Text)
{
    /// <summary>Those that fit, with their place in the order to mend them.</summary>
    /// <param name="me">The id of whoever asks; null for a stranger.</param>
    public IReadOnlyList<(OpenGap Gap, int Number)> In(
        IReadOnlyList<OpenGap> gaps, IReadOnlyDictionary<string, GapPlan> plans, IReadOnlyDictionary<string, GapWaiver> waivers, string? me, DateOnly today) =>
        [.. gaps.Select((gap, i) => (gap, i + 1)).Where(one => IsInState(plans.GetValueOrDefault(one.gap.Id), waivers.ContainsKey(one.gap.Id), me, today) && Fits(one.gap, plans.GetValueOrDefault(one.gap.Id)))];

    private bool IsInState(GapPlan? plan, bool waived, string? me, DateOnly today) => State switch
    {
        "all" => true,
        "waived" => waived,
        "mine" => !waived && me is not null && plan?.OwnerId == me,
        "late" => !waived && plan?.Due < today,
        _ => !waived,
    };

    private bool Fits(OpenGap gap, GapPlan? plan) =>
        (Severity is not { Length: > 0 } || StandingParts.WordOf(gap.Severity) == Severity)
        && (Owner is not { Length: > 0 } || (plan?.OwnerId ?? "nobody") == Owner)
        && (Criterion is not { Length: > 0 } || gap.Criteria.Contains(Criterion))
        && (Text is not { Length: > 0 } words || gap.Seen.Select(seen => seen.Message).Concat(gap.Said).Append(gap.Title).Append(gap.Id).Any(text => text.Contains(words.Trim(), StringComparison.OrdinalIgnoreCase)));
}
