using System.Globalization;
using Plainproof.Evidence;

namespace Plainproof.Features.Export;

/// <summary>The index of a package: one line for each piece of evidence, with the times that are proven around it.</summary>
internal sealed class PackageIndex(PackagePlan plan)
{
    private static readonly string[] Columns = ["seq", "kind", "control", "criterion", "source", "claimed", "proven after", "proven before", "digest", "file", "name"];

    /// <param name="mark">The mark of the sample company, as the first line; null for a real one.</param>
    public IEnumerable<string> Lines(string? mark)
    {
        if (mark is not null)
            yield return CsvText.Line([mark]);
        yield return CsvText.Line(Columns);
        foreach (var item in plan.Items)
            yield return CsvText.Line([
                item.Seq.ToString(CultureInfo.InvariantCulture), item.Kind, string.Join(' ', item.Controls), string.Join(' ', item.Criteria), item.Source,
                item.Claimed, After(item.Seq), Before(item.Seq), item.Digest.ToString(), item.File[Package.Payload.Length..], item.Name]);
    }

    /// <summary>The newest stamp that was logged before the entry: it was written later.</summary>
    private string After(long seq) => plan.Stamps.Where(stamp => stamp.Seq < seq).Select(stamp => stamp.At).Max(StringComparer.Ordinal) ?? "";

    /// <summary>The earliest stamp over a log that has the entry: it was written earlier.</summary>
    private string Before(long seq) => plan.Stamps.Where(stamp => stamp.Size > seq).Select(stamp => stamp.At).Min(StringComparer.Ordinal) ?? "";
}
