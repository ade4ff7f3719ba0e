using Plainproof.Facts;

namespace Plainproof.Checks.Domains;

/// <summary>Browsers are told to use HTTPS only, for long enough (RFC 6797).</summary>
internal sealed class WebHsts : EachCheck<WebHttps>
{
    private const double SecondsADay = 86400;

    protected override Outcome Judge(WebHttps it, Given given) =>
        !it.HttpsAnswers ? Outcome.NotApplicable : PassWhen(it.HstsSeconds >= given["hstsDays"] * SecondsADay);

    protected override string Say(WebHttps it, Dated about, Outcome outcome, Given given) => it switch
    {
        { HttpsAnswers: false } => $"{it.Host} does not speak HTTPS, so it cannot ask for it.",
        { HstsSeconds: { } seconds } => $"{it.Host} tells browsers to insist on HTTPS for {seconds / SecondsADay:0} days.",
        _ => $"{it.Host} does not tell browsers to insist on HTTPS.",
    };
}
