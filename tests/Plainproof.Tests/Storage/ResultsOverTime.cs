using Plainproof.Checks;
using Plainproof.Storage;
using Xunit;

namespace Plainproof.Tests.Storage;

public sealed class ResultsOverTimeOnSqlite() : ResultsOverTime(false);

public sealed class ResultsOverTimeOnPostgresql() : ResultsOverTime(true);

public abstract class ResultsOverTime(bool postgresql) : StoreTests(postgresql)
{
    private static readonly SavedResult Passed = new("accounts.idle", 1, "p", "directory:x", "directory:x/account/alice", Outcome.Pass, Reason.None);
    private static readonly SavedResult Failed = Passed with { Outcome = Outcome.Fail };
    private static readonly SavedResult Other = Passed with { CheckId = "hosts.disk", Subject = "host:a", Scope = "host:a" };

    [Fact]
    public async Task A_run_that_says_the_same_writes_no_result_and_moves_last()
    {
        await using var store = await OpenAsync();
        for (var day = 0; day < 30; day++)
            await store.SaveResultsAsync([Passed, Other, Passed], Day.AddDays(day), default);

        Assert.Equal(2, await CountAsync(store, "SELECT COUNT(*) FROM result"));
        Assert.Equal(30, await CountAsync(store, "SELECT COUNT(*) FROM evaluation"));
        Assert.All(await store.ResultsAsync(Day.AddDays(10.5), default), result => Assert.Equal((Day, Day.AddDays(10), null), (result.From, result.Last, result.Until)));
    }

    [Fact]
    public async Task A_change_ends_the_old_result_and_erases_nothing()
    {
        await using var store = await OpenAsync();
        await store.SaveResultsAsync([Passed], Day, default);
        await store.SaveResultsAsync([Passed], Day.AddDays(1), default);
        await store.SaveResultsAsync([Failed], Day.AddDays(2), default);
        await store.SaveResultsAsync([Passed], Day.AddDays(3), default);

        Assert.Equal(Failed, Assert.Single(await store.ResultsAsync(Day.AddDays(2), default)).Result);
        var all = (await store.ResultsOverAsync(Day, Day.AddDays(9), default)).OrderBy(result => result.From).ToList();
        Assert.Equal([Passed, Failed, Passed], all.Select(result => result.Result));
        Assert.Equal((Day, Day.AddDays(1), Day.AddDays(2)), (all[0].From, all[0].Last, all[0].Until));
        Assert.Null(all[2].Until);
    }

    [Fact]
    public async Task A_different_reason_is_a_different_result()
    {
        await using var store = await OpenAsync();
        var denied = Passed with { Outcome = Outcome.NotTested, Reason = Reason.NoPermission };
        await store.SaveResultsAsync([denied], Day, default);
        await store.SaveResultsAsync([denied with { Reason = Reason.Truncated }], Day.AddDays(1), default);
        Assert.Equal(Reason.Truncated, Assert.Single(await store.ResultsAsync(Day.AddDays(1), default)).Result.Reason);
        Assert.Equal(2, await CountAsync(store, "SELECT COUNT(*) FROM result"));
    }

    [Fact]
    public async Task A_new_version_of_a_check_or_other_numbers_end_what_the_old_one_said()
    {
        await using var store = await OpenAsync();
        await store.SaveResultsAsync([Passed, Other], Day, default);
        await store.SaveResultsAsync([Passed with { CheckVersion = 2 }], Day.AddDays(1), default);
        await store.SaveResultsAsync([Passed with { CheckVersion = 2, ParametersHash = "q" }], Day.AddDays(2), default);

        var now = await store.ResultsAsync(Day.AddDays(3), default);
        Assert.Equal([Passed with { CheckVersion = 2, ParametersHash = "q" }, Other], now.Select(result => result.Result).OrderBy(result => result.CheckId, StringComparer.Ordinal));
        Assert.Equal(Day, now.Single(result => result.Result == Other).Last);
    }

    [Fact]
    public async Task Many_results_are_saved_and_read_back()
    {
        await using var store = await OpenAsync();
        var many = Enumerable.Range(0, 20_000).Select(i => Passed with { Subject = $"directory:x/account/u{i}" }).ToList();
        await store.SaveResultsAsync(many, Day, default);
        many[7] = many[7] with { Outcome = Outcome.Fail };
        await store.SaveResultsAsync(many, Day.AddDays(1), default);
        var now = await store.ResultsAsync(Day.AddDays(1), default);
        Assert.Equal(20_000, now.Count);
        Assert.Equal("directory:x/account/u7", Assert.Single(now, result => result.Result.Outcome == Outcome.Fail).Result.Subject);
        Assert.Equal(20_001, await CountAsync(store, "SELECT COUNT(*) FROM result"));
    }
}
