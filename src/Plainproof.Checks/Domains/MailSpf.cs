using Plainproof.Facts;

namespace Plainproof.Checks.Domains;

/// <summary>The list of servers that may send is one that receivers can use, and it has an end (RFC 7208).</summary>
internal sealed class MailSpf : EachCheck<DomainSpf>
{
    protected override Outcome Judge(DomainSpf it, Given given) =>
        PassWhen(it is { Records: 1, Problems.Count: 0, Others: SpfVerdict.Fail or SpfVerdict.SoftFail });

    protected override string Say(DomainSpf it, Dated about, Outcome outcome, Given given) => it switch
    {
        { Records: 0 } => $"{it.Domain} has no SPF record, so any server may claim to send for it.",
        { Problems.Count: > 0 } => $"The SPF record of {it.Domain} does not work. {string.Join(' ', it.Problems)}",
        { Others: SpfVerdict.Pass } => $"The SPF record of {it.Domain} lets every server send (+all).",
        _ when outcome == Outcome.Fail => $"The SPF record of {it.Domain} does not say what to do with other servers (-all or ~all).",
        { SendsNoMail: true } => $"{it.Domain} says that it sends no mail.",
        _ => $"The SPF record of {it.Domain} works and needs {it.LookUps} of 10 look-ups.",
    };
}
