namespace Plainproof.Assurance.Populations.Lists;

/// <summary>Puts together what several rules found of one item.</summary>
internal static class Findings
{
    /// <param name="judged">What each rule says, by subject. A rule that says nothing of the item adds nothing.</param>
    public static IEnumerable<Finding> Of(Item item, params IReadOnlyList<IReadOnlyDictionary<string, Finding>> judged) =>
        judged.Select(rule => rule.GetValueOrDefault(item.Subject)).OfType<Finding>();
}
