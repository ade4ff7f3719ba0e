using Plainproof.Facts;

namespace Plainproof.Checks.Accounts;

/// <summary>How many accounts hold full control of a system. Built-in ones and those that are off do not count.</summary>
internal sealed class FewAdministrators : WholeCheck
{
    private const int NamesTold = 12;

    public override void Evaluate(IFacts facts, Given given, Findings into)
    {
        foreach (var scope in facts.Of<Privilege>().GroupBy(right => right.Scope))
        {
            var holders = scope.Where(right => right.Value is { Full: true, AccountEnabled: true, BuiltIn: false })
                .GroupBy(right => right.Value.Account, right => right.Value)
                .Select(rights => rights.MinBy(right => right.Through.Count)!)
                .OrderBy(right => right.AccountName, StringComparer.Ordinal).ToList();
            var outcome = holders.Count >= given["least"] && holders.Count <= given["most"] ? Outcome.Pass : Outcome.Fail;
            into.JudgeScope(scope.Key, outcome, () => Say(scope.Key, holders, given));
        }
    }

    private static string Say(string scope, List<Privilege> holders, Given given)
    {
        var allowed = $"{given["least"]:0} to {given["most"]:0} are allowed";
        if (holders.Count == 0)
            return $"No account but built-in ones has full control of {scope}; {allowed}.";
        var more = holders.Count > NamesTold ? $" and {holders.Count - NamesTold} more" : "";
        return $"{holders.Count} {(holders.Count == 1 ? "account has" : "accounts have")} full control of {scope}; {allowed}: {string.Join(", ", holders.Take(NamesTold).Select(right => right.Tell()))}{more}.";
    }
}
