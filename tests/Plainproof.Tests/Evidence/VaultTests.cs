using System.Security.Cryptography;
using Plainproof.Evidence;
using Xunit;

namespace Plainproof.Tests.Evidence;

public sealed class VaultTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("plainproof-").FullName;
    private readonly CompanyFolder _folder;
    private readonly KeyFolder _keys;

    public VaultTests()
    {
        _folder = new CompanyFolder("acme", Path.Combine(_root, "acme"));
        _keys = new KeyFolder(Path.Combine(_root, "keys"));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    public static TheoryData<int> Lengths => [0, 1, 1000, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 5_000_000];

    [Theory, MemberData(nameof(Lengths))]
    public async Task What_was_kept_is_read_back_byte_for_byte(int length)
    {
        var bytes = RandomNumberGenerator.GetBytes(length);

        var kept = await AVault().KeepAsync("application/json", new MemoryStream(bytes), default);

        using var blob = AVault().OpenRead(kept.Digest);
        using var read = new MemoryStream();
        await blob.CopyToAsync(read);
        Assert.Equal(bytes, read.ToArray());
        Assert.Equal((length, "application/json"), ((int)kept.Bytes, ((SealedBlob)blob).MediaType));
        Assert.Equal(kept.Digest.ToString(), Path.GetFileName(kept.Path));
        Assert.Empty(Unfinished());
    }

    [Fact]
    public async Task The_same_bytes_twice_have_two_digests_and_nothing_of_them_is_readable()
    {
        var secret = "the salary of Ann is 100000 the salary of Ann is 100000"u8.ToArray();

        var first = await AVault().KeepAsync("text/plain", new MemoryStream(secret), default);
        var second = await AVault().KeepAsync("text/plain", new MemoryStream(secret), default);

        Assert.NotEqual(first.Digest, second.Digest);
        Assert.True(File.ReadAllBytes(first.Path).AsSpan().IndexOf("salary"u8) < 0);
        Assert.NotEqual(Hash.OfBytes(secret), first.Digest);
    }

    [Fact]
    public async Task Any_changed_byte_of_a_sealed_file_is_noticed()
    {
        var kept = await AVault().KeepAsync("text/plain", new MemoryStream("some evidence"u8.ToArray()), default);
        var sealedFile = File.ReadAllBytes(kept.Path);
        for (var i = 0; i < sealedFile.Length; i++)
        {
            var changed = (byte[])sealedFile.Clone();
            changed[i] ^= 1;
            File.WriteAllBytes(kept.Path, changed);
            Assert.Throws<EvidenceException>(() => ReadAll(kept.Digest));
        }

        foreach (var other in new[] { sealedFile[..^1], sealedFile[..20], [], [.. sealedFile, 0] })
        {
            File.WriteAllBytes(kept.Path, other);
            Assert.Throws<EvidenceException>(() => ReadAll(kept.Digest));
        }
    }

    [Fact]
    public async Task Chunks_cannot_be_cut_off_or_swapped()
    {
        var kept = await AVault().KeepAsync("x/y", new MemoryStream(RandomNumberGenerator.GetBytes(3 << 20)), default);
        var whole = File.ReadAllBytes(kept.Path);
        var head = BlobHeader.LengthFor("x/y");
        const int Step = Chunk.Bytes + Chunk.TagBytes;

        File.WriteAllBytes(kept.Path, whole[..(head + (2 * Step))]);
        Assert.Throws<EvidenceException>(() => ReadAll(kept.Digest));
        File.WriteAllBytes(kept.Path, [.. whole[..head], .. whole[(head + Step)..(head + (2 * Step))], .. whole[head..(head + Step)], .. whole[(head + (2 * Step))..]]);
        Assert.Throws<EvidenceException>(() => ReadAll(kept.Digest));
    }

    [Fact]
    public async Task A_source_that_fails_half_way_leaves_nothing_behind()
    {
        await Assert.ThrowsAsync<IOException>(() => AVault().KeepAsync("x/y", new FailingStream(3_000_000), default));

        Assert.Empty(Unfinished());
        Assert.Empty(Directory.Exists(_folder.Blobs) ? Directory.GetFiles(_folder.Blobs, "*", SearchOption.AllDirectories) : []);
    }

    [Fact]
    public async Task What_a_killed_process_left_is_cleaned_up_once_it_is_old()
    {
        await AVault().KeepAsync("x/y", Stream.Null, default);
        var incoming = Path.Combine(_folder.Root, "blobs", "incoming");
        var (old, young) = (Path.Combine(incoming, "blob.tmp-old"), Path.Combine(incoming, "blob.tmp-young"));
        File.WriteAllText(old, "half");
        File.WriteAllText(young, "half");
        File.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddHours(-1));

        await AVault().KeepAsync("x/y", Stream.Null, default);

        Assert.Equal([young], Unfinished());
    }

    [Fact]
    public async Task A_lost_vault_key_is_a_clear_error_and_no_new_key_is_made()
    {
        var kept = await AVault().KeepAsync("x/y", Stream.Null, default);
        File.Delete(_keys.VaultKeyFile("acme"));

        var reading = Assert.Throws<EvidenceException>(() => ReadAll(kept.Digest));
        await Assert.ThrowsAsync<EvidenceException>(() => AVault().KeepAsync("x/y", Stream.Null, default));

        Assert.Contains("cannot be opened by anyone", reading.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_keys.VaultKeyFile("acme")));
    }

    [Fact]
    public async Task A_long_stream_is_sealed_and_read_in_little_memory()
    {
        await AVault().KeepAsync("x/y", Stream.Null, default);
        var before = GC.GetTotalAllocatedBytes();

        var kept = await AVault().KeepAsync("x/y", new RepeatingStream(200 << 20), default);
        ReadAll(kept.Digest);

        Assert.Equal(200L << 20, kept.Bytes);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 64 << 20);
    }

    [Fact]
    public async Task Keys_are_for_their_owner_only()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file modes");
            return;
        }

        await AVault().KeepAsync("x/y", Stream.Null, default);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_keys.VaultKeyFile("acme")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_keys.Folder));
    }

    private Vault AVault() => new(_folder, _keys, TimeProvider.System);

    private void ReadAll(Hash digest)
    {
        using var blob = AVault().OpenRead(digest);
        blob.CopyTo(Stream.Null);
    }

    private string[] Unfinished() => Directory.GetFiles(Path.Combine(_folder.Root, "blobs"), "*.tmp-*", SearchOption.AllDirectories);
}
