namespace Plainproof.Documents.Docx;

/// <summary>A4 in twentieths of a point.</summary>
internal static class WordPage
{
    public const uint Width = 11906;
    public const uint Height = 16838;
    public const uint Margin = 1247;
    public const int Text = (int)(Width - 2 * Margin);
}
