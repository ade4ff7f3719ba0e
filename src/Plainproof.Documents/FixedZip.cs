using System.IO.Compression;

namespace Plainproof.Documents;

/// <summary>Copies a zip so that the same parts give the same bytes: in a fixed order, with a fixed time.</summary>
internal static class FixedZip
{
    private const string First = "[Content_Types].xml";

    /// <summary>The earliest day that a zip can name.</summary>
    private static readonly DateTimeOffset Time = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static void Copy(Stream from, Stream to)
    {
        from.Position = 0;
        using var parts = new ZipArchive(from, ZipArchiveMode.Read, leaveOpen: true);
        using var copy = new ZipArchive(to, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var part in parts.Entries.OrderBy(part => part.FullName != First).ThenBy(part => part.FullName, StringComparer.Ordinal))
            Copy(part, copy);
    }

    private static void Copy(ZipArchiveEntry part, ZipArchive copy)
    {
        var entry = copy.CreateEntry(part.FullName, CompressionLevel.Optimal);
        entry.LastWriteTime = Time;
        using var source = part.Open();
        using var target = entry.Open();
        source.CopyTo(target);
    }
}
