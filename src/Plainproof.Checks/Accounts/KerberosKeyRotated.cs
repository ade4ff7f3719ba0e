using Plainproof.Facts;

namespace Plainproof.Checks.Accounts;

/// <summary>The key that signs every ticket of a domain. Whoever stole an old one can be anybody until it is changed.</summary>
internal sealed class KerberosKeyRotated : EachCheck<DirectoryState>
{
    protected override Outcome Judge(DirectoryState it, Given given) =>
        it.KerberosKeyChangedAt is not { } changed ? Outcome.NotApplicable : PassWhen((given.AsOf - changed).TotalDays <= given["mostDays"]);

    protected override string Say(DirectoryState it, Dated about, Outcome outcome, Given given) => it.KerberosKeyChangedAt is { } changed
        ? $"The key of krbtgt in {it.Domain} was changed on {changed:yyyy-MM-dd}, {(given.AsOf - changed).TotalDays:0} days ago."
        : $"{it.Domain} ({it.Product}) has no Kerberos key of its own.";
}
