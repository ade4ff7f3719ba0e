using System.Security.Cryptography;
using System.Text;

namespace Plainproof.Evidence;

/// <summary>
/// A package that is read after it was verified: every file that is opened to be read whole is held against the list again, so that nothing
/// can be swapped in between. Safe for many threads.
/// </summary>
public sealed class OpenedPackage : IDisposable
{
    private readonly IFileTree _files;
    private readonly Dictionary<string, string> _listed;

    private OpenedPackage(IFileTree files, byte[] list)
    {
        _files = files;
        ListDigest = Convert.ToHexStringLower(SHA256.HashData(list));
        _listed = Encoding.UTF8.GetString(list).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split("  ", 2)).Where(line => line.Length == 2).DistinctBy(line => line[1])
            .ToDictionary(line => line[1], line => line[0], StringComparer.Ordinal);
        var log = new PublishedLog(files.Below(Package.Log));
        Log = new LogCut(Text(log.TryRead("checkpoint"), "checkpoint"), NoteKey.Parse(Text(log.TryRead("log.vkey"), "log.vkey")), [], log.Read);
    }

    /// <summary>SHA-256 of the list of the payload: it names this very package.</summary>
    public string ListDigest { get; }

    /// <summary>The whole log that came with it, under the key that came with it.</summary>
    public LogCut Log { get; }

    /// <summary>The files of the payload, by their names in the package.</summary>
    public IEnumerable<string> Names => _listed.Keys;

    /// <exception cref="EvidenceException">It is no package, or a part that every package has is missing or damaged.</exception>
    public static OpenedPackage Open(string path)
    {
        IFileTree? files = null;
        try
        {
            files = Package.Open(path);
            return new OpenedPackage(files, files.TryRead(Package.PayloadList) ?? throw new InvalidDataException($"{Package.PayloadList} is missing"));
        }
        catch (Exception damaged) when (damaged is InvalidDataException or NoteException or IOException or UnauthorizedAccessException)
        {
            files?.Dispose();
            throw new EvidenceException($"{path}: this package cannot be read: {damaged.Message}", damaged);
        }
    }

    /// <summary>What the package says of itself under this label; nothing proves it. Null when it says nothing.</summary>
    public string? Info(string label) => Encoding.UTF8.GetString(_files.TryRead(Package.BagInfo) ?? []).Split('\n').Where(line => line.StartsWith(label + ": ", StringComparison.Ordinal)).Select(line => line[(label.Length + 2)..].Trim()).FirstOrDefault(text => text.Length > 0);

    /// <summary>Copies the files of these names, with all that stands beside the payload.</summary>
    /// <exception cref="EvidenceException">A name leads out of the folder, or a file is not what the list says.</exception>
    public void CopyTo(string folder, Func<string, bool> wanted)
    {
        foreach (var name in _files.Names().Where(wanted))
        {
            if (name.Split('/', '\\') is var parts && (parts.Contains("..") || parts.Contains("") || Path.IsPathRooted(name))) throw new EvidenceException($"{name}: this file lies outside of the package");
            var to = Path.Combine(folder, Path.Combine(parts));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.WriteAllBytes(to, (Has(name) ? TryRead(name) : _files.TryRead(name)) ?? throw new EvidenceException($"{name}: this file is missing"));
        }
    }

    public bool Has(string name) => _listed.ContainsKey(name);

    /// <summary>All of a file of the payload that fits into memory.</summary>
    /// <returns>Null when the list names no such file.</returns>
    /// <exception cref="EvidenceException">It is not what the list says.</exception>
    public byte[]? TryRead(string name) => Guarded(name, () =>
    {
        if (!_listed.TryGetValue(name, out var sum)) return null;
        var bytes = _files.TryRead(name);
        return bytes is not null && Convert.ToHexStringLower(SHA256.HashData(bytes)) == sum ? bytes : throw new InvalidDataException("it is not what the list says");
    });

    /// <summary>A file of the payload that may be long. It is not held against the list: whoever reads it MUST prove it otherwise.</summary>
    /// <exception cref="EvidenceException">It is not there.</exception>
    public Stream OpenRead(string name) => Guarded(name, () => _files.TryOpen(name) ?? throw new InvalidDataException("it is missing"));

    /// <summary>Each line of the index, by the names of its columns.</summary>
    /// <exception cref="EvidenceException">The index is missing or is not what the list says.</exception>
    public IEnumerable<IReadOnlyDictionary<string, string>> Index() =>
        CsvRows.Of(new MemoryStream(Names.Where(Package.IsIndex).Select(TryRead).FirstOrDefault() ?? throw new EvidenceException("The package has no index")));

    public void Dispose() => _files.Dispose();

    private static T Guarded<T>(string name, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception damaged) when (damaged is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new EvidenceException($"{name}: {damaged.Message}", damaged);
        }
    }

    private static string Text(byte[]? bytes, string name) => bytes is null ? throw new InvalidDataException($"{Package.Log}{name} is missing") : Encoding.UTF8.GetString(bytes);
}
