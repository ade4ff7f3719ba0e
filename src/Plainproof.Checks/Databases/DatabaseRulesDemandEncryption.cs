using Plainproof.Facts;

namespace Plainproof.Checks.Databases;

/// <summary>A rule for other machines lets nobody in without encryption.</summary>
internal sealed class DatabaseRulesDemandEncryption : EachCheck<DatabaseAuthRule>
{
    protected override Func<Dated<DatabaseAuthRule>, Outcome> Prepare(IFacts facts, Given given)
    {
        var order = new RuleOrder(facts);
        var near = facts.Of<DatabaseTransport>().Where(server => !server.Value.ListensBeyondLoopback).Select(server => server.Scope).ToHashSet(StringComparer.Ordinal);
        return rule => rule.Value.Error is not null ? Outcome.NeedsReview
            : rule.Value.Method == "reject" || RuleOrder.IsNear(rule.Value) || near.Contains(rule.Scope) || order.IsNeverAsked(rule) ? Outcome.NotApplicable
            : PassWhen(!order.LetsPlainThrough(rule));
    }

    protected override string Say(DatabaseAuthRule it, Dated about, Outcome outcome, Given given) => outcome switch
    {
        Outcome.NeedsReview => $"The rule at {it.Line} cannot be used by the server: {it.Error}.",
        Outcome.NotApplicable => $"The rule at {it.Line} lets nobody in over a network.",
        Outcome.Pass => $"The rule at {it.Line} demands encryption from {it.Address}.",
        _ => $"The rule at {it.Line} lets people in from {it.Address} without encryption.",
    };
}
