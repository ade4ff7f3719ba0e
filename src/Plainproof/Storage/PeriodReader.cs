using Plainproof.Assurance.Period;
using Plainproof.Checks;
using Plainproof.Facts;

namespace Plainproof.Storage;

/// <summary>What is stored of a span of time. Results that came and went together are one row.</summary>
internal static class PeriodReader
{
    /// <summary>A system that nobody looked at for longer is forgotten; before that it is one that is not watched.</summary>
    private static readonly TimeSpan Known = TimeSpan.FromDays(366);

    public static async Task<PeriodFacts> ReadAsync(Database database, DateTimeOffset from, DateTimeOffset to, CancellationToken stop)
    {
        (string, object?)[] span = [("company", database.Company), ("from", Micros.Of(from)), ("to", Micros.Of(to)), ("before", Micros.Of(from - Watch.Longest - Watch.Tolerance)), ("known", Micros.Of(from - Known)), ("fail", Words.Of(Outcome.Fail))];
        await using var connection = await database.OpenAsync(stop);
        await using var within = await database.BeginReadAsync(connection, stop);
        var looks = await within.Command(
            """
            SELECT scope, aspect, at, state FROM coverage WHERE company = @company AND at BETWEEN @before AND @to
            UNION ALL SELECT scope, aspect, MAX(at), @stale FROM coverage WHERE company = @company AND at BETWEEN @known AND @before - 1 GROUP BY scope, aspect
            ORDER BY 3
            """, [.. span, ("stale", Words.Of(Completeness.Stale))])
            .ListAsync(row => new Look(row.GetString(0), new Aspect(row.GetString(1)), Micros.Time(row.GetInt64(2)), Words.Parse<Completeness>(row.GetString(3))), stop);
        var spells = await within.Command(
            """
            SELECT check_id, scope, outcome, from_at, until_at FROM result
            WHERE company = @company AND from_at <= @to AND (until_at IS NULL OR until_at > @from)
            GROUP BY check_id, scope, outcome, from_at, until_at
            """, span)
            .ListAsync(row => new Spell(row.GetString(0), row.GetString(1), Words.Parse<Outcome>(row.GetString(2)), Micros.Time(row.GetInt64(3)), row.NumberOrNull(4) is { } until ? Micros.Time(until) : null), stop);
        var deviations = await within.Command(
            """
            SELECT check_id, scope, subject, from_at, until_at FROM result
            WHERE company = @company AND outcome = @fail AND from_at <= @to AND (until_at IS NULL OR until_at > @from)
            ORDER BY check_id, scope, subject, from_at
            """, span)
            .ListAsync(row => new Deviation(row.GetString(0), row.GetString(1), row.GetString(2), Micros.Time(row.GetInt64(3)), row.NumberOrNull(4) is { } until ? Micros.Time(until) : null), stop);
        return new PeriodFacts(looks, spells, Joined(deviations));
    }

    /// <summary>What went on under another reason, number or version of the check is one deviation.</summary>
    private static List<Deviation> Joined(IReadOnlyList<Deviation> inOrder)
    {
        var joined = new List<Deviation>();
        foreach (var one in inOrder)
        {
            if (joined.Count > 0 && joined[^1] is var last && (last.Check, last.Scope, last.Subject) == (one.Check, one.Scope, one.Subject) && (last.Until is null || one.From <= last.Until))
                joined[^1] = last with { Until = last.Until is null || one.Until is null ? null : one.Until > last.Until ? one.Until : last.Until };
            else
                joined.Add(one);
        }

        return joined;
    }
}
