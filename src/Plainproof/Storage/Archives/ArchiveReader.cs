using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;

namespace Plainproof.Storage.Archives;

/// <summary>Reads a backup that may come from anywhere: nothing of it is believed before its hash was checked.</summary>
internal sealed class ArchiveReader : IDisposable
{
    private const int BufferBytes = 1 << 17;
    private const int LargestManifest = 1 << 28;
    private readonly ZipArchive _zip;
    private readonly Dictionary<string, ZipArchiveEntry> _entries;

    private ArchiveReader(string file, ZipArchive zip, Dictionary<string, ZipArchiveEntry> entries, Manifest manifest) =>
        (File, _zip, _entries, Manifest) = (file, zip, entries, manifest);

    public string File { get; }

    public Manifest Manifest { get; }

    /// <exception cref="DataProblem">Not there, not a zip, or without a manifest that can be read.</exception>
    public static ArchiveReader Open(string file)
    {
        ZipArchive? zip = null;
        try
        {
            zip = ZipFile.OpenRead(file);
            var entries = new Dictionary<string, ZipArchiveEntry>(StringComparer.Ordinal);
            foreach (var entry in zip.Entries)
                if (!entries.TryAdd(entry.FullName, entry))
                    throw new InvalidDataException($"{entry.FullName} is in it twice.");
            if (!entries.Remove(Manifest.Name, out var listing) || listing.Length > LargestManifest)
                throw new InvalidDataException($"It holds no {Manifest.Name}, so it is no backup of Plainproof.");
            using var json = listing.Open();
            return new ArchiveReader(file, zip, entries, Manifest.Parse(json));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or JsonException)
        {
            zip?.Dispose();
            throw new DataProblem("The backup cannot be read.", file, e.Message, "Check the path, or take another backup.", e);
        }
    }

    /// <summary>Every file that is not as the manifest says, in words. Reads all of the archive once.</summary>
    public async Task<IReadOnlyList<string>> ProblemsAsync(CancellationToken stop)
    {
        var problems = Shape().ToList();
        foreach (var file in Manifest.Files)
        {
            if (!_entries.TryGetValue(file.Path, out var entry))
                problems.Add($"{file.Path} is missing.");
            else if (await ProblemAsync(entry, file, stop) is { } problem)
                problems.Add(problem);
        }

        return problems;
    }

    /// <summary>Copies one file out and checks it again on the way.</summary>
    /// <exception cref="InvalidDataException">Not the bytes that the manifest promises.</exception>
    public async Task CopyAsync(ManifestFile file, Stream to, CancellationToken stop)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var from = await _entries[file.Path].OpenAsync(stop);
        var buffer = new byte[BufferBytes];
        var length = 0L;
        for (int read; (read = await from.ReadAsync(buffer, stop)) > 0;)
        {
            if ((length += read) > file.Bytes)
                throw new InvalidDataException($"{file.Path} is longer than {file.Bytes} bytes.");
            hash.AppendData(buffer, 0, read);
            await to.WriteAsync(buffer.AsMemory(0, read), stop);
        }

        if (length != file.Bytes || Convert.ToHexStringLower(hash.GetHashAndReset()) != file.Sha256)
            throw new InvalidDataException($"{file.Path} was changed after the backup was made.");
    }

    public void Dispose() => _zip.Dispose();

    private IEnumerable<string> Shape()
    {
        var listed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in Manifest.Files)
        {
            if (!listed.Add(file.Path))
                yield return $"{file.Path} is listed twice.";
            if (!IsInside(file.Path))
                yield return $"{file.Path} does not belong into a data folder.";
        }

        foreach (var name in _entries.Keys.Where(name => !listed.Contains(name)))
            yield return $"{name} was added after the backup was made.";
    }

    private static bool IsInside(string path) =>
        path.IndexOfAny(['\\', ':', '\0']) < 0
        && path.Split('/') is var parts && parts.All(part => part is not ("" or "." or ".."))
        && (parts is [_] or ["keys", ..] or [Manifest.InstallationFolder, Manifest.RowsFolder, _] or ["companies", _, _, ..])
        && (parts[0] != "companies" || DataFolder.ProblemWithName(parts[1]) is null);

    private async Task<string?> ProblemAsync(ZipArchiveEntry entry, ManifestFile file, CancellationToken stop)
    {
        if (entry.Length != file.Bytes)
            return $"{file.Path} has {entry.Length} bytes; the backup was made with {file.Bytes}.";
        try
        {
            await CopyAsync(file, Stream.Null, stop);
            return null;
        }
        catch (InvalidDataException e)
        {
            return e.Message.StartsWith(file.Path, StringComparison.Ordinal) ? e.Message : $"{file.Path} cannot be unpacked: {e.Message}";
        }
    }
}
