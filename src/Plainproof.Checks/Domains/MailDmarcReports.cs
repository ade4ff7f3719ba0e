using Plainproof.Facts;

namespace Plainproof.Checks.Domains;

/// <summary>Someone gets the reports that show who sends in the company's name.</summary>
internal sealed class MailDmarcReports : EachCheck<DomainDmarc>
{
    protected override Outcome Judge(DomainDmarc it, Given given) =>
        it.Policy is null ? Outcome.NotApplicable : PassWhen(it.ReportsTo.Count > 0);

    protected override string Say(DomainDmarc it, Dated about, Outcome outcome, Given given) => outcome switch
    {
        Outcome.NotApplicable => $"{it.Domain} has no DMARC record in force, so no reports are sent.",
        Outcome.Pass => $"Reports on mail from {it.Domain} go to {DomainWords.List(it.ReportsTo)}.",
        _ => $"The DMARC record of {it.FoundAt} names no address for reports (rua).",
    };
}
