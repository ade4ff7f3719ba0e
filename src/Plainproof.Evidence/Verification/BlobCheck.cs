namespace Plainproof.Evidence;

/// <summary>Every sealed file that an entry names is there, opens, and gives its digest.</summary>
internal sealed class BlobCheck(string folder, string company, KeyFolder? keys, FindingList findings)
{
    private const string About = "evidence files";
    private readonly CompanyFolder _folder = new(company, folder);
    private long _checked;
    private long _unopened;

    public void Run(LogContent content, CancellationToken stop)
    {
        var named = content.Blobs.DistinctBy(blob => blob.Blob.Digest).ToList();
        var key = named.Count > 0 ? VaultKey() : null;
        foreach (var (seq, blob) in named)
        {
            stop.ThrowIfCancellationRequested();
            Check(seq, blob, key, content.Expired.Contains(blob.Digest));
        }

        Report(named.Count, content.Expired.Count);
        ReportUnnamed(named.Select(blob => blob.Blob.Digest).ToHashSet(StringComparer.Ordinal));
    }

    private byte[]? VaultKey()
    {
        if (keys is null) return null;
        try
        {
            return keys.VaultKey(company, mayCreate: false);
        }
        catch (EvidenceException missing)
        {
            findings.NotChecked(About, missing.Message + ".");
            return null;
        }
    }

    private void Check(long seq, BlobName blob, byte[]? key, bool expired)
    {
        if (!Hash.TryParseHex(blob.Digest, out var digest))
        {
            findings.Failed(About, $"Entry {seq} names '{blob.Digest}', which is not a digest.");
        }
        else if (!File.Exists(_folder.Blob(digest)))
        {
            if (!expired) findings.Failed(About, $"Entry {seq} names {blob.Digest}, but the file is not there.");
        }
        else if (key is null)
        {
            _unopened++;
        }
        else
        {
            Open(seq, blob, digest, key);
        }
    }

    private void Open(long seq, BlobName blob, Hash digest, byte[] key)
    {
        try
        {
            using var content = SealedBlob.Open(_folder.Blob(digest), digest, key);
            content.CopyTo(Stream.Null, 1 << 17);
            if (content.Length == blob.Bytes && content.MediaType == blob.MediaType) _checked++;
            else findings.Failed(About, $"Entry {seq} gives {blob.Digest} another length or type than the file has.");
        }
        catch (EvidenceException damaged)
        {
            findings.Failed(About, $"Entry {seq}: {damaged.Message}.");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            findings.NotChecked(About, $"Entry {seq} names {blob.Digest}, which could not be read: {unreadable.Message}");
        }
    }

    private void Report(int named, int expired)
    {
        if (_unopened > 0)
            findings.NotChecked(About, $"{Counted.Of(_unopened, "sealed file is there but was", "sealed files are there but were")} not opened: the vault key was not given.");
        else if (!findings.HasFailed(About))
            findings.Checked(About, named == 0 ? "No entry names a sealed file." : $"{Counted.All(_checked, "sealed file opens and gives the digest", "sealed files open and give the digests")} in the log.");
        if (expired > 0) findings.Limits.Add($"{Counted.Of(expired, "sealed file was", "sealed files were")} destroyed on purpose; the log holds the reason.");
    }

    private void ReportUnnamed(HashSet<string> named)
    {
        if (!Directory.Exists(_folder.Blobs)) return;
        var unnamed = Directory.EnumerateFiles(_folder.Blobs, "*", SearchOption.AllDirectories).Count(path => !named.Contains(Path.GetFileName(path)));
        if (unnamed > 0) findings.Limits.Add($"{Counted.Of(unnamed, "sealed file is named by no entry: it is", "sealed files are named by no entry: they are")} not evidence.");
    }
}
