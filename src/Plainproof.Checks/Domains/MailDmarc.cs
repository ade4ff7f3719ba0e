using Plainproof.Facts;

namespace Plainproof.Checks.Domains;

/// <summary>Receivers are asked to stop forged mail, for all mail, and for names below too (RFC 9989).</summary>
internal sealed class MailDmarc : EachCheck<DomainDmarc>
{
    protected override Outcome Judge(DomainDmarc it, Given given) => PassWhen(Weakness(it) is null);

    protected override string Say(DomainDmarc it, Dated about, Outcome outcome, Given given) =>
        Weakness(it) ?? $"Mail forged as {it.Domain} is to be {(it.Policy == DmarcPolicy.Reject ? "rejected" : "put in quarantine")}.";

    private static string? Weakness(DomainDmarc it) => it switch
    {
        { Records: > 1 } => $"{it.Domain} has {it.Records} DMARC records, so receivers ignore all of them.",
        { Policy: null } => $"{it.Domain} has no DMARC record, so anyone can send mail in its name.",
        { Policy: DmarcPolicy.None } => $"The DMARC record of {it.FoundAt} asks for nothing to be done with forged mail (p=none).",
        { Testing: true } => $"The DMARC record of {it.FoundAt} says that it is a test (t=y), so receivers soften it.",
        { Percent: < 100 } => $"The DMARC record of {it.FoundAt} covers only {it.Percent} percent of mail (pct).",
        { SubdomainPolicy: DmarcPolicy.None } => $"The DMARC record of {it.FoundAt} leaves names below it open (sp=none).",
        { MissingNamePolicy: DmarcPolicy.None } => $"The DMARC record of {it.FoundAt} leaves names that do not exist open (np=none).",
        _ => null,
    };
}
