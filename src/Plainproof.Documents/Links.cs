namespace Plainproof.Documents;

/// <summary>Where a link leads in a file that leaves this machine: to a place in the file, or to an address that stands on its own.</summary>
internal sealed class Links(Document document)
{
    private static readonly string[] Schemes = [Uri.UriSchemeHttp, Uri.UriSchemeHttps, Uri.UriSchemeMailto];

    private readonly HashSet<string> _anchors = [.. Anchors(document.Blocks).OfType<string>()];

    /// <summary>The anchor in this file; nothing when the link leads elsewhere, or to a place that is not here.</summary>
    public string? Inside(string? link) => link is ['#', .. var anchor] && _anchors.Contains(anchor) ? anchor : null;

    /// <summary>The address; nothing for a link that means something only beside the file, or that could run something.</summary>
    public static Uri? Outside(string? link) =>
        link is not null && Uri.TryCreate(CleanText.Of(link), UriKind.Absolute, out var address) && Schemes.Contains(address.Scheme) ? new Uri(address.AbsoluteUri) : null;

    private static IEnumerable<string?> Anchors(IEnumerable<Block> blocks) =>
        blocks.SelectMany(block => block switch
        {
            Heading heading => [heading.Anchor],
            Card card => Anchors(card.Blocks).Prepend(card.Anchor),
            Details details => Anchors(details.Blocks).Prepend(details.Anchor),
            _ => Enumerable.Empty<string?>(),
        });
}
