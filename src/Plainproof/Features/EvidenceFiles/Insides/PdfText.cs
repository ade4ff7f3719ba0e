using System.Text;
using UglyToad.PdfPig;

namespace Plainproof.Features.EvidenceFiles.Insides;

/// <summary>The text of a PDF, and what it says of its making.</summary>
internal static class PdfText
{
    private const int MostPages = 1000;

    public static Inside Read(byte[] bytes)
    {
        using var pdf = PdfDocument.Open(bytes);
        var text = new StringBuilder();
        foreach (var page in pdf.GetPages().Take(MostPages))
        {
            if (text.Length > InsideReader.MostCharacters)
                break;
            text.AppendJoin(' ', page.GetWords().Select(word => word.Text)).Append('\n');
        }

        var all = text.ToString().Trim();
        return new Inside(all.Length > 0 ? InsideState.Whole : InsideState.NoText, all)
        {
            MadeWith = pdf.Information.Creator ?? pdf.Information.Producer,
            MadeAt = pdf.Information.GetCreatedDateTimeOffset(),
            ChangedAt = pdf.Information.GetModifiedDateTimeOffset(),
        };
    }
}
