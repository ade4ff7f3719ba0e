using Plainproof.Facts;

namespace Plainproof.Checks.Domains;

/// <summary>The keys that sign mail are there and too long to break (RFC 8301, RFC 8463).</summary>
internal sealed class MailDkim : EachCheck<DomainDkim>
{
    protected override Outcome Judge(DomainDkim it, Given given) =>
        it.State == DkimState.Revoked ? Outcome.NotApplicable : PassWhen(it is { State: DkimState.Usable, Testing: false } && !IsShort(it, given));

    protected override string Say(DomainDkim it, Dated about, Outcome outcome, Given given) => it switch
    {
        { State: DkimState.Revoked } => $"The DKIM key {it.Selector} of {it.Domain} was withdrawn.",
        { State: DkimState.Missing } => $"There is no DKIM key at the selector {it.Selector} of {it.Domain}.",
        { State: DkimState.Broken } => $"The DKIM key {it.Selector} of {it.Domain} cannot be used. {it.Problem}",
        _ when IsShort(it, given) => $"The DKIM key {it.Selector} of {it.Domain} has only {it.Bits} bits.",
        { Testing: true } => $"The DKIM key {it.Selector} of {it.Domain} says that it is a test (t=y).",
        _ => $"The DKIM key {it.Selector} of {it.Domain} is strong ({it.KeyType}, {it.Bits} bits).",
    };

    private static bool IsShort(DomainDkim it, Given given) => it.KeyType == "rsa" && it.Bits < given["rsaBits"];
}
