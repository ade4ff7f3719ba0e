using Plainproof.Facts;

namespace Plainproof.Checks.Domains;

/// <summary>
/// Each mail server offers encryption with a certificate that holds. Old TLS versions besides a current one are not held against it:
/// a sender that knows no newer one would use plain text instead (RFC 7435).
/// </summary>
internal sealed class MailStartTls : EachCheck<MailServer>
{
    protected override Outcome Judge(MailServer it, Given given) => PassWhen(!Faults(it, given).Any());

    protected override string Say(MailServer it, Dated about, Outcome outcome, Given given) => outcome == Outcome.Pass
        ? $"{it.Host} offers encryption ({DomainWords.Versions(it.Accepts)}) and its certificate holds."
        : $"{it.Host}: {string.Join(' ', Faults(it, given))}";

    private static IEnumerable<string> Faults(MailServer it, Given given)
    {
        if (!it.StartTls)
        {
            yield return it.Problem ?? "It does not offer encryption (STARTTLS), so mail to it can be read on the way.";
            yield break;
        }

        if (!it.Accepts.Any(version => DomainWords.NumberOf(version) >= given["oldestTls"]))
            yield return $"It speaks only {DomainWords.Versions(it.Accepts)}.";
        foreach (var fault in it.Certificate is { } shown ? DomainWords.Faults(shown, it.Host, given.AsOf) : ["It showed no certificate."])
            yield return fault;
    }
}
