using System.Diagnostics;
using Plainproof.Checks;
using Plainproof.Facts;
using Plainproof.Sources;
using Plainproof.Tests.Servers;
using Xunit;

namespace Plainproof.Tests.Sources;

/// <summary>A real repository with old and new backups. Each test that breaks something breaks a copy.</summary>
public sealed class ResticRepository : IDisposable
{
    internal static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    public ResticRepository()
    {
        Folder.Write("password", "open sesame\n");
        Folder.Write("wrong", "nope\n");
        Folder.Write("data/shop/a", "a");
        Folder.Write("data/wiki/b", "b");
        Restic("init");
        Restic("backup", "--host", "db1", "--time", "2026-11-20 03:00:00", "--tag", "daily", Folder.File("data", "shop"));
        Restic("backup", "--host", "db1", "--time", "2026-11-23 03:00:00", Folder.File("data", "shop"));
        Restic("backup", "--host", "web1", "--time", "2026-06-01 03:00:00", Folder.File("data", "wiki"));
    }

    internal TemporaryFolder Folder { get; } = new();

    internal string Shop => Folder.File("data", "shop");

    internal string Wiki => Folder.File("data", "wiki");

    internal string At(string? repository = null, string more = "") =>
        $"restic={repository ?? Folder.File("repo")}?password-file={Folder.File("password")}&name=main{more}";

    /// <summary>A copy to break.</summary>
    internal string Copy(string name)
    {
        Running.Run("cp", "-r", Folder.File("repo"), Folder.File(name));
        return Folder.File(name);
    }

    internal string Script(string name, string text)
    {
        var path = Folder.Write(name, "#!/bin/sh\n" + text);
        Running.Run("chmod", "700", path);
        return path;
    }

    public void Dispose() => Folder.Dispose();

    private void Restic(params string[] command) =>
        Running.Run("restic", ["-r", Folder.File("repo"), "--password-file", Folder.File("password"), "--no-cache", "-q", .. command]);
}

public sealed class ResticSourceTests(ResticRepository repository) : IClassFixture<ResticRepository>
{
    [Fact]
    public async Task The_newest_backup_of_each_data_set_is_read_and_an_old_one_is_found()
    {
        var reading = await Reading.OfAsync(repository.At());

        var line = reading.Coverage<BackupSet>();
        Assert.Equal((Completeness.Complete, 3, 3), (line.State, line.Read, line.Expected));
        var shop = reading.Of<BackupSet>().Single(set => set.Host == "db1");
        Assert.Equal((2, new DateTimeOffset(2026, 11, 23, 3, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 11, 20, 3, 0, 0, TimeSpan.Zero)), (shop.Count, shop.Newest, shop.Oldest));
        Assert.Equal(["daily"], shop.Tags);
        var fresh = reading.Check("backup-fresh", ResticRepository.Now).ToDictionary(result => result.Subject, result => result.Outcome);
        Assert.Equal(Outcome.Pass, fresh[$"restic:main/backup/db1:{repository.Shop}"]);
        Assert.Equal(Outcome.Fail, fresh[$"restic:main/backup/web1:{repository.Wiki}"]);
        Assert.Equal(Outcome.Pass, Assert.Single(reading.Check("backup-readable")).Outcome);
        Assert.Equal(Outcome.NeedsReview, Assert.Single(reading.Check("backup-protected")).Outcome);
        Assert.Equal(Completeness.Disabled, reading.Coverage<BackupVerification>().State);
        Assert.Contains("checks=FILE", reading.Coverage<BackupVerification>().Mend);
        Assert.Equal(Reason.Disabled, Assert.Single(reading.Check("backup-restore-tested")).Reason);
    }

    [Fact]
    public async Task A_declared_data_set_without_a_backup_is_found_and_a_retired_one_is_not_accused()
    {
        var reading = await Reading.OfAsync(repository.At(more: $"&expect=db1:{repository.Shop}/deeper,db2:/var/lib/postgresql"));

        var fresh = reading.Check("backup-fresh", ResticRepository.Now).ToDictionary(result => result.Subject, result => (result.Outcome, result.Message));
        Assert.Equal(Outcome.Pass, fresh[$"restic:main/backup/db1:{repository.Shop}"].Outcome);
        Assert.Equal((Outcome.Fail, "There is no backup of db2:/var/lib/postgresql at all."), fresh["restic:main/backup/db2:/var/lib/postgresql"]);
        Assert.Equal(Outcome.NeedsReview, fresh[$"restic:main/backup/web1:{repository.Wiki}"].Outcome);
    }

    [Fact]
    public async Task A_wrong_password_a_missing_repository_and_a_dead_store_are_told_apart()
    {
        var wrong = await Reading.OfAsync(repository.At().Replace("/password&", "/wrong&", StringComparison.Ordinal));
        Assert.Equal((Completeness.Denied, "The password does not open the repository."), (wrong.Coverage<BackupSet>().State, wrong.Coverage<BackupSet>().Why));
        Assert.Equal(Reason.NoPermission, Assert.Single(wrong.Check("backup-fresh")).Reason);

        var missing = await Reading.OfAsync(repository.At(repository.Folder.File("nothing")));
        Assert.Equal((Completeness.Unreachable, true), (missing.Coverage<BackupSet>().State, missing.Coverage<BackupSet>().Why!.Contains("no restic repository", StringComparison.Ordinal)));

        var dead = await Reading.OfAsync(repository.At("rest:http://127.0.0.1:17398/", "&timeout=30"));
        Assert.Equal(Completeness.Unreachable, dead.Coverage<BackupSet>().State);
        Assert.Contains("connection refused", dead.Coverage<BackupSet>().Why);

        var uninstalled = await Reading.OfAsync(repository.At(more: "&binary=/no/such/restic"));
        Assert.Equal(Completeness.Disabled, uninstalled.Coverage<BackupSet>().State);
    }

    [Fact]
    public async Task A_damaged_index_is_found_although_the_list_still_looks_well()
    {
        var broken = repository.Copy("broken-index");
        foreach (var index in Directory.EnumerateFiles(Path.Combine(broken, "index")))
            Damage(index);

        var reading = await Reading.OfAsync(repository.At(broken));

        Assert.Equal(Completeness.Complete, reading.Coverage<BackupSet>().State);
        Assert.False(Assert.Single(reading.Of<BackupRepository>()).Readable);
        Assert.Equal(Outcome.Fail, Assert.Single(reading.Check("backup-readable")).Outcome);
    }

    [Fact]
    public async Task A_damaged_backup_is_missed_although_restic_says_ok()
    {
        var broken = repository.Copy("broken-snapshot");
        Damage(Directory.EnumerateFiles(Path.Combine(broken, "snapshots")).First());

        var reading = await Reading.OfAsync(repository.At(broken));

        var line = reading.Coverage<BackupSet>();
        Assert.Equal((Completeness.Partial, 2, 3), (line.State, line.Read, line.Expected));
        Assert.Equal(Outcome.Fail, Assert.Single(reading.Check("backup-readable")).Outcome);
        Assert.DoesNotContain(reading.Check("backup-fresh", ResticRepository.Now), result => result.Outcome == Outcome.Pass);
    }

    [Fact]
    public async Task An_empty_repository_proves_that_there_is_no_backup()
    {
        Running.Run("restic", "-r", repository.Folder.File("empty"), "--password-file", repository.Folder.File("password"), "--no-cache", "-q", "init");

        var reading = await Reading.OfAsync(repository.At(repository.Folder.File("empty")));
        Assert.True(reading.Coverage<BackupSet>().ProvenEmpty);

        var expecting = await Reading.OfAsync(repository.At(repository.Folder.File("empty"), "&expect=db1:/srv"));
        Assert.Equal(Outcome.Fail, Assert.Single(expecting.Check("backup-fresh")).Outcome);
    }

    [Fact]
    public async Task Nothing_is_written_and_a_copy_that_may_only_be_read_is_enough()
    {
        var reading = repository.Copy("read-only");
        Running.Run("chmod", "-R", "a-w", reading);
        var before = Directory.EnumerateFiles(reading, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();

        var seen = await Reading.OfAsync(repository.At(reading));

        Assert.Equal(Completeness.Complete, seen.Coverage<BackupSet>().State);
        Assert.Equal(before, Directory.EnumerateFiles(reading, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal));
        Running.Run("chmod", "-R", "u+w", reading);
    }

    [Fact]
    public async Task Records_of_checks_and_restores_are_read_as_csv_and_as_json_lines()
    {
        var checks = repository.Folder.Write("checks.csv", "At,Clean,Share percent,By\n2026-11-01,true,10,ann\n2026-06-01T04:00:00Z,false,,bob\n");
        var restores = repository.Folder.Write("restores.jsonl", """{"dataSet":"shop","at":"2026-09-01T10:00:00Z","worked":true,"seconds":1800,"verifiedBy":"ann"}""" + "\n");

        var reading = await Reading.OfAsync(repository.At(more: $"&checks={checks}&restores={restores}"));

        Assert.Equal(2, reading.Coverage<BackupVerification>().Read);
        Assert.Contains(reading.Of<BackupVerification>(), check => check is { Clean: true, SharePercent: 10, By: "ann" });
        Assert.Equal(Outcome.Pass, Assert.Single(reading.Check("backup-verified", ResticRepository.Now)).Outcome);
        Assert.Equal(Outcome.Fail, Assert.Single(reading.Check("backup-verified", ResticRepository.Now.AddDays(60))).Outcome);
        Assert.Equal(Outcome.Pass, Assert.Single(reading.Check("backup-restore-tested", ResticRepository.Now)).Outcome);
        Assert.Equal("line:2", reading.Facts.First(fact => fact.Value is BackupVerification).At.Path);
    }

    [Fact]
    public async Task Every_mistake_in_a_record_is_told_at_once()
    {
        var restores = repository.Folder.Write("bad.csv", "dataSet,at,worked,secnds\nshop,yesterday,maybe,5\n");

        var wrong = await Assert.ThrowsAsync<BadTarget>(() => Reading.OfAsync(repository.At(more: $"&restores={restores}")));

        Assert.Equal(3, wrong.Problems.Count);
        Assert.Contains(wrong.Problems, problem => problem.Contains("Did you mean 'seconds'?", StringComparison.Ordinal));
        Assert.All(wrong.Problems, problem => Assert.StartsWith($"{restores}:2:", problem));
    }

    [Fact]
    public async Task A_program_that_hangs_is_stopped()
    {
        var hangs = repository.Script("hangs", "exec sleep 60\n");
        var clock = Stopwatch.StartNew();

        var reading = await Reading.OfAsync(repository.At(more: $"&binary={hangs}&timeout=1"));

        Assert.All(reading.Lines.Where(line => line.State != Completeness.Disabled), line => Assert.Equal(Completeness.TimedOut, line.State));
        Assert.InRange(clock.Elapsed.TotalSeconds, 1, 10);
    }

    [Theory]
    [InlineData(12, Completeness.Denied)]
    [InlineData(10, Completeness.Unreachable)]
    [InlineData(11, Completeness.Throttled)]
    [InlineData(77, Completeness.Failed)]
    public async Task The_exit_codes_of_newer_versions_are_understood(int code, Completeness state)
    {
        var newer = repository.Script($"code{code}", $$"""
            case "$*" in
              *version) echo '{"message_type":"version","version":"0.18.0","go_version":"go1.24"}';;
              *) echo '{"message_type":"exit_error","code":{{code}},"message":"Fatal: whatever"}' >&2; exit {{code}};;
            esac
            """);

        var reading = await Reading.OfAsync(repository.At(more: $"&binary={newer}"));

        Assert.Equal(state, reading.Coverage<BackupSet>().State);
    }

    [Fact]
    public async Task Half_a_list_is_not_taken_for_the_whole()
    {
        var half = repository.Script("half", """
            case "$*" in
              *"list snapshots"*) exec restic "$@";;
              *snapshots*) restic "$@" | head -c 300;;
              *) exec restic "$@";;
            esac
            """);

        var reading = await Reading.OfAsync(repository.At(more: $"&binary={half}"));

        Assert.Equal(Completeness.Failed, reading.Coverage<BackupSet>().State);
        Assert.Empty(reading.Of<BackupSet>());
    }

    [Fact]
    public async Task Every_problem_with_the_address_is_told_at_once()
    {
        var wrong = await Assert.ThrowsAsync<BadTarget>(() => Reading.OfAsync(
            $"restic=rest:https://me:hunter2@backup.example.test/?password-file={repository.Folder.File("password")}&expect=justahost&checks=/no/file&timeout=soon"));
        Assert.Equal(4, wrong.Problems.Count);

        var none = await Assert.ThrowsAsync<BadTarget>(() => Reading.OfAsync($"restic={repository.Folder.File("repo")}"));
        Assert.Contains("password-file or password-env is needed", none.Message);
    }

    private static void Damage(string file)
    {
        Running.Run("chmod", "u+w", file);
        File.WriteAllBytes(file, [.. Enumerable.Range(0, 64).Select(n => (byte)(n * 7))]);
    }
}
