using Plainproof.Facts;

namespace Plainproof.Checks.Hosts;

/// <summary>
/// A key on a person's own account is that person's; elsewhere the note on its line must say whose it is.
/// The same key on the accounts of several people belongs to nobody.
/// </summary>
internal sealed class SshKeysHaveOwners : ICheck
{
    private const int LeastRsaBits = 2048;

    public CheckInfo Info { get; } = CheckInfo.Beside(typeof(SshKeysHaveOwners));

    public void Evaluate(IFacts facts, Given given, Findings into)
    {
        var keys = facts.Of<AccountKey>();
        var people = keys.Where(key => key.Value.Nature == AccountNature.Person)
            .ToLookup(key => (key.Scope, key.Value.Fingerprint), key => key.Value.AccountName);
        foreach (var key in keys)
        {
            var sharers = key.Value.Nature == AccountNature.Person ? people[(key.Scope, key.Value.Fingerprint)].Distinct(StringComparer.Ordinal).ToList() : [];
            if (sharers.Count > 1)
                into.Judge(key, Outcome.Fail, () => $"The key {key.Value.Fingerprint} opens several accounts: {string.Join(", ", sharers)}.");
            else
                into.Judge(key, !IsWeak(key.Value) && HasOwner(key.Value) ? Outcome.Pass : Outcome.Fail);
        }
    }

    public string Say(in Result result, Given given) => (AccountKey)result.About!.Untyped switch
    {
        var it when result.Outcome == Outcome.Pass => $"The key {it.Fingerprint} opens {it.AccountName}{(it.Comment is { } note ? $" (note: {note})" : "")}.",
        var it when IsWeak(it) => $"The key {it.Fingerprint} of {it.AccountName} is weak ({it.Type}{(it.Bits is { } bits ? $", {bits} bits" : "")}).",
        var it => $"The key {it.Fingerprint} opens {it.AccountName}, and its line names no owner.",
    };

    private static bool HasOwner(AccountKey it) => it.Comment is not null || it.Nature == AccountNature.Person;

    private static bool IsWeak(AccountKey it) => it.Type == "ssh-dss" || it.Bits < LeastRsaBits;
}
