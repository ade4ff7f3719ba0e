namespace Plainproof.Documents.Pdf;

/// <summary>A4 in points.</summary>
internal static class PageSize
{
    public const double Width = 595.28;
    public const double Height = 841.89;
    public const double Margin = 62.36;
    public const double Top = 62.36;
    public const double Bottom = Height - 70;
    public const double Footer = Height - 46;
    public const double Text = Width - 2 * Margin;
}
