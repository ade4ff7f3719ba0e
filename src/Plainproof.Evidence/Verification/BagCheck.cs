using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
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
    private const int MostReaders = 8;
    private const string Salt = ".salt";
    private static readonly string[] Needed = [Package.Declaration, Package.BagInfo, Package.PayloadList];
    private readonly Dictionary<string, string> _listed = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<(string Name, string Words)> _problems = [];

    /// <summary>Evidence in clear by its digest: how many bytes it has, or null when it does not give the digest.</summary>
    public ConcurrentDictionary<string, long?> Evidence { get; } = new(StringComparer.Ordinal);

    public void Run(CancellationToken stop)
    {
        var names = files.Names();
        foreach (var twice in names.GroupBy(name => name, StringComparer.Ordinal).Where(group => group.Count() > 1)) Fail(twice.Key, "is in the package twice");
        ReadLists();
        var present = names.ToHashSet(StringComparer.Ordinal);
        foreach (var name in present.Where(name => name != Package.TagList && !_listed.ContainsKey(name))) Fail(name, "is on no list of the package. It was added");
        foreach (var name in _listed.Keys.Where(name => !present.Contains(name))) Fail(name, "is on a list, but not in the package. It was removed");
        CompareAll(_listed.Where(line => present.Contains(line.Key) && !IsSaltOfListed(line.Key)), stop);
        Report();
    }

    private void CompareAll(IEnumerable<KeyValuePair<string, string>> lines, CancellationToken stop)
    {
        try
        {
            Parallel.ForEach(lines, new ParallelOptions { MaxDegreeOfParallelism = Math.Min(MostReaders, Environment.ProcessorCount), CancellationToken = stop }, Compare);
        }
        catch (AggregateException several)
        {
            ExceptionDispatchInfo.Throw(several.InnerExceptions[0]); // A file that cannot be read: whoever asked tells of it.
        }
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

        var text = Encoding.UTF8.GetString(bytes);
        if (!text.EndsWith('\n') && text.Length > 0) Fail(list, "does not end with a line end");
        foreach (var line in text.Split('\n')[..^1])
        {
            var parts = Line().Match(line);
            var name = parts.Groups["name"].Value;
            if (!parts.Success) Fail(list, $"has a line that cannot be read: '{line}'");
            else if (!belongs(name)) Fail(list, $"lists {name}, which does not belong there");
            else if (!_listed.TryAdd(name, parts.Groups["sum"].Value)) Fail(list, $"lists {name} twice");
        }
    }

    private void Compare(KeyValuePair<string, string> line)
    {
        try
        {
            using var content = files.TryOpen(line.Key)!;
            using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            using var salted = SaltedFor(line.Key);
            var length = Read(content, sum, salted);
            if (Convert.ToHexStringLower(sum.GetHashAndReset()) != line.Value) Fail(line.Key, "does not give the checksum on the list. It was changed");
            if (salted is not null) Evidence[DigestIn(line.Key)] = Convert.ToHexStringLower(salted.GetHashAndReset()) == DigestIn(line.Key) ? length : null;
        }
        catch (InvalidDataException damaged)
        {
            Fail(line.Key, $"cannot be unpacked: {damaged.Message.TrimEnd('.')}");
        }
    }

    private static long Read(Stream content, IncrementalHash sum, IncrementalHash? salted)
    {
        var buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(BufferBytes);
        var length = 0L;
        for (int read; (read = content.Read(buffer)) > 0; length += read)
        {
            sum.AppendData(buffer.AsSpan(0, read));
            salted?.AppendData(buffer.AsSpan(0, read));
        }

        System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        return length;
    }

    /// <summary>A salt is read with its evidence, and held against its list there.</summary>
    private bool IsSaltOfListed(string name) =>
        name.EndsWith(Salt, StringComparison.Ordinal) && name[..^Salt.Length] is var evidence && BlobName().IsMatch(evidence) && _listed.ContainsKey(evidence);

    /// <returns>Null when this is no evidence. Evidence without its salt is reported as evidence that does not give its digest.</returns>
    private IncrementalHash? SaltedFor(string name)
    {
        if (!BlobName().IsMatch(name)) return null;
        var salt = files.TryRead(name + Salt) ?? [];
        if (_listed.TryGetValue(name + Salt, out var sum) && Convert.ToHexStringLower(SHA256.HashData(salt)) != sum) Fail(name + Salt, "does not give the checksum on the list. It was changed");
        var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(salt);
        return hash;
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
        if (!findings.HasFailed(About)) findings.Checked(About, $"All {_listed.Count} files give the checksums on the lists of the package, and there is no other file.");
    }

    [GeneratedRegex(@"^(?<sum>[0-9a-f]{64})  (?<name>[\x21-\x7e][\x20-\x7e]*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Line();

    [GeneratedRegex("^data/blobs/sha256/(?<two>[0-9a-f]{2})/\\k<two>[0-9a-f]{62}$", RegexOptions.CultureInvariant)]
    private static partial Regex BlobName();
}
