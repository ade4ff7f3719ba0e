using Plainproof.Facts;

namespace Plainproof.Checks.Domains;

/// <summary>The certificate is for the name, trusted, strong, and does not end soon.</summary>
internal sealed class WebCertificateHolds : EachCheck<WebCertificate>
{
    private const int StrongRsaBits = 2048;
    private const int StrongCurveBits = 256;

    protected override Outcome Judge(WebCertificate it, Given given) => PassWhen(!Faults(it, given).Any());

    protected override string Say(WebCertificate it, Dated about, Outcome outcome, Given given) => outcome == Outcome.Pass
        ? $"The certificate of {it.Host} is valid until {it.Certificate.NotAfter:yyyy-MM-dd}."
        : $"The certificate of {it.Host} has a fault. {string.Join(' ', Faults(it, given))}";

    private static IEnumerable<string> Faults(WebCertificate it, Given given)
    {
        var shown = it.Certificate;
        foreach (var fault in DomainWords.Faults(shown, it.Host, given.AsOf))
            yield return fault;
        var left = (shown.NotAfter - given.AsOf).TotalDays;
        if (left > 0 && left < given["daysLeft"])
            yield return $"It ends in {left:0} days, on {shown.NotAfter:yyyy-MM-dd}.";
        if (shown is { KeyType: "RSA", KeyBits: < StrongRsaBits } or { KeyType: "ECDSA", KeyBits: < StrongCurveBits })
            yield return $"Its {shown.KeyType} key has only {shown.KeyBits} bits.";
    }
}
