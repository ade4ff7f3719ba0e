using System.Globalization;

namespace Plainproof.Documents.Pdf;

/// <summary>The typefaces of a file, and the characters that none of them can draw.</summary>
internal sealed class PdfFonts
{
    private static readonly Lazy<TrueType> RegularFont = new(() => new TrueType("LiberationSans-Regular"));
    private static readonly Lazy<TrueType> BoldFont = new(() => new TrueType("LiberationSans-Bold"));
    private static readonly Lazy<TrueType> MonoFont = new(() => new TrueType("LiberationMono-Regular"));

    private readonly PdfObjects _objects;

    public PdfFonts(PdfObjects objects)
    {
        _objects = objects;
        foreach (var face in All)
            face.Id = objects.Reserve();
        Resources = objects.Add($"<</Font<<{string.Concat(All.Select(face => string.Create(CultureInfo.InvariantCulture, $"/{face.Resource} {face.Id} 0 R")))}>>>>");
    }

    /// <summary>The numbers say: a font without serifs, with characters of many languages; the last is also of one width.</summary>
    public Face Regular { get; } = new("R", RegularFont.Value, "4");

    public Face Bold { get; } = new("B", BoldFont.Value, "262148");

    public Face Mono { get; } = new("M", MonoFont.Value, "5");

    /// <summary>The object that each page names.</summary>
    public int Resources { get; }

    /// <summary>What was drawn as a box.</summary>
    public SortedSet<string> Missing { get; } = new(StringComparer.Ordinal);

    private Face[] All => [Regular, Bold, Mono];

    public void Write()
    {
        foreach (var face in All)
            face.Write(_objects);
    }
}
