using Plainproof.Facts;

namespace Plainproof.Checks.Databases;

/// <summary>Every rule that lets someone in asks for proof that cannot be overheard or made up.</summary>
internal sealed class DatabaseLoginRules : EachCheck<DatabaseAuthRule>
{
    protected override Func<Dated<DatabaseAuthRule>, Outcome> Prepare(IFacts facts, Given given)
    {
        var order = new RuleOrder(facts);
        return rule => rule.Value.Error is not null ? Outcome.NeedsReview
            : order.IsNeverAsked(rule) ? Outcome.NotApplicable
            : Judge(rule.Value, order.LetsPlainThrough(rule));
    }

    protected override string Say(DatabaseAuthRule it, Dated about, Outcome outcome, Given given) => outcome switch
    {
        Outcome.NeedsReview when it.Error is not null => $"{Where(it)} cannot be used by the server: {it.Error}. Older rules may still be in force.",
        Outcome.NeedsReview => $"{Where(it)} uses {it.Method}, which this check does not know. Look at it.",
        Outcome.NotApplicable => $"{Where(it)} is never asked: an earlier rule answers first.",
        Outcome.Pass when it.Method == "reject" => $"{Where(it)} turns everyone away.",
        Outcome.Pass => $"{Where(it)} asks for proof with {it.Method}.",
        _ => $"{Where(it)} {Weakness(it)}",
    };

    private static Outcome Judge(DatabaseAuthRule rule, bool plain)
    {
        var near = RuleOrder.IsNear(rule);
        return rule.Method switch
        {
            "reject" or "scram-sha-256" or "cert" or "gss" or "sspi" or "peer" or "oauth" => Outcome.Pass,
            "trust" => PassWhen(rule.NeedsCertificate && !plain),
            "md5" or "password" => PassWhen(rule.Reach == RuleReach.Local),
            "ident" => PassWhen(rule.Reach == RuleReach.Local),
            "ldap" or "radius" or "pam" or "bsd" => PassWhen(near || !plain),
            _ => Outcome.NeedsReview,
        };
    }

    private static string Weakness(DatabaseAuthRule it) => it.Method switch
    {
        "trust" => $"lets {Users(it)} in{From(it)} without any password.",
        "md5" => $"accepts md5 passwords{From(it)}. They can be worked out from what is sent.",
        "password" => $"takes passwords in clear text{From(it)}.",
        "ident" => $"believes the name that the other machine gives{From(it)}.",
        _ => $"sends passwords for {it.Method} over connections that need not be encrypted.",
    };

    private static string Where(DatabaseAuthRule it) => $"The rule at {it.Line}";

    private static string Users(DatabaseAuthRule it) => it.Users.Contains("all") ? "everyone" : string.Join(", ", it.Users);

    private static string From(DatabaseAuthRule it) => it.Address is null ? " on the machine itself" : $" from {it.Address}";
}
