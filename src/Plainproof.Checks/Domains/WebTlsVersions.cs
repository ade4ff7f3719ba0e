using Plainproof.Facts;

namespace Plainproof.Checks.Domains;

/// <summary>Old TLS versions have known breaks (RFC 8996).</summary>
internal sealed class WebTlsVersions : EachCheck<WebTls>
{
    protected override Outcome Judge(WebTls it, Given given) => PassWhen(TooOld(it, given).Count == 0);

    protected override string Say(WebTls it, Dated about, Outcome outcome, Given given) => outcome == Outcome.Pass
        ? $"{it.Host} accepts only {DomainWords.Versions(it.Accepts)}."
        : $"{it.Host} still accepts {DomainWords.Versions(TooOld(it, given))} on port {it.Port}.";

    private static List<TlsVersion> TooOld(WebTls it, Given given) => [.. it.Accepts.Where(version => DomainWords.NumberOf(version) < given["oldestTls"])];
}
