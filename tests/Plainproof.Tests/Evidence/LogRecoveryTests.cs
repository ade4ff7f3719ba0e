using Plainproof.Evidence;
using Xunit;

namespace Plainproof.Tests.Evidence;

/// <summary>What the log refuses, and what it mends, when files, database and keys disagree.</summary>
public sealed class LogRecoveryTests
{
    public static TheoryData<string> Engines => [.. TestLog.Engines];

    [Theory, MemberData(nameof(Engines))]
    public async Task A_database_restored_from_an_old_backup_is_refused(string engine)
    {
        await using var test = await TestLog.CreateAsync(engine);
        using var log = await test.OpenAsync();
        await test.GrowAsync(log, 5);
        await test.GrowAsync(log, 300);
        await SetBackAsync(test, 5);

        var whileOpen = await Assert.ThrowsAsync<EvidenceException>(() => test.GrowAsync(log, 1));
        var atStart = await Assert.ThrowsAsync<EvidenceException>(test.OpenAsync);

        Assert.All([whileOpen, atStart], refused => Assert.Contains("old backup", refused.Message, StringComparison.Ordinal));
        Assert.Equal(5L, await test.ScalarAsync<long>("SELECT MAX(size) FROM log_checkpoint"));
        Assert.Equal(305, PublishedSize(test, log.PublicKey));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_database_that_was_emptied_is_refused_and_no_new_key_is_made(string engine)
    {
        await using var test = await TestLog.CreateAsync(engine);
        using var log = await test.OpenAsync();
        await test.GrowAsync(log, 5);
        var key = File.ReadAllText(test.Keys.LogKeyFile("acme"));
        await SetBackAsync(test, -1);

        await Assert.ThrowsAsync<EvidenceException>(test.OpenAsync);

        Assert.Equal(key, File.ReadAllText(test.Keys.LogKeyFile("acme")));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_database_with_another_history_of_the_same_log_is_refused(string engine)
    {
        await using var test = await TestLog.CreateAsync(engine);
        using var log = await test.OpenAsync();
        await test.GrowAsync(log, 5);
        await test.GrowAsync(log, 5);
        var published = File.ReadAllBytes(test.LogFile("checkpoint"));
        Directory.Delete(test.Folder.Log, recursive: true);
        await SetBackAsync(test, 5);
        using (var forked = await test.OpenAsync()) await test.GrowAsync(forked, 9);
        File.WriteAllBytes(test.LogFile("checkpoint"), published);

        var refused = await Assert.ThrowsAsync<EvidenceException>(test.OpenAsync);

        Assert.Contains("different logs", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_committed_but_not_published_is_published_at_the_next_start()
    {
        await using var test = await TestLog.CreateAsync();
        using (var log = await test.OpenAsync())
        {
            await test.GrowAsync(log, 300);
            CopyFolder(test.Folder.Log, test.Root + "/older");
            await test.GrowAsync(log, 700);
        }

        Directory.Delete(test.Folder.Log, recursive: true);
        CopyFolder(test.Root + "/older", test.Folder.Log);
        File.WriteAllText(test.LogFile("tile/0/000.tmp-left-by-a-killed-process"), "half");
        using var again = await test.OpenAsync();

        Assert.Equal(1000, PublishedSize(test, again.PublicKey));
        Assert.Empty(Directory.GetFiles(test.Folder.Log, "*.tmp-*", SearchOption.AllDirectories));
        await AssertVerifies(test, again.PublicKey, 1000);
    }

    /// <summary>The state that a kill leaves after the tiles were written and before the checkpoint was.</summary>
    [Theory]
    [InlineData(3, 3)]
    [InlineData(200, 100)]
    [InlineData(256, 300)]
    public async Task Tiles_that_run_ahead_of_the_checkpoint_are_no_damage_and_no_evidence(int signed, int more)
    {
        await using var test = await TestLog.CreateAsync();
        NoteKey key;
        using (var log = await test.OpenAsync())
        {
            key = log.PublicKey;
            await test.GrowAsync(log, signed);
            var checkpoint = await File.ReadAllBytesAsync(test.LogFile("checkpoint"));
            await test.GrowAsync(log, more);
            await File.WriteAllBytesAsync(test.LogFile("checkpoint"), checkpoint);
        }

        var ahead = await Verifier.VerifyAsync(new VerifyRequest { Folder = test.Folder.Root, Vkey = key.ToString() }, default);
        Assert.True(ahead.ExitCode == 0, string.Join('\n', ahead.Findings));
        Assert.Contains(ahead.Limits, limit => limit.Contains("more than the checkpoint signs", StringComparison.Ordinal));

        var wide = test.LogFile(signed + more < 256 ? $"tile/0/000.p/{signed + more}" : "tile/0/000");
        if (signed < 256)
        {
            var bytes = await File.ReadAllBytesAsync(wide);
            bytes[5] ^= 1;
            await File.WriteAllBytesAsync(wide, bytes);
            Assert.Equal(1, (await Verifier.VerifyAsync(new VerifyRequest { Folder = test.Folder.Root, Vkey = key.ToString() }, default)).ExitCode);
            bytes[5] ^= 1;
            await File.WriteAllBytesAsync(wide, bytes);
        }

        using var again = await test.OpenAsync();
        await AssertVerifies(test, again.PublicKey, signed + more);
    }

    [Fact]
    public async Task Lost_or_damaged_files_are_written_again_from_the_database()
    {
        await using var test = await TestLog.CreateAsync();
        using var log = await test.OpenAsync();
        await test.GrowAsync(log, 700);
        File.Delete(test.LogFile("tile/entries/000"));
        File.Delete(test.LogFile("tile/0/001"));
        File.WriteAllText(test.LogFile("tile/0/002.p/188"), "damaged");

        using (await test.OpenAsync()) await log.RepublishAsync(default);
        await AssertVerifies(test, log.PublicKey, 700);

        Directory.Delete(test.Folder.Log, recursive: true);
        using var again = await test.OpenAsync();
        await test.GrowAsync(again, 1);
        await AssertVerifies(test, log.PublicKey, 701);
    }

    [Fact]
    public async Task A_tail_that_was_damaged_on_disk_does_not_reach_a_signature()
    {
        await using var test = await TestLog.CreateAsync();
        using (var log = await test.OpenAsync()) await test.GrowAsync(log, 300);
        var tile = test.LogFile("tile/0/001.p/44");
        var bytes = File.ReadAllBytes(tile);
        bytes[100] ^= 1;
        File.WriteAllBytes(tile, bytes);

        using var again = await test.OpenAsync();
        await test.GrowAsync(again, 300);
        await again.RepublishAsync(default);

        await AssertVerifies(test, again.PublicKey, 600);
    }

    [Fact]
    public async Task A_row_that_was_changed_is_never_published_over()
    {
        await using var test = await TestLog.CreateAsync();
        using var log = await test.OpenAsync();
        await test.GrowAsync(log, 10);
        await test.ExecuteAsync("UPDATE log_entry SET body = (SELECT body FROM log_entry WHERE seq = 4) WHERE seq = 3");

        var refused = await Assert.ThrowsAsync<EvidenceException>(() => log.RepublishAsync(default));

        Assert.Contains("entry 3", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<EvidenceException>(async () =>
            await log.ProveAsync(new EntryId(Guid.Parse(await test.ScalarAsync<string>("SELECT id FROM log_entry WHERE seq = 3"))), default));
    }

    [Fact]
    public async Task A_checkpoint_file_that_this_log_did_not_sign_stops_the_log_and_says_what_to_do()
    {
        await using var test = await TestLog.CreateAsync();
        using (var log = await test.OpenAsync()) await test.GrowAsync(log, 1);
        File.WriteAllText(test.LogFile("checkpoint"), LogKey.Create("plainproof/acme/other").Sign("plainproof/acme/other\n0\nAAAA\n"));

        var refused = await Assert.ThrowsAsync<EvidenceException>(test.OpenAsync);
        Assert.Contains("move it away", refused.Message, StringComparison.Ordinal);

        File.Delete(test.LogFile("checkpoint"));
        using var again = await test.OpenAsync();
        await AssertVerifies(test, again.PublicKey, 1);
    }

    [Theory]
    [InlineData(null, "there is no such file"), InlineData("rubbish", "does not hold an Ed25519 log key")]
    [InlineData("PRIVATE+KEY+plainproof/acme/1+00000000+AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB", "id does not fit")]
    public async Task A_lost_or_damaged_log_key_is_a_clear_error_and_no_new_key_is_made(string? content, string words)
    {
        await using var test = await TestLog.CreateAsync();
        using (await test.OpenAsync())
        {
        }

        var path = test.Keys.LogKeyFile("acme");
        if (content is null) File.Delete(path);
        else File.WriteAllText(path, content);

        var refused = await Assert.ThrowsAsync<EvidenceException>(test.OpenAsync);

        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
        Assert.Contains("backup", refused.Message, StringComparison.Ordinal);
        Assert.Equal(content is not null, File.Exists(path));
    }

    [Fact]
    public async Task The_key_of_another_log_is_refused()
    {
        await using var test = await TestLog.CreateAsync();
        using (await test.OpenAsync())
        {
        }

        File.WriteAllText(test.Keys.LogKeyFile("acme"), LogKey.Create("plainproof/acme/other").ToPrivateLine());

        await Assert.ThrowsAsync<EvidenceException>(test.OpenAsync);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Two_writers_on_one_folder_make_one_history(string engine)
    {
        await using var test = await TestLog.CreateAsync(engine);
        using (var first = await test.OpenAsync())
        using (var second = await test.OpenAsync())
        {
            await Task.WhenAll(Enumerable.Range(0, 4).Select(n => Task.Run(() => WriteAsync(test, n % 2 == 0 ? first : second, 25))));
            await AssertVerifies(test, first.PublicKey, 4 * 25 * 3);
        }

        Assert.Equal(300L, await test.ScalarAsync<long>("SELECT COUNT(*) FROM log_entry"));
    }

    [Fact]
    public async Task An_entry_of_the_largest_size_is_logged_and_a_larger_one_is_refused()
    {
        await using var test = await TestLog.CreateAsync();
        using var log = await test.OpenAsync();
        var empty = Entry.Create("note.made", DateTimeOffset.UtcNow, new() { ["text"] = "" }).Body.Length;
        var largest = Entry.Create("note.made", DateTimeOffset.UtcNow, new() { ["text"] = new string('x', Entry.LargestBody - empty) });

        await test.EnqueueAsync(log, largest, TestLog.AnEntry(2));
        var proof = await log.ProveAsync(largest.Id, default);

        Assert.Equal(Entry.LargestBody, proof.Body.Length);
        Assert.Throws<ArgumentException>(() =>
            Entry.Create("note.made", DateTimeOffset.UtcNow, new() { ["text"] = new string('x', Entry.LargestBody - empty + 1) }));
        await AssertVerifies(test, log.PublicKey, 2);
    }

    [Fact]
    public void Ids_sort_in_the_order_in_which_they_are_made_also_when_the_clock_stands_or_jumps_back()
    {
        var now = DateTimeOffset.UtcNow;
        var ids = Enumerable.Range(0, 5000).Select(n => EntryId.New(n == 2500 ? now.AddHours(-1) : now).ToString()).ToList();

        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
        Assert.All(ids, id => Assert.Equal('7', id[14]));
    }

    private static async Task WriteAsync(TestLog test, EvidenceLog log, int times)
    {
        for (var i = 0; i < times; i++)
        {
            var ids = await test.EnqueueAsync(log, TestLog.AnEntry(i), TestLog.AnEntry(i), TestLog.AnEntry(i));
            await log.SealedAsync(ids[2], default);
        }
    }

    private static async Task AssertVerifies(TestLog test, NoteKey key, long size)
    {
        var report = await Verifier.VerifyAsync(
            new VerifyRequest { Folder = test.Folder.Root, Vkey = key.ToString(), Keys = test.Keys, Database = test.Database }, default);

        Assert.Equal((size, 0), (report.Size!.Value, report.ExitCode));
    }

    private static async Task SetBackAsync(TestLog test, long size)
    {
        await test.ExecuteAsync($"DELETE FROM log_entry WHERE seq >= {size}");
        await test.ExecuteAsync($"DELETE FROM log_checkpoint WHERE size > {size}");
    }

    private static long PublishedSize(TestLog test, NoteKey key) => Checkpoint.Open(File.ReadAllBytes(test.LogFile("checkpoint")), key).Size;

    private static void CopyFolder(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }
    }
}
