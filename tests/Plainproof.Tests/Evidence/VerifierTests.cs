using System.Text.Json.Nodes;
using Plainproof.Evidence;
using Xunit;

namespace Plainproof.Tests.Evidence;

public sealed class VerifierTests
{
    public static TheoryData<string> Engines => [.. TestLog.Engines];

    [Theory, MemberData(nameof(Engines))]
    public async Task A_sound_folder_passes_and_what_it_cannot_prove_is_said(string engine)
    {
        await using var test = await TestLog.CreateAsync(engine);
        using var log = await test.OpenAsync();
        await KeepEvidenceAsync(test, log, "some evidence");
        await test.GrowAsync(log, 300);

        var report = await VerifyAsync(test, log);

        Assert.Equal(0, report.ExitCode);
        Assert.All(report.Findings, finding => Assert.Equal(Outcome.Checked, finding.Outcome));
        Assert.Equal(["key", "checkpoint", "tiles", "entries", "other files", "evidence files", "database"], report.Findings.Select(finding => finding.About));
        Assert.Contains(report.Limits, limit => limit.Contains("No outside time stamp", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_key_from_the_folder_is_called_self_asserted()
    {
        await using var test = await TestLog.CreateAsync();
        using var log = await test.OpenAsync();

        var report = await Verifier.VerifyAsync(new VerifyRequest { Folder = test.Folder.Root }, default);

        Assert.Contains("self-asserted", report.Findings[0].Words, StringComparison.Ordinal);
        Assert.Contains(report.Limits, limit => limit.Contains("self-asserted", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_cannot_be_looked_at_is_not_checked_and_never_a_pass()
    {
        await using var test = await TestLog.CreateAsync();
        using var log = await test.OpenAsync();
        await KeepEvidenceAsync(test, log, "some evidence");
        using var authority = await TestAuthority.StartAsync();
        var request = Request(test, log);

        Assert.Equal(2, (await Verifier.VerifyAsync(new VerifyRequest { Folder = Path.Combine(test.Root, "nowhere") }, default)).ExitCode);
        Assert.Equal(2, (await Verifier.VerifyAsync(request with { Keys = null }, default)).ExitCode);
        Assert.Equal(2, (await Verifier.VerifyAsync(request with { Keys = new KeyFolder(test.Root + "/nokeys") }, default)).ExitCode);
        Assert.Equal(2, (await Verifier.VerifyAsync(request with { TimestampRoots = authority.Roots }, default)).ExitCode);
        Assert.Equal(2, (await Verifier.VerifyAsync(request with { Database = new SqliteLogDatabase("/nowhere/x.db") }, default)).ExitCode);
        File.WriteAllText(test.LogFile("what-is-this"), "");
        Assert.Equal(2, (await Verifier.VerifyAsync(request, default)).ExitCode);
    }

    /// <summary>A folder that somebody made up, signed with a key of their own: bad entries are findings, never a crash.</summary>
    [Theory]
    [InlineData("rubbish"), InlineData("{}"), InlineData("[]"), InlineData("{\"id\":1}")]
    [InlineData("""{"predicateType":"urn:plainproof:anchor","id":"00000000-0000-7000-8000-000000000000","at":"2026-01-01T00:00:00Z","predicate":{}}""")]
    [InlineData("""{"predicateType":"urn:plainproof:x","id":"00000000-0000-7000-8000-000000000000","at":"2026-01-01T00:00:00Z","predicate":{"blobs":[{}]}}""")]
    public async Task A_made_up_folder_with_bad_entries_fails_with_a_finding(string body)
    {
        await using var test = await TestLog.CreateAsync();
        using var authority = await TestAuthority.StartAsync();
        var key = LogKey.Create("plainproof/../../etc/1");
        var bundle = new MemoryStream();
        EntryBundle.Append(bundle, System.Text.Encoding.UTF8.GetBytes(body));
        var leaf = Rfc6962.Leaf(System.Text.Encoding.UTF8.GetBytes(body));
        Write("tile/entries/000.p/1", bundle.ToArray());
        Write("tile/0/000.p/1", leaf.ToBytes());
        Write("checkpoint", System.Text.Encoding.UTF8.GetBytes(key.Sign(new Checkpoint(key.Public.Name, 1, leaf).ToText())));

        var report = await Verifier.VerifyAsync(
            new VerifyRequest { Folder = test.Folder.Root, Vkey = key.Public.ToString(), TimestampRoots = authority.Roots, Keys = test.Keys }, default);

        Assert.Equal(1, report.ExitCode);

        void Write(string name, byte[] bytes)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(test.LogFile(name))!);
            File.WriteAllBytes(test.LogFile(name), bytes);
        }
    }

    [Fact]
    public async Task Another_key_does_not_pass()
    {
        await using var test = await TestLog.CreateAsync();
        using var log = await test.OpenAsync();
        var other = LogKey.Create(log.PublicKey.Name).Public.ToString();

        Assert.Equal(1, (await Verifier.VerifyAsync(Request(test, log) with { Vkey = other }, default)).ExitCode);
        Assert.Equal(1, (await Verifier.VerifyAsync(Request(test, log) with { Vkey = "rubbish" }, default)).ExitCode);
    }

    [Fact]
    public async Task A_history_rewritten_with_the_same_key_passes_alone_and_fails_against_a_kept_checkpoint()
    {
        await using var test = await TestLog.CreateAsync();
        byte[] kept;
        using (var log = await test.OpenAsync())
        {
            await test.GrowAsync(log, 10);
            kept = File.ReadAllBytes(test.LogFile("checkpoint"));
            await test.GrowAsync(log, 10);
            var grown = await Verifier.VerifyAsync(Request(test, log) with { Kept = [("mail", kept)] }, default);
            Assert.Contains(grown.Findings, finding => finding is { About: "kept checkpoint", Outcome: Outcome.Checked });
        }

        Directory.Delete(test.Folder.Log, recursive: true);
        foreach (var table in new[] { "log_entry", "log_checkpoint" }) await test.ExecuteAsync($"DELETE FROM {table}");
        using var rewritten = await test.OpenAsync();
        await test.GrowAsync(rewritten, 20);

        Assert.Equal(0, (await VerifyAsync(test, rewritten)).ExitCode);
        var report = await Verifier.VerifyAsync(Request(test, rewritten) with { Kept = [("mail", kept)] }, default);
        Assert.Contains(report.Findings, f => f is { About: "kept checkpoint", Outcome: Outcome.Failed } && f.Words.Contains("rewritten", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_log_set_back_behind_a_kept_checkpoint_fails()
    {
        await using var test = await TestLog.CreateAsync();
        using var log = await test.OpenAsync();
        await test.GrowAsync(log, 3);
        var old = Directory.GetFiles(test.Folder.Log, "*", SearchOption.AllDirectories).ToDictionary(path => path, File.ReadAllBytes);
        await test.GrowAsync(log, 3);
        var kept = File.ReadAllBytes(test.LogFile("checkpoint"));
        Directory.Delete(test.Folder.Log, recursive: true);
        foreach (var (path, bytes) in old)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, bytes);
        }

        var report = await Verifier.VerifyAsync(Request(test, log) with { Database = null, Kept = [("mail", kept)] }, default);

        Assert.Contains(report.Findings, f => f is { About: "kept checkpoint", Outcome: Outcome.Failed } && f.Words.Contains("set back", StringComparison.Ordinal));
    }

    public static TheoryData<string, string> Tampering => new()
    {
        { "UPDATE log_entry SET body = (SELECT body FROM log_entry WHERE seq = 4) WHERE seq = 3", "entry 3 is not what was published" },
        { "UPDATE log_entry SET kind = 'note.other' WHERE seq = 3", "entry 3 has the id or kind" },
        { "UPDATE log_entry SET id = '00000000-0000-7000-8000-000000000000' WHERE seq = 3", "entry 3 has the id or kind" },
        { "UPDATE log_entry SET leaf = (SELECT leaf FROM log_entry WHERE seq = 4) WHERE seq = 3", "entry 3 has a wrong hash" },
        { "DELETE FROM log_entry WHERE seq = 3", "entry 3 is missing" },
        { "DELETE FROM log_entry WHERE seq = 9", "holds 9 entries" },
        { "DELETE FROM log_checkpoint WHERE size = 10", "newest signed row" },
        { "UPDATE log_checkpoint SET note = 'x' WHERE size = 10", "newest signed row" },
    };

    [Theory, MemberData(nameof(Tampering))]
    public async Task A_changed_row_is_found(string sql, string words)
    {
        await using var test = await TestLog.CreateAsync();
        using var log = await test.OpenAsync();
        await test.GrowAsync(log, 10);
        await test.ExecuteAsync(sql);

        var report = await VerifyAsync(test, log);

        Assert.Equal(1, report.ExitCode);
        Assert.Contains(report.Findings, f => f is { About: "database", Outcome: Outcome.Failed } && f.Words.Contains(words, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_waits_or_is_not_published_yet_is_reported()
    {
        await using var test = await TestLog.CreateAsync();
        using var log = await test.OpenAsync();
        await test.GrowAsync(log, 10);
        await test.EnqueueAsync(log, TestLog.AnEntry(1));
        Assert.Contains((await VerifyAsync(test, log)).Limits, limit => limit.StartsWith("1 entry waits", StringComparison.Ordinal));

        var older = Directory.GetFiles(test.Folder.Log, "*", SearchOption.AllDirectories).ToDictionary(path => path, File.ReadAllBytes);
        await log.SealAsync(default);
        foreach (var (path, bytes) in older) File.WriteAllBytes(path, bytes);
        foreach (var newer in Directory.GetFiles(test.Folder.Log, "*", SearchOption.AllDirectories).Except(older.Keys)) File.Delete(newer);

        var report = await VerifyAsync(test, log);
        Assert.Contains(report.Limits, limit => limit.Contains("1 entry ahead", StringComparison.Ordinal));
        Assert.Equal(0, report.ExitCode);
    }

    [Fact]
    public async Task Evidence_that_is_gone_or_exchanged_is_found_and_what_was_destroyed_on_purpose_is_not_accused()
    {
        await using var test = await TestLog.CreateAsync();
        using var log = await test.OpenAsync();
        var gone = await KeepEvidenceAsync(test, log, "one");
        var exchanged = await KeepEvidenceAsync(test, log, "two");
        var shredded = await KeepEvidenceAsync(test, log, "three");
        await test.EnqueueAsync(log, Entry.Create(
            "evidence.expired", DateTimeOffset.UtcNow, new JsonObject { ["expired"] = new JsonArray(shredded.Digest.ToString()), ["why"] = "retention" }));
        await log.SealAsync(default);
        File.Delete(shredded.Path);
        Assert.Equal(0, (await VerifyAsync(test, log)).ExitCode);

        File.Copy(exchanged.Path, gone.Path, overwrite: true);
        File.Delete(exchanged.Path);
        var report = await VerifyAsync(test, log);

        var failures = report.Findings.Where(f => f.Outcome == Outcome.Failed).Select(f => f.Words).ToList();
        Assert.Equal(2, failures.Count);
        Assert.Contains(failures, words => words.Contains("other evidence than its name says", StringComparison.Ordinal));
        Assert.Contains(failures, words => words.Contains("the file is not there", StringComparison.Ordinal));
    }

    [Fact]
    public Task One_changed_byte_is_caught() => EachChangedByteIsCaughtAsync(step: 23);

    [Fact, Trait("Long", "true")]
    public Task One_changed_byte_anywhere_is_caught() => EachChangedByteIsCaughtAsync(step: 1);

    /// <summary>Not covered, and listed for that reason: <c>log/.lock</c>, which is empty and only ever locked.</summary>
    private static async Task EachChangedByteIsCaughtAsync(int step)
    {
        await using var test = await TestLog.CreateAsync();
        using var authority = await TestAuthority.StartAsync();
        using var log = await test.OpenAsync();
        await KeepEvidenceAsync(test, log, "some evidence");
        await new Anchoring(log, new HttpClient(), [authority.ForLog], TimeProvider.System).AnchorAsync(default);
        await test.GrowAsync(log, 1);
        var request = Request(test, log) with { TimestampRoots = authority.Roots, Database = null };
        Assert.Equal(0, (await Verifier.VerifyAsync(request, default)).ExitCode);

        foreach (var path in Directory.GetFiles(test.Folder.Root, "*", SearchOption.AllDirectories).Where(path => !path.EndsWith(".lock", StringComparison.Ordinal)))
        {
            var bytes = File.ReadAllBytes(path);
            for (var i = 0; i < bytes.Length; i += step)
            {
                bytes[i] ^= 1;
                File.WriteAllBytes(path, bytes);
                var caught = (await Verifier.VerifyAsync(request, default)).ExitCode == 1;
                bytes[i] ^= 1;
                Assert.True(caught, $"byte {i} of {Path.GetRelativePath(test.Folder.Root, path)} was changed and verification passed");
            }

            File.Delete(path);
            var missed = (await Verifier.VerifyAsync(request, default)).ExitCode;
            File.WriteAllBytes(path, bytes);
            // An older partial tile and the key's copy may go: nothing rests on them.
            Assert.True(missed == 1 || path.Contains(".p/", StringComparison.Ordinal) || path.EndsWith("log.vkey", StringComparison.Ordinal), path);
        }
    }

    private static async Task<Sealed> KeepEvidenceAsync(TestLog test, EvidenceLog log, string text)
    {
        var kept = await new Vault(test.Folder, test.Keys, test.Clock).KeepAsync("text/plain", new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)), default);
        await test.EnqueueAsync(log, Entry.Create("evidence.collected", DateTimeOffset.UtcNow, new JsonObject { ["source"] = "host" }, kept));
        await log.SealAsync(default);
        return kept;
    }

    private static VerifyRequest Request(TestLog test, EvidenceLog log) => new()
    {
        Folder = test.Folder.Root,
        Vkey = log.PublicKey.ToString(),
        Keys = test.Keys,
        Database = test.Database,
    };

    private static Task<VerifyReport> VerifyAsync(TestLog test, EvidenceLog log) => Verifier.VerifyAsync(Request(test, log), default);
}
