using Plainproof.Facts;

namespace Plainproof.Checks.Domains;

/// <summary>Answers about the domain are signed, and the chain from above holds (RFC 4033).</summary>
internal sealed class DnsSigned : EachCheck<DomainDnssec>
{
    protected override Outcome Judge(DomainDnssec it, Given given) => PassWhen(Weakness(it) is null);

    protected override string Say(DomainDnssec it, Dated about, Outcome outcome, Given given) => Weakness(it) ?? $"DNS answers for {it.Domain} are signed and check out.";

    private static string? Weakness(DomainDnssec it) => it switch
    {
        { ParentHasKey: false, HasKeys: false } => $"DNS answers for {it.Domain} are not signed.",
        { ParentHasKey: false } => $"{it.Domain} is signed, but its registry does not know the key (no DS record).",
        { Validated: false } => $"The signatures of {it.Domain} do not check out.",
        { WeakAlgorithms.Count: > 0 } => $"{it.Domain} is signed with {DomainWords.List(it.WeakAlgorithms)}, which is too weak.",
        _ => null,
    };
}
