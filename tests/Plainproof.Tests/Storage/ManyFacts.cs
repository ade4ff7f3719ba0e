using System.Diagnostics;
using Plainproof.Facts;
using Xunit;

namespace Plainproof.Tests.Storage;

[Collection("Memory")]
public sealed class ManyFactsOnSqlite() : ManyFacts(false);

[Collection("Memory")]
public sealed class ManyFactsOnPostgresql() : ManyFacts(true);

public abstract class ManyFacts(bool postgresql) : StoreTests(postgresql)
{
    [Fact]
    public async Task Ten_thousand_facts_come_back()
    {
        await using var store = await OpenAsync();
        await CollectAsync(store, Day, Completeness.Complete, Accounts(10_000));
        var facts = (await store.ReadAsync(Day, default)).Facts;
        Assert.Equal(10_000, facts.Select(fact => fact.Subject).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    [Trait("Long", "true")]
    public async Task A_hundred_thousand_accounts_stream_through_little_memory()
    {
        await using var store = await OpenAsync();
        var watch = Stopwatch.StartNew();
        var floor = GC.GetTotalMemory(forceFullCollection: true);
        await using (var writer = await store.BeginCollectionAsync("directory", 1, null, "directory:x", "0.1.0", Day, default))
        {
            foreach (var account in Accounts(100_000))
                await writer.AddAsync(FactAbout(account), default);
            await writer.CoverAsync(new Coverage(Aspect.Of<Account>(), "directory:x", Completeness.Complete, Read: 100_000, Expected: 100_000), default);
            var held = GC.GetTotalMemory(forceFullCollection: true) - floor;
            var end = await writer.FinishAsync(Day, Completeness.Complete, null, default);
            TestContext.Current.TestOutputHelper!.WriteLine($"100,000 new facts in {watch.ElapsedMilliseconds} ms, holding {held >> 10} KB");
            Assert.Equal(100_000, end.Opened);
            Assert.True(held < 20 << 20, $"The writer held {held} bytes.");
        }

        watch.Restart();
        var again = await CollectAsync(store, Day.AddDays(1), Completeness.Complete, Accounts(100_000));
        TestContext.Current.TestOutputHelper!.WriteLine($"the same 100,000 again in {watch.ElapsedMilliseconds} ms");
        Assert.Equal((100_000, 0, 0), (again.Read, again.Opened, again.Closed));
        watch.Restart();
        Assert.Equal(100_000, (await store.ReadAsync(Day.AddDays(1), default)).Facts.Count);
        TestContext.Current.TestOutputHelper!.WriteLine($"100,000 facts read in {watch.ElapsedMilliseconds} ms");
    }

    private static IEnumerable<Account> Accounts(int count) => Enumerable.Range(0, count)
        .Select(n => new Account($"user{n}", n % 7 != 0, AccountNature.Person, $"User Number {n}", $"user{n}@corp.example.test", true, $"S-1-5-21-1-2-3-{n}", Day.AddDays(-n % 900)));
}
