using System.Net;
using Plainproof.Facts;

namespace Plainproof.Checks.Databases;

/// <summary>What earlier sign-in rules leave for later ones: the first rule that matches decides, so a later one may never be asked.</summary>
internal sealed class RuleOrder
{
    private readonly Dictionary<string, List<DatabaseAuthRule>> _byScope;

    public RuleOrder(IFacts facts) => _byScope = facts.Of<DatabaseAuthRule>().GroupBy(rule => rule.Scope, StringComparer.Ordinal)
        .ToDictionary(rules => rules.Key, rules => rules.Select(rule => rule.Value).OrderBy(rule => rule.Order).ToList(), StringComparer.Ordinal);

    /// <summary>True when a connection that is not encrypted can get to this rule.</summary>
    public bool LetsPlainThrough(Dated<DatabaseAuthRule> rule) =>
        rule.Value.Reach is RuleReach.Any or RuleReach.Plain && !AnsweredBefore(rule, RuleReach.Plain);

    /// <summary>True when earlier rules answer every connection that this one speaks of.</summary>
    public bool IsNeverAsked(Dated<DatabaseAuthRule> rule) => rule.Value.Reach switch
    {
        RuleReach.Any => AnsweredBefore(rule, RuleReach.Plain) && AnsweredBefore(rule, RuleReach.Encrypted),
        var reach => AnsweredBefore(rule, reach),
    };

    public static bool IsNear(DatabaseAuthRule rule) => rule.Reach == RuleReach.Local || rule.Address is null or "samehost" or "localhost"
        || (IPNetwork.TryParse(rule.Address, out var network) && IPAddress.IsLoopback(network.BaseAddress) && network.PrefixLength >= 8);

    private bool AnsweredBefore(Dated<DatabaseAuthRule> rule, RuleReach reach) =>
        _byScope[rule.Scope].TakeWhile(earlier => earlier.Order < rule.Value.Order).Any(earlier =>
            earlier.Error is null && (earlier.Reach == reach || (earlier.Reach == RuleReach.Any && reach != RuleReach.Local)) && Covers(earlier, rule.Value));

    private static bool Covers(DatabaseAuthRule earlier, DatabaseAuthRule later) =>
        earlier.Users.Contains("all")
        && (earlier.Databases.Contains("all") || later.Databases.All(earlier.Databases.Contains))
        // "all" leaves out connections of replicas.
        && (!later.Databases.Contains("replication") || earlier.Databases.Contains("replication"))
        && CoversAddress(earlier.Address, later.Address);

    private static bool CoversAddress(string? earlier, string? later) =>
        earlier == later || earlier == "all"
        || (IPNetwork.TryParse(earlier, out var wide) && IPNetwork.TryParse(later, out var narrow)
            && wide.PrefixLength <= narrow.PrefixLength && wide.Contains(narrow.BaseAddress));
}
