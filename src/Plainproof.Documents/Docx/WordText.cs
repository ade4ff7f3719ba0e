using System.Globalization;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using W = DocumentFormat.OpenXml.Wordprocessing;

namespace Plainproof.Documents.Docx;

/// <summary>Text, links and the places that links lead to.</summary>
internal sealed class WordText(MainDocumentPart main, Links links)
{
    /// <summary>Word cuts names of places after this many characters.</summary>
    private const int LongestName = 40;

    private readonly Dictionary<Uri, string> _addresses = [];
    private readonly Dictionary<string, string> _places = [];
    private readonly HashSet<string> _opened = [];

    public IEnumerable<OpenXmlElement> Runs(Text text) => text.Runs.Select(run => Linked(run.Link, Run(run.Value), run.Style));

    public OpenXmlElement Linked(string value, string? link) => Linked(link, Run(value), RunStyle.Plain);

    /// <summary>Text with the bookmark that links lead to.</summary>
    public IEnumerable<OpenXmlElement> Place(string? anchor, string text)
    {
        if (anchor is null || !_opened.Add(anchor))
            return [Run(text)];
        var id = _opened.Count.ToString(CultureInfo.InvariantCulture);
        return [new W.BookmarkStart { Id = id, Name = NameOf(anchor) }, Run(text), new W.BookmarkEnd { Id = id }];
    }

    public static W.Run Run(string text) => new(Pieces(CleanText.Of(text)));

    private OpenXmlElement Linked(string? link, W.Run run, RunStyle style)
    {
        var (inside, outside) = (links.Inside(link), Links.Outside(link));
        var linked = inside is not null || outside is not null;
        if ((linked ? "Hyperlink" : StyleOf(style)) is { } name)
            run.RunProperties = new W.RunProperties { RunStyle = new W.RunStyle { Val = name } };
        if (inside is not null)
            return new W.Hyperlink(run) { Anchor = NameOf(inside), History = true };
        return outside is null ? run : new W.Hyperlink(run) { Id = Relationship(outside), History = true };
    }

    private string Relationship(Uri address)
    {
        if (_addresses.TryGetValue(address, out var id))
            return id;
        id = $"link{_addresses.Count + 1}";
        main.AddHyperlinkRelationship(address, true, id);
        return _addresses[address] = id;
    }

    /// <summary>Word takes letters, digits and underscores, and not too many.</summary>
    private string NameOf(string anchor)
    {
        if (_places.TryGetValue(anchor, out var known))
            return known;
        var name = new StringBuilder("p_");
        foreach (var c in anchor)
            name.Append(char.IsAsciiLetterOrDigit(c) ? c : '_');
        var number = (_places.Count + 1).ToString(CultureInfo.InvariantCulture);
        return _places[anchor] = $"{name.ToString(0, Math.Min(name.Length, LongestName - number.Length - 1))}_{number}";
    }

    private static IEnumerable<OpenXmlElement> Pieces(string text)
    {
        var from = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] is not ('\n' or '\t'))
                continue;
            if (i > from)
                yield return new W.Text(text[from..i]) { Space = SpaceProcessingModeValues.Preserve };
            if (i < text.Length)
                yield return text[i] == '\t' ? new W.TabChar() : new W.Break();
            from = i + 1;
        }
    }

    private static string? StyleOf(RunStyle style) => style switch
    {
        RunStyle.Plain => null,
        RunStyle.Quiet => "QuietText",
        _ => style.ToString(),
    };
}
