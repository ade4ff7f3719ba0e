using Plainproof.Facts;

namespace Plainproof.Checks.Domains;

/// <summary>Plain HTTP gives nothing but a lasting redirect to HTTPS.</summary>
internal sealed class WebRedirect : EachCheck<WebHttps>
{
    protected override Outcome Judge(WebHttps it, Given given) => it switch
    {
        { HttpAnswers: null } => Outcome.NeedsReview,
        { HttpAnswers: false } => Outcome.Pass,
        { HttpStatus: 301 or 308, HttpsAnswers: true } when GoesToHttps(it) => Outcome.Pass,
        { HttpStatus: >= 400, HttpsAnswers: true } => Outcome.NeedsReview,
        _ => Outcome.Fail,
    };

    protected override string Say(WebHttps it, Dated about, Outcome outcome, Given given) => it switch
    {
        { HttpAnswers: null } => $"Nobody answered for {it.Host} on the port for plain HTTP. Check that it is closed.",
        { HttpAnswers: false } => $"{it.Host} does not answer over plain HTTP.",
        _ when outcome == Outcome.Pass => $"{it.Host} sends plain HTTP to {it.HttpGoesTo}.",
        { HttpsAnswers: false } => $"{it.Host} answers only over plain HTTP, so all traffic can be read.",
        _ when outcome == Outcome.NeedsReview => $"{it.Host} answers plain HTTP with status {it.HttpStatus}. Check that no page is served so.",
        _ when GoesToHttps(it) => $"{it.Host} sends plain HTTP to HTTPS only for now (status {it.HttpStatus}).",
        { HttpGoesTo: { } to } => $"{it.Host} sends plain HTTP to {to}, which is not HTTPS.",
        _ => $"{it.Host} serves pages over plain HTTP (status {it.HttpStatus}).",
    };

    private static bool GoesToHttps(WebHttps it) => it.HttpGoesTo?.StartsWith("https://", StringComparison.OrdinalIgnoreCase) == true;
}
