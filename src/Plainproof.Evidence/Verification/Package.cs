namespace Plainproof.Evidence;

/// <summary>Where things lie in a package: a BagIt bag (RFC 8493) whose payload has the shape of a company's folder.</summary>
public static class Package
{
    /// <summary>Marks a bag; it lies at the top.</summary>
    public const string Declaration = "bagit.txt";

    public const string DeclarationText = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

    /// <summary>The payload with its checksums, in the form of <c>sha256sum</c>.</summary>
    public const string PayloadList = "manifest-sha256.txt";

    /// <summary>Everything else with its checksums. It cannot list itself.</summary>
    public const string TagList = "tagmanifest-sha256.txt";

    public const string BagInfo = "bag-info.txt";

    public const string Payload = "data/";

    public const string Log = "data/log/";

    public const string Blobs = "data/blobs/sha256/";

    public const string Proofs = "data/proofs/";

    public const string Populations = "data/populations/";

    /// <summary>The file with one line for each piece of evidence; that of the sample company says so in its name.</summary>
    public static bool IsIndex(string name) => name is "data/index.csv" or "data/SAMPLE-index.csv";

    /// <summary>Whether a folder or a file looks like a package. It may still be damaged.</summary>
    public static bool Is(string path) => File.Exists(Path.Combine(path, Declaration)) || (File.Exists(path) && BeginsAsZip(path));

    /// <exception cref="InvalidDataException">It is a damaged zip.</exception>
    internal static IFileTree Open(string path) => Directory.Exists(path) ? new FolderTree(path) : new ZipTree(path, Declaration);

    private static bool BeginsAsZip(string path)
    {
        Span<byte> begin = stackalloc byte[2];
        using var file = File.OpenRead(path);
        return file.ReadAtLeast(begin, 2, throwOnEndOfStream: false) == 2 && begin.SequenceEqual("PK"u8);
    }
}
