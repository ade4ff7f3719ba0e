using Plainproof.Facts;

namespace Plainproof.Checks.Domains;

/// <summary>Headers that take easy tricks away from an attacker who finds a hole in a page.</summary>
internal sealed class WebHeaders : EachCheck<WebHttps>
{
    protected override Outcome Judge(WebHttps it, Given given) =>
        it is { HttpsAnswers: false } or { LeavesDomain: true } ? Outcome.NotApplicable : PassWhen(Missing(it).Count == 0);

    protected override string Say(WebHttps it, Dated about, Outcome outcome, Given given) => outcome switch
    {
        Outcome.Pass => $"{it.Host} sends the protective headers.",
        Outcome.NotApplicable => $"{it.Host} serves no page of its own over HTTPS.",
        _ => $"{it.Host} does not send {DomainWords.List(Missing(it))}.",
    };

    private static List<string> Missing(WebHttps it)
    {
        var missing = new List<string>();
        if (!it.ContentPolicy)
            missing.Add("Content-Security-Policy");
        if (!it.NoSniff)
            missing.Add("X-Content-Type-Options: nosniff");
        if (!it.FrameProtection)
            missing.Add("protection against framing");
        return missing;
    }
}
