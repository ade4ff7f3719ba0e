namespace Plainproof.Documents.Pdf;

/// <summary>Makes letters of text, in the looks that its runs ask for.</summary>
internal sealed class Script(PdfFonts fonts, Links links)
{
    public Letters Plain(string text, double size, string colour = Colours.Ink, bool bold = false) =>
        new Letters(fonts).Add(text, new Ink(bold ? fonts.Bold : fonts.Regular, size, colour));

    public Letters Linked(string text, string? link, double size, string colour, bool bold) =>
        new Letters(fonts).Add(text, new Ink(bold ? fonts.Bold : fonts.Regular, size, colour, null, SpotOf(text, link)));

    public Letters Of(Text text, double size, string colour = Colours.Ink)
    {
        var letters = new Letters(fonts);
        foreach (var run in text.Runs)
            letters.Add(run.Value, InkOf(run, size, colour));
        return letters;
    }

    public double WidthOf(string text, double size, bool bold = false) => (bold ? fonts.Bold : fonts.Regular).WidthOf(text) * size;

    private Ink InkOf(Run run, double size, string colour)
    {
        var link = SpotOf(run.Value, run.Link);
        var ink = run.Style switch
        {
            RunStyle.Strong => new Ink(fonts.Bold, size, colour),
            RunStyle.Code => new Ink(fonts.Mono, size * 0.92, colour, Colours.HeadShade),
            RunStyle.Quiet => new Ink(fonts.Regular, size, Colours.Quiet),
            RunStyle.Good => new Ink(fonts.Regular, size, Colours.Words(Tone.Good)),
            RunStyle.Attention => new Ink(fonts.Regular, size, Colours.Words(Tone.Attention)),
            RunStyle.Bad => new Ink(fonts.Regular, size, Colours.Words(Tone.Bad)),
            _ => new Ink(fonts.Regular, size, colour),
        };
        return link is null ? ink : ink with { Link = link, Colour = Colours.Link };
    }

    private LinkSpot? SpotOf(string words, string? link)
    {
        var (inside, outside) = (links.Inside(link), Links.Outside(link));
        return inside is null && outside is null ? null : new LinkSpot(inside, outside, words);
    }
}
