namespace Plainproof.Documents.Pdf;

/// <summary>What text is drawn with.</summary>
/// <param name="Colour">As PDF writes it: three parts of 1.</param>
/// <param name="Fill">Behind the text; none for most.</param>
internal sealed record Ink(Face Face, double Size, string Colour, string? Fill = null, LinkSpot? Link = null);

/// <summary>A link in the text: to a place in the file or to an address. One element of the structure, however many lines it takes.</summary>
internal sealed class LinkSpot(string? anchor, Uri? address, string words)
{
    public string Words { get; } = words;

    public string Action { get; } = anchor is not null ? $"/Dest{PdfValue.Bytes(anchor)}" : $"/A<</S/URI/URI{PdfValue.Bytes(address!.AbsoluteUri)}>>";

    public Element? Element { get; set; }
}

internal static class Colours
{
    public const string Ink = "0.11 0.114 0.122";
    public const string Quiet = "0.349 0.353 0.361";
    public const string Line = "0.863 0.851 0.824";
    public const string Edge = "0.725 0.71 0.671";
    public const string Shade = "0.961 0.957 0.941";
    public const string HeadShade = "0.941 0.933 0.91";
    public const string Link = "0.043 0.31 0.541";

    public static string Words(Tone tone) => tone switch
    {
        Tone.Good => "0.114 0.42 0.227",
        Tone.Attention => "0.478 0.322 0",
        Tone.Bad => "0.639 0.125 0.094",
        _ => Ink,
    };

    public static string Fill(Tone tone) => tone switch
    {
        Tone.Good => "0.227 0.561 0.353",
        Tone.Attention => "0.788 0.541 0.071",
        Tone.Bad => "0.753 0.224 0.184",
        _ => Edge,
    };
}
