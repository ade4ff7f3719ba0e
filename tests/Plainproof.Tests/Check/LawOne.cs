using Plainproof.Assurance;
using Plainproof.Checks;
using Plainproof.Checks.Own;
using Plainproof.Facts;
using Xunit;

namespace Plainproof.Tests.Check;

/// <summary>Could not look is never a pass, for a company's own checks as for ours.</summary>
public sealed class LawOne
{
    private static readonly DateTimeOffset Day = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(Completeness.Partial, Reason.Truncated)]
    [InlineData(Completeness.Unproven, Reason.Unproven)]
    [InlineData(Completeness.Denied, Reason.NoPermission)]
    [InlineData(Completeness.Throttled, Reason.Throttled)]
    [InlineData(Completeness.Unreachable, Reason.Unreachable)]
    [InlineData(Completeness.TimedOut, Reason.Timeout)]
    [InlineData(Completeness.NotLicensed, Reason.NotLicensed)]
    [InlineData(Completeness.Disabled, Reason.Disabled)]
    [InlineData(Completeness.Stale, Reason.Stale)]
    [InlineData(Completeness.Failed, Reason.Fault)]
    public void No_state_but_complete_carries_a_pass_and_each_keeps_its_own_reason(Completeness state, Reason reason)
    {
        var results = Judge(new Coverage(Aspect.Of<Account>(), "directory:d", state, "Because."), Ann);
        Assert.DoesNotContain(results, result => result.Outcome == Outcome.Pass);
        Assert.All(results, result => Assert.Equal((Outcome.NotTested, reason), (result.Outcome, result.Reason)));
    }

    [Fact]
    public void Complete_coverage_carries_a_pass() =>
        Assert.Equal(Outcome.Pass, Assert.Single(Judge(new Coverage(Aspect.Of<Account>(), "directory:d", Completeness.Complete, Read: 1, Expected: 1), Ann)).Outcome);

    [Fact]
    public void An_empty_list_counts_only_when_it_is_proven_empty()
    {
        var proven = Assert.Single(Judge(new Coverage(Aspect.Of<Account>(), "directory:d", Completeness.Complete, Read: 0, Expected: 0)));
        var unproven = Assert.Single(Judge(new Coverage(Aspect.Of<Account>(), "directory:d", Completeness.Complete, Read: 0)));
        Assert.Equal(Outcome.NotApplicable, proven.Outcome);
        Assert.Equal((Outcome.NotTested, Reason.EmptyUnproven), (unproven.Outcome, unproven.Reason));
    }

    [Fact]
    public void What_nobody_connected_is_told_and_not_left_out()
    {
        var result = Assert.Single(Judge(null));
        Assert.Equal((Outcome.NotTested, Reason.SourceMissing), (result.Outcome, result.Reason));
    }

    [Fact]
    public void What_was_read_more_than_seven_days_ago_no_longer_counts()
    {
        var line = new Coverage(Aspect.Of<Account>(), "directory:d", Completeness.Complete, Read: 1, Expected: 1, At: Day.AddDays(-7.1));
        Assert.Equal(Completeness.Stale, Staleness.Judge(line, Day).State);
        Assert.Equal(Completeness.Complete, Staleness.Judge(line with { At = Day.AddDays(-6.9) }, Day).State);
    }

    [Fact]
    public void A_check_that_breaks_is_our_error_and_takes_its_passes_with_it()
    {
        var evaluation = Evaluator.Run(new Broken(), Facts(new Coverage(Aspect.Of<Account>(), "directory:d", Completeness.Complete, Read: 1, Expected: 1), Ann), new Given(Day, new Dictionary<string, double>()));
        Assert.Equal((Outcome.Error, Reason.Fault), (Assert.Single(evaluation.Results).Outcome, evaluation.Results[0].Reason));
    }

    private static Dated Ann => new Dated<Account>("directory:d/account/ann", "directory:d", new Account("ann", true, Email: "ann@acme.example"), Day, Day, new Pointer(default, "/0"));

    private static IReadOnlyList<Result> Judge(Coverage? line, params Dated[] facts)
    {
        var check = Assert.Single(OwnChecks.Read("own.yaml", new StringReader(
            """
            id: enabled-accounts-have-mail
            title: Every enabled account has a mail address
            over: account.core
            when: { enabled: true }
            pass: { email: { present: true } }
            say: "{name} has {email}."
            criteria: [CC6.2]
            """)).Checks);
        return Evaluator.Run(check, Facts(line, facts), Evaluator.GivenFor(check, Day)).Results;
    }

    private static Snapshot Facts(Coverage? line, params Dated[] facts) => Snapshot.Of(facts, line is null ? [] : [line], [], []);

    private sealed class Broken : ICheck
    {
        public CheckInfo Info { get; } = new("broken", 1, "Breaks", CheckKind.State, Judges.Each, Severity.Low, ["account.core"], [], [], [], new GapWords("", "", [], new Span(0, 0), new Span(0, 0), ""), "");

        public void Evaluate(IFacts facts, Given given, Findings into)
        {
            into.Judge(facts.Of<Account>()[0], Outcome.Pass);
            throw new InvalidOperationException("planted");
        }

        public string Say(in Result result, Given given) => "broken";
    }
}
