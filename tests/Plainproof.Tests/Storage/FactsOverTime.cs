using System.Text.Json;
using Plainproof.Assurance.Period;
using Plainproof.Facts;
using Plainproof.Storage;
using Xunit;

namespace Plainproof.Tests.Storage;

public sealed class FactsOverTimeOnSqlite() : FactsOverTime(false);

public sealed class FactsOverTimeOnPostgresql() : FactsOverTime(true);

public abstract class FactsOverTime(bool postgresql) : StoreTests(postgresql)
{
    [Fact]
    public async Task What_was_stored_comes_back_typed_with_its_coverage_and_times()
    {
        await using var store = await OpenAsync();
        var born = new DateTimeOffset(2020, 1, 2, 3, 4, 5, TimeSpan.FromHours(2));
        var alice = new Account("alice", true, AccountNature.Person, "Alicë \0 Ünal", "a@x.test", true, CreatedAt: born);
        await CollectAsync(store, Day, Completeness.Complete, [alice, new Account("bob", false)]);

        var facts = await store.ReadAsync(Day, default);

        var accounts = Accounts(facts);
        Assert.Equal(["directory:x/account/alice", "directory:x/account/bob"], accounts.Select(fact => fact.Subject));
        Assert.Equal(alice, accounts[0].Value);
        Assert.Equal((Day, Day, "directory:x", "/0"), (accounts[0].FirstSeen, accounts[0].LastSeen, accounts[0].Scope, accounts[0].At!.Path));
        Assert.Equal(new Coverage(Aspect.Of<Account>(), "directory:x", Completeness.Complete, null, null, 2, 2) { At = Day }, Assert.Single(facts.Coverage));
        var collection = Assert.Single(await store.CollectionsAsync(Day, Day, default));
        Assert.Equal(("cn=reader", "ldaps://x", Day.AddSeconds(-5), Day), (collection.Principal, collection.Address, collection.Started, collection.Finished));
        Assert.Equal("search (objectClass=user)", Assert.Single(collection.Calls).What);
        Assert.Equal(2, Assert.Single(collection.Coverage).Read);
    }

    [Fact]
    public async Task What_did_not_change_writes_nothing_and_is_seen_again()
    {
        await using var store = await OpenAsync();
        Account[] same = [new("alice", true), new("bob", true)];
        await CollectAsync(store, Day, Completeness.Complete, same);
        var end = await CollectAsync(store, Day.AddDays(1), Completeness.Complete, same);

        Assert.Equal((2, 0, 0), (end.Read, end.Opened, end.Closed));
        Assert.Equal(2, await CountAsync(store, "SELECT COUNT(*) FROM fact_version"));
        Assert.All(Accounts(await store.ReadAsync(Day.AddDays(2), default)), fact => Assert.Equal((Day, Day.AddDays(1)), (fact.FirstSeen, fact.LastSeen)));
        Assert.All(Accounts(await store.ReadAsync(Day.AddHours(1), default)), fact => Assert.Equal((Day, Day), (fact.FirstSeen, fact.LastSeen)));
    }

    [Fact]
    public async Task A_changed_value_is_a_new_version_and_the_old_one_is_still_there_on_its_day()
    {
        await using var store = await OpenAsync();
        await CollectAsync(store, Day, Completeness.Complete, [new("alice", true)]);
        var end = await CollectAsync(store, Day.AddDays(1), Completeness.Complete, [new("alice", false)]);

        Assert.Equal((1, 1), (end.Opened, end.Closed));
        Assert.False(Assert.Single(Accounts(await store.ReadAsync(Day.AddDays(1), default))).Value.Enabled);
        Assert.True(Assert.Single(Accounts(await store.ReadAsync(Day.AddDays(1).AddTicks(-10), default))).Value.Enabled);
        Assert.Empty((await store.ReadAsync(Day.AddTicks(-10), default)).Facts);
    }

    [Theory]
    [InlineData(Completeness.Complete, 1)]
    [InlineData(Completeness.Partial, 2)]
    [InlineData(Completeness.Unproven, 2)]
    [InlineData(Completeness.Denied, 2)]
    public async Task Only_a_complete_reading_ends_what_is_gone(Completeness state, int left)
    {
        await using var store = await OpenAsync();
        await CollectAsync(store, Day, Completeness.Complete, [new("alice", true), new("bob", true)]);
        await CollectAsync(store, Day.AddDays(1), state, [new("alice", true)]);

        var facts = await store.ReadAsync(Day.AddDays(2), default);
        Assert.Equal(left, facts.Facts.Count);
        Assert.Equal(state, Assert.Single(facts.Coverage).State);
        Assert.Equal(state == Completeness.Complete ? Day.AddDays(1) : Day, Accounts(facts)[0].LastSeen);
    }

    [Fact]
    public async Task What_is_gone_and_comes_back_is_two_versions()
    {
        await using var store = await OpenAsync();
        await CollectAsync(store, Day, Completeness.Complete, [new("alice", true)]);
        await CollectAsync(store, Day.AddDays(1), Completeness.Complete, []);
        await CollectAsync(store, Day.AddDays(2), Completeness.Complete, [new("alice", true)]);

        Assert.Empty((await store.ReadAsync(Day.AddDays(1), default)).Facts);
        Assert.Equal(Day.AddDays(2), Assert.Single(Accounts(await store.ReadAsync(Day.AddDays(2), default))).FirstSeen);
        Assert.Equal(2, await CountAsync(store, "SELECT COUNT(*) FROM fact_version"));
    }

    [Fact]
    public async Task A_collection_ends_nothing_of_another_system()
    {
        await using var store = await OpenAsync();
        await CollectAsync(store, Day, Completeness.Complete, [new("alice", true)], scope: "directory:y");
        await CollectAsync(store, Day.AddDays(1), Completeness.Complete, []);
        Assert.Equal("directory:y", Assert.Single((await store.ReadAsync(Day.AddDays(2), default)).Facts).Scope);
    }

    [Fact]
    public async Task Nothing_is_seen_of_a_collection_that_is_not_finished()
    {
        await using var store = await OpenAsync();
        await using (var writer = await store.BeginCollectionAsync("directory", 1, null, "directory:x", "0.1.0", Day, default))
        {
            for (var i = 0; i < 2500; i++)
                await writer.AddAsync(FactAbout(new Account($"u{i}", true)), default);
            Assert.Empty((await store.ReadAsync(Day.AddYears(1), default)).Facts);
        }

        Assert.Equal(0, await CountAsync(store, "SELECT (SELECT COUNT(*) FROM fact_version) + (SELECT COUNT(*) FROM collection)"));
    }

    [Fact]
    public async Task What_the_hook_writes_is_there_exactly_when_the_collection_is()
    {
        await using var store = await OpenAsync();
        var act = new Act("noted", "directory:x", "ops", Day, Day);
        await Assert.ThrowsAsync<InvalidOperationException>(() => CollectAsync(store, Day, Completeness.Complete, [new("alice", true)], async (_, within) =>
        {
            await Acts.AddAsync(within, store.Company, act, null, default);
            throw new InvalidOperationException("The log is full.");
        }));
        var nothing = await store.ReadAsync(Day, default);
        Assert.Equal((0, 0, 0), (nothing.Facts.Count, nothing.Coverage.Count, nothing.Acts.Count));

        await CollectAsync(store, Day, Completeness.Complete, [new("alice", true)], (_, within) => Acts.AddAsync(within, store.Company, act, null, default));
        var all = await store.ReadAsync(Day, default);
        Assert.Equal((1, 1, 1), (all.Facts.Count, all.Coverage.Count, all.Acts.Count));
    }

    [Fact]
    public async Task A_subject_told_twice_with_different_values_is_refused()
    {
        await using var store = await OpenAsync();
        await using var writer = await store.BeginCollectionAsync("directory", 1, null, "directory:x", "0.1.0", Day, default);
        await writer.AddAsync(FactAbout(new Account("alice", true)), default);
        await writer.AddAsync(FactAbout(new Account("alice", true)), default);
        await Assert.ThrowsAsync<InvalidOperationException>(() => writer.AddAsync(FactAbout(new Account("alice", false)), default));
        Assert.Equal(1, writer.Read);
    }

    [Fact]
    public async Task A_source_that_goes_on_after_it_was_given_up_adds_nothing()
    {
        await using var store = await OpenAsync();
        await using var writer = await store.BeginCollectionAsync("directory", 1, null, "directory:x", "0.1.0", Day, default);
        var name = 0;
        var source = Task.Run(async () =>
        {
            while (true)
                await writer.AddAsync(FactAbout(new Account($"u{Interlocked.Increment(ref name)}", true)), default);
        });
        while (writer.Read < 2000)
            await Task.Yield();
        var end = await writer.FinishAsync(Day, Completeness.TimedOut, null, default);
        Assert.Contains("has ended", (await Assert.ThrowsAsync<InvalidOperationException>(() => source)).Message, StringComparison.Ordinal);
        Assert.Equal(end.Read, await CountAsync(store, "SELECT COUNT(*) FROM fact_version"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => writer.FinishAsync(Day, Completeness.TimedOut, null, default));
    }

    [Fact]
    public async Task Facts_without_a_word_on_completeness_are_never_complete()
    {
        await using var store = await OpenAsync();
        await using (var writer = await store.BeginCollectionAsync("directory", 1, null, "directory:x", "0.1.0", Day, default))
        {
            await writer.AddAsync(FactAbout(new Account("alice", true)), default);
            await writer.FinishAsync(Day, Completeness.Failed, null, default);
        }

        Assert.Equal(Completeness.Failed, Assert.Single((await store.ReadAsync(Day, default)).Coverage).State);
    }

    [Fact]
    public async Task Kinds_that_this_build_does_not_know_are_left_out_and_counted()
    {
        await using var store = await OpenAsync();
        await CollectAsync(store, Day, Completeness.Complete, [new("alice", true), new("bob", true)]);
        await ChangeAsync(store, "UPDATE fact_course SET aspect = 'from.the.future' WHERE subject LIKE '%bob'");
        var facts = await store.ReadAsync(Day, default);
        Assert.Equal((1, 1L), (facts.Facts.Count, facts.UnknownKinds));
    }

    [Fact]
    public async Task A_value_that_cannot_be_read_back_takes_completeness_away()
    {
        await using var store = await OpenAsync();
        await CollectAsync(store, Day, Completeness.Complete, [new("alice", true), new("bob", true)]);
        await ChangeAsync(store, "UPDATE fact_version SET value = 'x' WHERE course = (SELECT number FROM fact_course WHERE subject LIKE '%bob')");
        var facts = await store.ReadAsync(Day, default);
        Assert.Single(facts.Facts);
        Assert.Equal(Completeness.Failed, Assert.Single(facts.Coverage).State);
    }

    [Fact]
    public async Task Versions_of_an_earlier_build_are_the_same_after_the_upgrade()
    {
        Directory.CreateDirectory(Folder().CompanyRoot("acme"));
        await EarlierBuild.FillAsync(Folder().DatabaseOf("acme"));
        await using var store = await OpenAsync();

        var first = Assert.Single(Accounts(await store.ReadAsync(Day, default)));
        Assert.Equal((new Account("alice", true), Day, Digest.FromBytes(new byte[32]), "/0"), (first.Value, first.FirstSeen, first.At!.Blob, first.At.Path));
        Assert.Equal([("alice", false), ("bob", true)], Accounts(await store.ReadAsync(Day.AddDays(1), default)).Select(fact => (fact.Value.Name, fact.Value.Enabled)));
        var window = await store.WindowAsync([Aspect.Of<Account>()], new Stretch(Day, Day.AddDays(2)), Day.AddDays(2), default);
        Assert.Equal(["0", "1", "1"], window.Of<Account>().SelectMany(course => course.Versions).Select(told => told.Version.Collection));
        var end = await CollectAsync(store, Day.AddDays(2), Completeness.Complete, [new("alice", false), new("carol", true)]);
        Assert.Equal((1, 1), (end.Opened, end.Closed));
    }

    [Fact]
    public async Task A_clock_that_jumped_back_stores_nothing_and_a_small_step_keeps_the_order()
    {
        await using var store = await OpenAsync();
        await CollectAsync(store, Day, Completeness.Complete, [new("alice", true)]);
        var problem = await Assert.ThrowsAsync<DataProblem>(() => CollectAsync(store, Day.AddDays(-1), Completeness.Complete, [new("alice", false)]));
        Assert.Contains("2026-03-01 12:00:00", problem.Why, StringComparison.Ordinal);
        Assert.True(Assert.Single(Accounts(await store.ReadAsync(Day.AddDays(1), default))).Value.Enabled);

        var end = await CollectAsync(store, Day.AddSeconds(-1), Completeness.Complete, [new("alice", false)]);
        Assert.Equal(Day.AddTicks(10), end.Finished);
        Assert.False(Assert.Single(Accounts(await store.ReadAsync(Day.AddDays(1), default))).Value.Enabled);
    }

    [Fact]
    public async Task Text_that_a_database_refuses_is_stored_with_a_mark_in_its_place()
    {
        await using var store = await OpenAsync();
        await CollectAsync(store, Day, Completeness.Complete, [new("al\0ice \ud800 \ud83d\ude00", true)]);
        var account = Assert.Single(Accounts(await store.ReadAsync(Day, default)));
        Assert.Equal("directory:x/account/al\ufffdice \ufffd \ud83d\ude00", account.Subject);
    }

    [Fact]
    public async Task Acts_come_back_as_they_were_told()
    {
        await using var store = await OpenAsync();
        var act = new Act("reviewed", "directory:x", "ops@x.test", Day.AddDays(-1), Day, new DateRange(new(2026, 1, 1), new(2026, 3, 31)), new Pointer(Digest.FromBytes(new byte[32]), "/a"), "All fine.");
        await store.AddActAsync(act, null, default);
        await store.AddActAsync(act with { Covers = null, File = null, Says = null, RecordedAt = Day.AddDays(1) }, null, default, entry: "e");
        Assert.Equal([act], (await store.ReadAsync(Day, default)).Acts);
        Assert.Equal(2, (await store.ReadAsync(Day.AddDays(1), default)).Acts.Count);
    }

    private static async Task ChangeAsync(CompanyStore store, string sql)
    {
        await using var connection = await store.Database.OpenAsync(default);
        Assert.True(await connection.Command(sql).RunAsync(default) > 0);
    }
}
