using System.Diagnostics;
using Plainproof.Evidence;
using Plainproof.Facts;
using Plainproof.Storage;
using Xunit;

namespace Plainproof.Tests.Storage;

public sealed class MishapsOnSqlite() : Mishaps(false)
{
    [Fact]
    public async Task A_damaged_file_is_named_with_what_to_do()
    {
        await using (var store = await OpenAsync())
            await CollectAsync(store, Day, Completeness.Complete, [new("alice", true)]);
        var file = Folder().DatabaseFile("acme");
        File.Delete(file + "-wal");
        await File.WriteAllBytesAsync(file, Enumerable.Repeat((byte)7, 5000).ToArray());
        var problem = await Assert.ThrowsAsync<DataProblem>(() => OpenAsync());
        Assert.Equal(file, problem.Where);
        Assert.Contains("restore", problem.Mend, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_copy_is_put_aside_before_a_schema_is_changed()
    {
        await using var store = await OpenAsync();
        await CollectAsync(store, Day, Completeness.Complete, [new("alice", true)]);
        var steps = Migration.All("sqlite");
        await new Migrator(store.Database, [.. steps, Migration.Of("20990101000000_drop", "DROP TABLE fact_version")], TimeProvider.System).RunAsync(default);
        var aside = Path.Combine(store.Root, $"before-upgrade-from-{steps[^1].Name}.db");
        Assert.False(Private.IsOpenToOthers(aside));
        await using var copy = await new SqliteDatabase("acme", aside).OpenAsync(default);
        Assert.Equal(1, await copy.Command("SELECT COUNT(*) FROM fact_version").ValueAsync<long>(default));
    }
}

public sealed class MishapsOnPostgresql() : Mishaps(true)
{
    [Fact]
    public async Task A_server_that_is_not_there_is_named_without_its_password()
    {
        await File.WriteAllTextAsync(Path.Combine(Data, "config.json"), """{"postgresql": "Host=127.0.0.1;Port=17199;Username=u;Password=hunter2;Database=d"}""");
        var problem = await Assert.ThrowsAsync<DataProblem>(() => OpenAsync());
        Assert.Contains("127.0.0.1:17199", problem.Where, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_is_told_as_such()
    {
        await File.WriteAllTextAsync(Path.Combine(Data, "config.json"), $$"""{"postgresql": "{{Servers.PostgresServer.Shared.ConnectTo("postgres", "postgres", "wrong")}}"}""");
        Assert.Contains("refused the sign-in", (await Assert.ThrowsAsync<DataProblem>(() => OpenAsync())).Why, StringComparison.Ordinal);
    }
}

public abstract class Mishaps(bool postgresql) : StoreTests(postgresql)
{
    private const int HowMany = 3000;

    [Fact]
    public async Task A_process_killed_while_it_writes_leaves_whole_collections_only()
    {
        await using (await OpenAsync())
        {
        }

        for (var kill = 0; kill < 6; kill++)
        {
            using var child = InChild.Start("collect", Data, "directory:x", $"{HowMany}", "1000");
            Assert.StartsWith("stored", await child.StandardOutput.ReadLineAsync() ?? await child.StandardError.ReadToEndAsync(), StringComparison.Ordinal);
            await Task.Delay(70 * kill);
            child.Kill();
            await child.WaitForExitAsync();
            await NothingIsBeingWrittenAsync();
            await EveryCollectionIsWholeAsync();
        }
    }

    [Fact]
    public async Task Two_processes_on_one_data_folder_lose_nothing()
    {
        using var one = InChild.Start("collect", Data, "directory:x", "500", "8");
        using var two = InChild.Start("collect", Data, "directory:x", "500", "8");
        using var three = InChild.Start("collect", Data, "directory:y", "500", "8");
        foreach (var child in new[] { one, two, three })
        {
            var said = await child.StandardError.ReadToEndAsync();
            await child.WaitForExitAsync();
            Assert.True(child.ExitCode == 0, said);
        }

        await using var store = await OpenAsync();
        var collections = await store.CollectionsAsync(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, default);
        Assert.Equal((16, 8), (collections.Count(one => one.Scope == "directory:x"), collections.Count(one => one.Scope == "directory:y")));
        var facts = await store.ReadAsync(Day.AddYears(1), default);
        Assert.Equal(1000, facts.Facts.Count);
        Assert.Equal(0, await CountAsync(store, "SELECT COUNT(*) FROM fact_version WHERE closed_at <= first_seen"));
    }

    [Fact]
    public async Task A_killed_migration_leaves_the_schema_as_it_was()
    {
        await using var store = await OpenAsync();
        using (var child = InChild.Start("migrate", Data))
        {
            Assert.Equal("begun", await child.StandardOutput.ReadLineAsync());
            await Task.Delay(1500);
            Assert.False(child.HasExited);
            child.Kill();
            await child.WaitForExitAsync();
        }

        await using var owner = await store.Database.OpenAsOwnerAsync(default);
        Assert.False(await store.Database.HasTableAsync(owner, "half", default));
        var step = Migration.Of("20990101000002_quick", "CREATE TABLE whole (company TEXT)");
        if (OnPostgresql) // The server notices the dead client only when its sleep ends; what it holds until then must not hold us up for ever.
            await owner.Command("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_sleep%' AND pid <> pg_backend_pid() AND datname = current_database()").RunAsync(default);
        await new Migrator(store.Database, [.. Migration.All(store.Database.Dialect), step], TimeProvider.System).RunAsync(default);
        Assert.True(await store.Database.HasTableAsync(owner, "whole", default));
    }

    [Fact]
    public async Task A_step_that_fails_leaves_nothing_of_the_steps_before_it()
    {
        await using var store = await OpenAsync();
        Migration[] steps = [.. Migration.All(store.Database.Dialect), Migration.Of("20990101000001_good", "CREATE TABLE half (company TEXT)"), Migration.Of("20990101000002_bad", "CREATE TABEL x")];
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => new Migrator(store.Database, steps, TimeProvider.System).RunAsync(default));
        await using var owner = await store.Database.OpenAsOwnerAsync(default);
        Assert.False(await store.Database.HasTableAsync(owner, "half", default));
        Assert.Equal(0, await CountAsync(store, "SELECT COUNT(*) FROM migration WHERE name LIKE '2099%'"));
    }

    [Fact]
    public async Task Many_that_open_a_new_store_at_once_all_get_one()
    {
        var stores = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => OpenAsync())));
        await Task.WhenAll(stores.Select((store, i) => Task.Run(() => CollectAsync(store, Day, Completeness.Complete, [new("alice", true)], scope: $"directory:{i}"))));
        Assert.Equal(12, (await stores[0].ReadAsync(Day, default)).Facts.Count);
        Assert.Equal(Migration.All(stores[0].Database.Dialect).Count, await CountAsync(stores[0], "SELECT COUNT(*) FROM migration"));
    }

    [Fact]
    public async Task A_database_from_a_newer_build_or_with_a_changed_step_is_refused()
    {
        await using var store = await OpenAsync();
        var all = Migration.All(store.Database.Dialect);
        var newer = await Assert.ThrowsAsync<DataProblem>(() => new Migrator(store.Database, [.. all.SkipLast(1)], TimeProvider.System).RunAsync(default));
        Assert.Contains("newer Plainproof", newer.What, StringComparison.Ordinal);
        var changed = await Assert.ThrowsAsync<DataProblem>(() =>
            new Migrator(store.Database, [all[0] with { Checksum = "other" }, .. all.Skip(1)], TimeProvider.System).RunAsync(default));
        Assert.Contains("was changed after", changed.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_evidence_log_lives_in_the_store_and_seals_what_the_collection_enqueued()
    {
        await using var store = await OpenAsync();
        var keys = new KeyFolder(Folder().Keys);
        using var log = await EvidenceLog.OpenAsync(new CompanyFolder("acme", store.Root), new LogDatabase(store.Database), keys, TimeProvider.System, default);
        var entry = Entry.Create("evidence.collected", Day, new System.Text.Json.Nodes.JsonObject { ["scope"] = "directory:x" });
        await using (var writer = await store.BeginCollectionAsync("directory", 1, null, "directory:x", "0.1.0", Day, default))
        {
            writer.Entry = entry.Id.ToString();
            await writer.AddAsync(FactAbout(new Account("alice", true)), default);
            await writer.CoverAsync(new Coverage(Aspect.Of<Account>(), "directory:x", Completeness.Complete, Read: 1, Expected: 1), default);
            await writer.FinishAsync(Day, Completeness.Complete, async (_, within) => await log.EnqueueAsync(entry, within, default), default);
        }

        var receipt = await log.SealedAsync(entry.Id, default);
        Assert.Equal(receipt.Id.ToString(), Assert.Single(await store.CollectionsAsync(Day, Day, default)).Entry);
        Assert.NotEmpty((await log.ProveAsync(entry.Id, default)).Text);
    }

    /// <summary>A server finishes the COMMIT of a client that died after sending it: what is counted while it does is neither before nor after.</summary>
    private async Task NothingIsBeingWrittenAsync()
    {
        if (!OnPostgresql)
            return;

        await using var store = await OpenAsync();
        await using var owner = await store.Database.OpenAsOwnerAsync(default);
        const string Locks = "SELECT COUNT(*) FROM pg_locks WHERE relation = 'fact_version'::regclass AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND pid <> pg_backend_pid()";
        while (await owner.Command(Locks).ValueAsync<long>(default) > 0)
            await Task.Delay(20);
    }

    private async Task EveryCollectionIsWholeAsync()
    {
        await using var store = await OpenAsync();
        if (!OnPostgresql)
        {
            await using var connection = await store.Database.OpenAsync(default);
            Assert.Equal(["ok"], await connection.Command("PRAGMA integrity_check").ListAsync(row => row.GetString(0), default));
        }

        var collections = await store.CollectionsAsync(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, default);
        Assert.NotEmpty(collections);
        Assert.All(collections, one => Assert.Equal((1, 1), (one.Coverage.Count, one.Calls.Count)));
        var accounts = Accounts(await store.ReadAsync(Day.AddYears(1), default));
        Assert.Equal(HowMany, accounts.Count);
        Assert.All(accounts, account => Assert.Equal(collections.Count % 2 == 1, account.Value.Enabled));
        Assert.Equal(0, await CountAsync(store, "SELECT COUNT(*) FROM fact_version WHERE first_seen NOT IN (SELECT finished_at FROM collection)"));
    }
}
