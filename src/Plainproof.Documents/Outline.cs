namespace Plainproof.Documents;

/// <summary>The depth of each heading: the shallowest level of the document is 1, and none is skipped on the way down.</summary>
internal sealed class Outline(Document document)
{
    public const int Deepest = 6;

    private readonly int _shallowest = Headings(document.Blocks).Select(heading => heading.Level).DefaultIfEmpty(1).Min();
    private int _current;
    private int _least = 1;

    public int Enter(Heading heading) => _current = Math.Clamp(heading.Level - _shallowest + 1, _least, Beneath);

    /// <summary>A card or details hang beneath the heading they follow, and change nothing for the headings after them.</summary>
    public int Beneath => Math.Min(_current + 1, Deepest);

    /// <summary>Goes one deeper for what stands inside a card or details.</summary>
    public void Inside(Action write)
    {
        var outer = (_current, _least);
        _current = Beneath;
        _least = Beneath;
        write();
        (_current, _least) = outer;
    }

    private static IEnumerable<Heading> Headings(IEnumerable<Block> blocks) =>
        blocks.SelectMany(block => block switch
        {
            Heading heading => [heading],
            Card card => Headings(card.Blocks),
            Details details => Headings(details.Blocks),
            _ => Enumerable.Empty<Heading>(),
        });
}
