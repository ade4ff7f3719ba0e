using Plainproof.Checks;
using Plainproof.Checks.Own;
using Plainproof.Facts;
using Xunit;

namespace Plainproof.Tests.Check;

/// <summary>A company's own checks: each condition, and every mistake by file and line.</summary>
public sealed class OwnCheckTests
{
    private static readonly DateTimeOffset Day = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("name: ann", true)]
    [InlineData("name: { not: ann }", false)]
    [InlineData("name: [bob, ann]", true)]
    [InlineData("name: { notIn: [bob, ann] }", false)]
    [InlineData("name: { contains: N }", true)]
    [InlineData("name: { matches: '^a.n$' }", true)]
    [InlineData("name: { matches: '^b' }", false)]
    [InlineData("nature: person", true)]
    [InlineData("enabled: false", false)]
    [InlineData("email: { present: false }", true)]
    [InlineData("email: ann@acme.example", false)]
    [InlineData("createdAt: { withinDays: 30 }", true)]
    [InlineData("createdAt: { olderThanDays: 30 }", false)]
    public void A_condition_holds_or_not(string condition, bool passes)
    {
        var account = new Account("ann", true, AccountNature.Person, CreatedAt: Day.AddDays(-10));
        Assert.Equal(passes ? Outcome.Pass : Outcome.Fail, Judge("account.core", condition, account));
    }

    [Theory]
    [InlineData("minLength: { atLeast: 12 }", true)]
    [InlineData("minLength: { above: 12 }", false)]
    [InlineData("minLength: { below: 13, atMost: 12 }", true)]
    [InlineData("appliesTo: { contains: Staff }", true)]
    [InlineData("history: { atLeast: 1 }", false)]
    public void Numbers_and_lists_compare_and_what_is_not_known_does_not_pass(string condition, bool passes) =>
        Assert.Equal(passes ? Outcome.Pass : Outcome.Fail, Judge("password.policy", condition, new PasswordPolicy("default", true, ["staff"], 12, 5)));

    [Fact]
    public void Every_mistake_is_told_with_its_file_and_line_and_nothing_runs()
    {
        var (checks, problems) = OwnChecks.Read("own.yaml", new StringReader(
            """
            id: Bad Id
            title: Something
            over: account.cor
            pas: { enabled: false }
            severity: huge
            criteria: [CC99]
            """));
        Assert.Empty(checks);
        var said = problems.Select(problem => problem.ToString()).ToList();
        Assert.Contains(said, line => line.StartsWith("own.yaml:3: There is no kind of fact 'account.cor'. Did you mean 'account.core'", StringComparison.Ordinal));
        Assert.Contains(said, line => line.StartsWith("own.yaml:4: There is no 'pas' in a check. Did you mean 'pass'", StringComparison.Ordinal));
        Assert.Contains(said, line => line.Contains("'pass' is needed", StringComparison.Ordinal));
        Assert.Contains(said, line => line.StartsWith("own.yaml:1: The id 'Bad Id' may hold", StringComparison.Ordinal));
        Assert.Contains(said, line => line.StartsWith("own.yaml:5: The severity 'huge'", StringComparison.Ordinal));
        Assert.Contains(said, line => line.StartsWith("own.yaml:6: A criterion is an id such as CC6.1", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("pass: { enabld: true }", "own.yaml:4: 'enabld' is nothing that account.core has.")]
    [InlineData("pass: { enabled: perhaps }", "own.yaml:4: 'perhaps' does not fit here; true or false is needed.")]
    [InlineData("pass: { name: { above: 3 } }", "own.yaml:4: 'above' compares numbers.")]
    [InlineData("pass: { name: { like: x } }", "own.yaml:4: There is no condition 'like'.")]
    [InlineData("pass: { name: { matches: '(' } }", "own.yaml:4: This pattern cannot be used")]
    public void A_wrong_condition_is_told_at_its_line(string pass, string problem)
    {
        var (checks, problems) = OwnChecks.Read("own.yaml", new StringReader($"id: mine\ntitle: Mine\nover: account.core\n{pass}\ncriteria: [CC6.1]\n"));
        Assert.Empty(checks);
        Assert.Contains(problems, one => one.ToString().StartsWith(problem, StringComparison.Ordinal));
    }

    private static Outcome Judge<T>(string over, string condition, T value) where T : notnull
    {
        var (checks, problems) = OwnChecks.Read("own.yaml", new StringReader($"id: mine\ntitle: Mine\nover: {over}\npass: {{ {condition} }}\ncriteria: [CC6.1]\n"));
        Assert.Empty(problems);
        var facts = Assurance.Snapshot.Of([new Dated<T>("directory:d/it/1", "directory:d", value, Day, Day, null)], [new Coverage(new Aspect(over), "directory:d", Completeness.Complete, Read: 1, Expected: 1)], [], []);
        return Assert.Single(Assurance.Evaluator.Run(checks[0], facts, Assurance.Evaluator.GivenFor(checks[0], Day)).Results).Outcome;
    }
}
