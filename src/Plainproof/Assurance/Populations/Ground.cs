using Plainproof.Checks;
using Plainproof.Facts;

namespace Plainproof.Assurance.Populations;

/// <summary>What the company's own check of a population stands on: facts over the window, the checks of this build, the company's numbers.</summary>
internal sealed class Ground
{
    private readonly PopulationKind _kind;
    private readonly ILookup<string, DateTimeOffset> _due;
    private readonly IReadOnlyDictionary<string, double> _numbers;
    private readonly Lazy<Snapshot> _snapshot;

    /// <param name="due">When each system was to be read, oldest first.</param>
    /// <param name="numbers">Those that the company decided on.</param>
    public Ground(PopulationKind kind, WindowFacts facts, ILookup<string, DateTimeOffset> due, IReadOnlyDictionary<string, double> numbers)
    {
        (_kind, Facts, _due, _numbers) = (kind, facts, due, numbers);
        _snapshot = new Lazy<Snapshot>(() => Assurance.Snapshot.Of(facts.Newest(), Coverage(), facts.Acts, CheckLibrary.Derivations));
    }

    public WindowFacts Facts { get; }

    /// <summary>The last that was told of each subject.</summary>
    public IFacts Snapshot => _snapshot.Value;

    /// <summary>The number of a check, as the company decided it or as we suggest.</summary>
    public double Number(string check, string name) => GivenFor(Check(check))[name];

    public IReadOnlyList<Hole> HolesOf(Aspect aspect) => ListCoverage.HolesOf([aspect], Facts, _due);

    /// <summary>What a check of this build says of each subject.</summary>
    /// <param name="instead">Numbers that stand in for the company's where the check asks something that a list over a window does not.</param>
    public IReadOnlyDictionary<string, Finding> Judge(string check, params ReadOnlySpan<(string Name, double Number)> instead)
    {
        var rule = Check(check);
        var given = GivenFor(rule);
        foreach (var (name, number) in instead)
            given = given with { Parameters = new Dictionary<string, double>(given.Parameters, StringComparer.Ordinal) { [name] = number } };
        var evaluation = Evaluator.Run(rule, Snapshot, given);
        return evaluation.Results.Where(result => result.About is not null)
            .GroupBy(result => result.Subject, StringComparer.Ordinal)
            .ToDictionary(some => some.Key, some => new Finding(rule.Info.Title, VerdictOf(some.First().Outcome), evaluation.Message(some.First())), StringComparer.Ordinal);
    }

    /// <summary>What a check says of one fact alone, as of a moment.</summary>
    public Finding? Judge(string check, Dated fact, DateTimeOffset asOf)
    {
        var rule = Check(check);
        var given = GivenFor(rule) with { AsOf = asOf };
        var findings = new Findings();
        rule.Evaluate(Assurance.Snapshot.Of([fact], [], [], []), given, findings);
        return findings.All.Select(result => new Finding(rule.Info.Title, VerdictOf(result.Outcome), result.Say?.Invoke() ?? rule.Say(result, given))).FirstOrDefault();
    }

    private Given GivenFor(ICheck check) => Evaluator.GivenFor(check, Facts.AsOf, _numbers);

    private static ICheck Check(string id) => CheckLibrary.All.Single(check => check.Info.Id == id);

    /// <summary>
    /// The newest look at each kind of fact of each system. The list says itself where items may be missing, and an item that is on it was
    /// looked at: so what the list is made of counts as seen here, and what it is joined with does not.
    /// </summary>
    private IEnumerable<Coverage> Coverage() => Facts.Looks.GroupBy(look => (look.Line.Scope, look.Line.Aspect)).Select(some => some.Last().Line)
        .Select(line => _kind.Reads.Contains(line.Aspect) ? line with { State = Completeness.Complete, Why = null, Mend = null } : line);

    private static Verdict VerdictOf(Outcome outcome) => outcome switch
    {
        Outcome.Pass => Verdict.Met,
        Outcome.Fail => Verdict.NotMet,
        Outcome.NotApplicable => Verdict.NotAsked,
        _ => Verdict.CouldNotTell,
    };
}
