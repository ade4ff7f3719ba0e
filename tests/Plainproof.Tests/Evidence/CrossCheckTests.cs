using System.Runtime.CompilerServices;
using System.Text;
using Plainproof.Evidence;
using Xunit;

namespace Plainproof.Tests.Evidence;

/// <summary>What the log writes, read by software that shares nothing with it: Go's tlog and note, Python, OpenSSL.</summary>
public sealed class CrossCheckTests
{
    private static readonly Lazy<Task<string>> GoProgram = new(BuildGoAsync);

    /// <summary>Built once; the test that asks is skipped where Go's packages are not there.</summary>
    internal static Task<string> GoProgramAsync() => GoProgram.Value;

    public static TheoryData<int> Sizes => [0, 1, 2, 255, 256, 257, 300, 511, 512, 513, 1000];

    public static TheoryData<int> LargeSizes => [65_536, 70_123];

    [Theory, MemberData(nameof(Sizes))]
    public Task Go_Python_and_OpenSSL_agree(int size) => AllAgreeAsync(size, "sqlite");

    [Fact]
    public Task Go_Python_and_OpenSSL_agree_on_a_log_kept_in_PostgreSQL() => AllAgreeAsync(700, "postgresql");

    [Theory, MemberData(nameof(LargeSizes)), Trait("Long", "true")]
    public Task Go_Python_and_OpenSSL_agree_on_a_large_log(int size) => AllAgreeAsync(size, "sqlite");

    [Fact]
    public async Task Go_and_Python_reject_what_the_verifier_rejects()
    {
        await using var test = await TestLog.CreateAsync();
        using var log = await test.OpenAsync();
        await test.GrowAsync(log, 600);
        var vkey = WriteVkey(test, log);
        foreach (var name in new[] { "tile/entries/001", "tile/entries/002.p/88", "tile/0/000", "tile/0/002.p/88", "tile/1/000.p/2", "checkpoint" })
        {
            var bytes = File.ReadAllBytes(test.LogFile(name));
            bytes[bytes.Length / 2] ^= 1;
            File.WriteAllBytes(test.LogFile(name), bytes);

            Assert.Equal(1, (await Tool.TryAsync(test.Root, await GoProgram.Value, test.Folder.Log, vkey)).Code);
            Assert.Equal(1, (await Tool.TryAsync(test.Root, "python3", Script(), test.Folder.Root, "--vkey", vkey)).Code);
            Assert.Equal(1, (await Verifier.VerifyAsync(new VerifyRequest { Folder = test.Folder.Root, Vkey = log.PublicKey.ToString() }, default)).ExitCode);
            bytes[bytes.Length / 2] ^= 1;
            File.WriteAllBytes(test.LogFile(name), bytes);
        }
    }

    [Fact]
    public async Task Python_checks_time_stamps_kept_checkpoints_and_evidence_that_was_opened_for_it()
    {
        await using var test = await TestLog.CreateAsync();
        using var authority = await TestAuthority.StartAsync();
        using var stranger = await TestAuthority.StartAsync("stranger");
        using var log = await test.OpenAsync();
        await test.GrowAsync(log, 3);
        var kept = Path.Combine(test.Root, "kept");
        File.Copy(test.LogFile("checkpoint"), kept);
        var (salt, bytes) = (new byte[32], "some evidence"u8.ToArray());
        var digest = Hash.OfBytes([.. salt, .. bytes]);
        await test.EnqueueAsync(log, Entry.Create("evidence.collected", DateTimeOffset.UtcNow, [], new Sealed(digest, bytes.Length, "text/plain", "")));
        await new Anchoring(log, new HttpClient(), [authority.ForLog], TimeProvider.System).AnchorAsync(default);
        var blob = test.Folder.Blob(digest);
        Directory.CreateDirectory(Path.GetDirectoryName(blob)!);
        File.WriteAllBytes(blob, bytes);
        File.WriteAllBytes(blob + ".salt", salt);
        var vkey = WriteVkey(test, log);

        var (code, output) = await RunAsync("--vkey", vkey, "--kept", kept, "--tsa-ca", authority.CaFile);

        Assert.True(code == 0, output);
        Assert.Contains("the first 4 entries were there on", output, StringComparison.Ordinal);
        Assert.Contains("1 evidence file gives the digest in the log", output, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync("--vkey", vkey)).Code);
        Assert.Equal(2, (await RunAsync("--tsa-ca", authority.CaFile)).Code);
        Assert.Equal(1, (await RunAsync("--vkey", vkey, "--tsa-ca", stranger.CaFile)).Code);
        File.WriteAllText(blob, "other evidence");
        Assert.Equal(1, (await RunAsync("--vkey", vkey, "--tsa-ca", authority.CaFile)).Code);

        Task<(int Code, string Output)> RunAsync(params string[] words) =>
            Tool.TryAsync(test.Root, "python3", [Script(), test.Folder.Root, .. words]);
    }

    [Fact]
    public void The_script_is_short_enough_to_read()
    {
        Assert.InRange(File.ReadAllLines(Script()).Length, 1, 250);
    }

    private static async Task AllAgreeAsync(int size, string engine)
    {
        await using var test = await TestLog.CreateAsync(engine);
        using var log = await test.OpenAsync();
        var ids = size == 0 ? [] : await test.GrowAsync(log, size);
        var vkey = WriteVkey(test, log);
        var proofs = await WriteProofsAsync(test, log, ids);

        var mine = await Verifier.VerifyAsync(
            new VerifyRequest { Folder = test.Folder.Root, Vkey = log.PublicKey.ToString(), Keys = test.Keys, Database = test.Database }, default);
        var go = await Tool.RunAsync(test.Root, await GoProgram.Value, test.Folder.Log, vkey, proofs);
        var python = await Tool.RunAsync(test.Root, "python3", Script(), test.Folder.Root, "--vkey", vkey);

        Assert.Equal((size, 0), ((int)mine.Size!, mine.ExitCode));
        Assert.StartsWith($"PASS {size} entries", go, StringComparison.Ordinal);
        Assert.Contains(size == 1 ? "1 entry gives the signed root" : $"all {size} entries give the signed root", python, StringComparison.Ordinal);
        await OpenSslAcceptsAsync(test, log);
    }

    /// <summary>Some inclusion proofs as files, and the old root and path for some prefixes.</summary>
    private static async Task<string> WriteProofsAsync(TestLog test, EvidenceLog log, IReadOnlyList<EntryId> ids)
    {
        var folder = Directory.CreateDirectory(Path.Combine(test.Root, "proofs")).FullName;
        foreach (var seq in new[] { 0, 1, 255, 256, ids.Count / 2, ids.Count - 1 }.Where(seq => seq >= 0 && seq < ids.Count).Distinct())
            await File.WriteAllTextAsync(Path.Combine(folder, $"{seq}.tlog-proof"), (await log.ProveAsync(ids[seq], default)).Text);

        var signed = Checkpoint.Open(File.ReadAllBytes(test.LogFile("checkpoint")), log.PublicKey);
        var tree = new TileTree(signed.Size, signed.Root, tile => File.ReadAllBytes(test.LogFile(tile.Path)));
        foreach (var old in new[] { 0, 1, 2, 255, 256, 300, 512, 20_000, 65_535, ids.Count }.Where(old => old <= ids.Count).Distinct())
        {
            var lines = tree.Consistency(old).Prepend(tree.RootAt(old)).Select(hash => hash.ToBase64());
            await File.WriteAllLinesAsync(Path.Combine(folder, $"{old}.consistency"), lines);
        }

        return folder;
    }

    private static async Task OpenSslAcceptsAsync(TestLog test, EvidenceLog log)
    {
        var note = Encoding.UTF8.GetString(File.ReadAllBytes(test.LogFile("checkpoint")));
        var split = note.IndexOf("\n\n", StringComparison.Ordinal);
        var signature = Convert.FromBase64String(note[(split + 2)..].Split(' ')[2].Trim())[4..];
        byte[] spki = [.. Convert.FromHexString("302a300506032b6570032100"), .. log.PublicKey.PublicKey.Span];
        File.WriteAllText(Path.Combine(test.Root, "text"), note[..(split + 1)]);
        File.WriteAllBytes(Path.Combine(test.Root, "signature"), signature);
        File.WriteAllBytes(Path.Combine(test.Root, "key.der"), spki);

        const string Verify = "pkeyutl -verify -rawin -pubin -keyform DER -inkey key.der -sigfile signature -in text";
        Assert.Contains("Success", await Tool.RunAsync(test.Root, "openssl", Verify.Split(' ')), StringComparison.Ordinal);
        File.AppendAllText(Path.Combine(test.Root, "text"), "x");
        Assert.NotEqual(0, (await Tool.TryAsync(test.Root, "openssl", Verify.Split(' '))).Code);
    }

    private static string WriteVkey(TestLog test, EvidenceLog log)
    {
        var path = Path.Combine(test.Root, "received.vkey");
        File.WriteAllText(path, log.PublicKey + "\n");
        return path;
    }

    private static async Task<string> BuildGoAsync()
    {
        if (!Directory.Exists("/usr/share/gocode/src/golang.org/x/mod")) Assert.Skip("golang-golang-x-mod-dev is not installed");
        var program = Path.Combine(AppContext.BaseDirectory, "crosscheck-in-go");
        await Tool.RunAsync(Source("main.go"), "go", "build", "-o", program, "main.go");
        return program;

        static string Source(string name) => Path.GetDirectoryName(Beside(name))!;
    }

    private static string Script() => Repository.File("src", "Plainproof", "Features", "Export", "verify.py");

    private static string Beside(string name, [CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "crosscheck", name));
}
