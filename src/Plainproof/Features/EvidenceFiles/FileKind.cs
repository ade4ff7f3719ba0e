using Plainproof.Documents;

namespace Plainproof.Features.EvidenceFiles;

/// <summary>The sorts of file that are taken, and how each begins. The ending alone proves nothing.</summary>
internal sealed record FileKind(string Ending, string MediaType, byte[]? Begins)
{
    private const int Looked = 8192;
    private static readonly byte[] Zip = [0x50, 0x4b, 0x03, 0x04];

    private static readonly FileKind[] Kinds =
    [
        new(".pdf", "application/pdf", "%PDF-"u8.ToArray()),
        new(".png", "image/png", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
        new(".jpg", "image/jpeg", [0xff, 0xd8, 0xff]),
        new(".jpeg", "image/jpeg", [0xff, 0xd8, 0xff]),
        new(".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", Zip),
        new(".xlsx", XlsxFile.MediaType, Zip),
        new(".csv", "text/csv", null),
        new(".txt", "text/plain", null),
        new(".md", "text/markdown", null),
        new(".log", "text/plain", null),
        new(".eml", "text/plain", null),
        new(".json", "application/json", null),
        new(".html", "text/html", null),
        new(".htm", "text/html", null),
    ];

    /// <summary>Text, out of which secrets are taken before it is sealed.</summary>
    public bool IsText => Begins is null;

    /// <summary>It may hold rows that can be counted.</summary>
    public bool IsList => Ending is ".csv" or ".json" or ".xlsx";

    public bool IsPicture => MediaType.StartsWith("image/", StringComparison.Ordinal);

    public static string Endings { get; } = string.Join(',', Kinds.Select(kind => kind.Ending));

    /// <returns>Null when there is no such kind, or the bytes are none of it.</returns>
    public static FileKind? Of(string name, Stream bytes)
    {
        var kind = Kinds.FirstOrDefault(one => name.EndsWith(one.Ending, StringComparison.OrdinalIgnoreCase));
        var start = new byte[Looked];
        var read = start.AsSpan(0, bytes.ReadAtLeast(start, Looked, throwOnEndOfStream: false));
        return kind is null || (kind.Begins is { } begins ? !read.StartsWith(begins) : read.Contains((byte)0)) ? null : kind;
    }
}
