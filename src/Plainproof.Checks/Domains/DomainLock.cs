using Plainproof.Facts;

namespace Plainproof.Checks.Domains;

/// <summary>Nobody can move the domain to another registrar unasked.</summary>
internal sealed class DomainLock : EachCheck<DomainRegistration>
{
    protected override Outcome Judge(DomainRegistration it, Given given) => PassWhen(it.TransferLocked);

    protected override string Say(DomainRegistration it, Dated about, Outcome outcome, Given given) => outcome == Outcome.Pass
        ? $"{it.Domain} is locked against transfer."
        : $"{it.Domain} is not locked against transfer.";
}
