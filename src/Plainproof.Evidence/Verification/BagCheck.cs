using System.Buffers;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Plainproof.Evidence;

/// <summary>
/// Holds every file of a package against the two lists in it. That shows damage, not forgery: whoever changes a file can change the lists.
/// Each file is read once; on the way, evidence in clear gets its salted digest.
/// </summary>
internal sealed partial class BagCheck(IFileTree files, FindingList findings)
{
    private const string About = "package";
    private const int BufferBytes = 1 << 17;
    private const long MostKeptBytes = 32 << 20;
    private const string Salt = ".salt";
    private const int SumLetters = 64;
    private const int NameAt = SumLetters + 2;
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");
    private static readonly string[] Needed = [Package.Declaration, Package.BagInfo, Package.PayloadList];
    private long _keptBytes;
    private readonly Dictionary<string, string> _listed = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<(string Name, string Words)> _problems = [];

    /// <summary>Evidence in clear by its digest: how many bytes it has, or null when it does not give the digest.</summary>
    public ConcurrentDictionary<string, long?> Evidence { get; } = new(StringComparer.Ordinal);

    /// <summary>Proofs as they were read, as many as take little room, so that they need not be read again.</summary>
    public ConcurrentDictionary<string, byte[]> Proofs { get; } = new(StringComparer.Ordinal);

    public void Run(CancellationToken stop)
    {
        var names = files.Names();
        foreach (var twice in names.GroupBy(name => name, StringComparer.Ordinal).Where(group => group.Count() > 1)) Fail(twice.Key, "is in the package twice");
        ReadLists();
        var present = names.ToHashSet(StringComparer.Ordinal);
        foreach (var name in present.Where(name => name != Package.TagList && !_listed.ContainsKey(name))) Fail(name, "is on no list of the package. It was added");
        foreach (var name in _listed.Keys.Where(name => !present.Contains(name))) Fail(name, "is on a list, but not in the package. It was removed");
        InParallel.ForEach(_listed.Where(line => present.Contains(line.Key) && !IsSaltOfListed(line.Key)), Compare, stop); // A file that cannot be read: whoever asked tells of it.
        Report();
    }

    private void ReadLists()
    {
        ReadList(Package.TagList, name => !name.StartsWith(Package.Payload, StringComparison.Ordinal) && name != Package.TagList);
        ReadList(Package.PayloadList, name => name.StartsWith(Package.Payload, StringComparison.Ordinal));
        foreach (var name in Needed.Where(name => !_listed.ContainsKey(name))) Fail(name, $"is not on {Package.TagList}");
        if (TryRead(Package.Declaration) is { } declaration && !declaration.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(Package.DeclarationText)))
            Fail(Package.Declaration, "does not say that this is a bag of version 1.0");
    }

    /// <summary>Strict, so that no byte of a list can change and mean the same.</summary>
    private void ReadList(string list, Func<string, bool> belongs)
    {
        if (TryRead(list) is not { } bytes)
        {
            Fail(list, "is missing or cannot be read");
            return;
        }

        var text = Encoding.UTF8.GetString(bytes).AsSpan();
        for (int end; (end = text.IndexOf('\n')) >= 0; text = text[(end + 1)..]) ReadLine(list, text[..end], belongs);
        if (!text.IsEmpty) Fail(list, "does not end with a line end");
    }

    private void ReadLine(string list, ReadOnlySpan<char> line, Func<string, bool> belongs)
    {
        if (!IsLine(line))
        {
            Fail(list, $"has a line that cannot be read: '{line}'");
            return;
        }

        var name = line[NameAt..].ToString();
        if (!belongs(name)) Fail(list, $"lists {name}, which does not belong there");
        else if (!_listed.TryAdd(name, line[..SumLetters].ToString())) Fail(list, $"lists {name} twice");
    }

    /// <summary>The checksum in small hexadecimal digits, two spaces, and a name of visible ASCII letters that may have spaces inside.</summary>
    private static bool IsLine(ReadOnlySpan<char> line) =>
        line.Length > NameAt && !line[..SumLetters].ContainsAnyExcept(Digits) && line[SumLetters..NameAt] is "  "
        && line[NameAt] != ' ' && !line[NameAt..].ContainsAnyExceptInRange(' ', '~');

    private void Compare(KeyValuePair<string, string> line)
    {
        try
        {
            if (line.Key.StartsWith(Package.Proofs, StringComparison.Ordinal) && Volatile.Read(ref _keptBytes) < MostKeptBytes)
            {
                KeepProof(line);
                return;
            }

            var salt = SaltFor(line.Key);
            using var content = files.TryOpen(line.Key)!;
            var (length, sum, salted) = Read(content, salt);
            if (sum != line.Value) Fail(line.Key, "does not give the checksum on the list. It was changed");
            if (salt is not null) Evidence[DigestIn(line.Key)] = salted == DigestIn(line.Key) ? length : null;
        }
        catch (InvalidDataException damaged)
        {
            Fail(line.Key, $"cannot be unpacked: {damaged.Message.TrimEnd('.')}");
        }
    }

    private void KeepProof(KeyValuePair<string, string> line)
    {
        var bytes = files.TryRead(line.Key)!;
        if (Hex(SHA256.HashData(bytes)) != line.Value) Fail(line.Key, "does not give the checksum on the list. It was changed");
        Interlocked.Add(ref _keptBytes, bytes.Length);
        Proofs[line.Key] = bytes;
    }

    /// <summary>Most files fit into the buffer, behind the salt. Those are hashed at once, which takes half as long for short ones.</summary>
    private static (long Length, string Sum, string? Salted) Read(Stream content, byte[]? salt)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            var front = Math.Min(salt?.Length ?? 0, BlobHeader.SaltBytes);
            salt.AsSpan(0, front).CopyTo(buffer);
            var read = content.ReadAtLeast(buffer.AsSpan(front), buffer.Length - front, throwOnEndOfStream: false);
            if (front + read == buffer.Length || salt?.Length > front) return ReadOn(content, salt, buffer.AsMemory(front, read));
            return (read, Hex(SHA256.HashData(buffer.AsSpan(front, read))), salt is null ? null : Hex(SHA256.HashData(buffer.AsSpan(0, front + read))));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <param name="begin">What was read; its room is used for the rest.</param>
    private static (long Length, string Sum, string? Salted) ReadOn(Stream content, byte[]? salt, Memory<byte> begin)
    {
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var salted = salt is null ? null : IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        salted?.AppendData(salt!);
        var length = 0L;
        for (var read = begin.Length; read > 0; read = content.Read(begin.Span))
        {
            sum.AppendData(begin.Span[..read]);
            salted?.AppendData(begin.Span[..read]);
            length += read;
        }

        return (length, Hex(sum.GetHashAndReset()), salted is null ? null : Hex(salted.GetHashAndReset()));
    }

    private static string Hex(byte[] hash) => Convert.ToHexStringLower(hash);

    /// <summary>A salt is read with its evidence, and held against its list there.</summary>
    private bool IsSaltOfListed(string name) =>
        name.EndsWith(Salt, StringComparison.Ordinal) && name[..^Salt.Length] is var evidence && BlobName().IsMatch(evidence) && _listed.ContainsKey(evidence);

    /// <returns>Null when this is no evidence. Evidence without its salt is reported as evidence that does not give its digest.</returns>
    private byte[]? SaltFor(string name)
    {
        if (!BlobName().IsMatch(name)) return null;
        var salt = files.TryRead(name + Salt) ?? [];
        if (_listed.TryGetValue(name + Salt, out var sum) && Hex(SHA256.HashData(salt)) != sum) Fail(name + Salt, "does not give the checksum on the list. It was changed");
        return salt;
    }

    private static string DigestIn(string name) => name[(name.LastIndexOf('/') + 1)..];

    private byte[]? TryRead(string name)
    {
        try
        {
            return files.TryRead(name);
        }
        catch (InvalidDataException)
        {
            return null; // Told where the file is held against its list.
        }
    }

    private void Fail(string name, string words) => _problems.Add((name, words));

    private void Report()
    {
        foreach (var (name, words) in _problems.OrderBy(problem => problem.Name, StringComparer.Ordinal).ThenBy(problem => problem.Words, StringComparer.Ordinal)) findings.Failed(About, $"{name} {words}.");
        if (!findings.HasFailed(About)) findings.Checked(About, $"{Counted.All(_listed.Count, "file gives the checksum", "files give the checksums")} on the lists of the package, and there is no other file.");
    }

    [GeneratedRegex("^data/blobs/sha256/(?<two>[0-9a-f]{2})/\\k<two>[0-9a-f]{62}$", RegexOptions.CultureInvariant)]
    private static partial Regex BlobName();
}
