using Plainproof.Facts;

namespace Plainproof.Checks.Domains;

/// <summary>Only chosen authorities may issue certificates for the domain (RFC 8659).</summary>
internal sealed class DnsCaa : EachCheck<DomainDns>
{
    protected override Outcome Judge(DomainDns it, Given given) => PassWhen(it.CaaAt is not null);

    protected override string Say(DomainDns it, Dated about, Outcome outcome, Given given) => it switch
    {
        { CaaAt: null } => $"{it.Domain} lets every authority issue certificates for it (no CAA record).",
        { MayIssue.Count: 0 } => $"Nobody may issue certificates for {it.Domain}.",
        _ => $"Only {DomainWords.List(it.MayIssue)} may issue certificates for {it.Domain}.",
    };
}
