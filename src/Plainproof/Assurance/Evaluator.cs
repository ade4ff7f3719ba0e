using System.Runtime.InteropServices;
using Plainproof.Checks;
using Plainproof.Facts;

namespace Plainproof.Assurance;

/// <summary>One check's results, with the words to read them.</summary>
internal sealed record Evaluation(ICheck Check, Given Given, IReadOnlyList<Result> Results)
{
    private readonly Lazy<IReadOnlyDictionary<Outcome, int>> _counts = new(() => Results.CountBy(result => result.Outcome).ToDictionary());

    public string Message(in Result result) =>
        result.Say?.Invoke() ?? Check.Say(result, Given);

    /// <summary>Counted once: results do not change, there may be many, and every page asks.</summary>
    public int Count(Outcome outcome) => _counts.Value.GetValueOrDefault(outcome);
}

/// <summary>
/// Runs checks and alone applies law 1: could not look is never a pass.
/// Every check that runs yields at least one result; nothing is left out in silence.
/// </summary>
internal static class Evaluator
{
    public static IReadOnlyList<Evaluation> Run(
        IReadOnlyList<ICheck> checks, IFacts facts, DateTimeOffset asOf, IReadOnlyDictionary<string, double>? companyNumbers = null) =>
        [.. checks.Select(check => Run(check, facts, GivenFor(check, asOf, companyNumbers)))];

    public static Evaluation Run(ICheck check, IFacts facts, Given given) =>
        new(check, given, facts.Coverage(check.Info.ReadAspects[0]) is { Count: > 0 } driving
            ? Judge(check, facts, given, driving)
            : [NothingConnected(check)]);

    public static Given GivenFor(ICheck check, DateTimeOffset asOf, IReadOnlyDictionary<string, double>? companyNumbers = null)
    {
        var numbers = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var (name, parameter) in check.Info.Parameters ?? new Dictionary<string, Parameter>())
            numbers[name] = companyNumbers?.TryGetValue($"{check.Info.Id}.{name}", out var own) == true ? own : parameter.Default;
        return new Given(asOf, numbers);
    }

    private static IReadOnlyList<Result> Judge(ICheck check, IFacts facts, Given given, IReadOnlyList<Coverage> driving)
    {
        var findings = new Findings();
        try
        {
            check.Evaluate(facts, given, findings);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return [new Result(null, "", Outcome.Error, Reason.Fault, () => $"The check itself failed: {e.Message} This is a fault in Plainproof, not in your setup.")];
        }

        var joins = HoleInJoins(check, facts);
        var scopes = new Dictionary<string, Scope>(StringComparer.Ordinal);
        foreach (var line in driving)
            scopes.TryAdd(line.Scope, new Scope(joins ?? HoleInScope(check, facts, line.Scope)));
        scopes.TryAdd("", new Scope(scopes.Values.Select(scope => scope.Hole).FirstOrDefault(hole => hole is not null)));

        ApplyLawOne(check, findings, scopes);
        foreach (var line in driving.DistinctBy(line => line.Scope))
            JudgeScope(line, scopes[line.Scope], findings);
        return findings.All;
    }

    /// <summary>Takes back what may not be said of a scope that was not wholly seen, and says why.</summary>
    private static void ApplyLawOne(ICheck check, Findings findings, Dictionary<string, Scope> scopes)
    {
        var whole = check.Info.Judges == Judges.Whole || check.Info.JoinAspects.Count > 0;
        var (holes, unjudged) = (scopes.Values.Any(scope => scope.Hole is not null), scopes.Count - 1);
        var (lastName, last) = ("", scopes[""]);
        foreach (ref var result in CollectionsMarshal.AsSpan(findings.Results))
        {
            if (!ReferenceEquals(result.Scope, lastName))
                (lastName, last) = (result.Scope, scopes.GetValueOrDefault(result.Scope) ?? scopes[""]);
            if (!last.Judged && last != scopes[""])
                unjudged--;
            last.Judged = true;
            if (last.Hole is { } hole && (result.Outcome == Outcome.Pass || (whole && result.Outcome is Outcome.Fail or Outcome.NotApplicable)))
            {
                result = new Result(result.About, result.Scope, Outcome.NotTested, hole.Reason, hole.Words);
                last.Told |= result.About is null && result.Scope.Length > 0;
            }

            // Everything was seen, so nothing is to be taken back, and every system has a result: the other millions need no look.
            if (!holes && unjudged == 0)
                return;
        }
    }

    /// <summary>What is said of the scope itself: a hole always; emptiness only as "not applicable" when it is proven (rule b).</summary>
    private static void JudgeScope(Coverage driving, Scope scope, Findings findings)
    {
        if (scope.Told)
            return;
        if (scope.Hole is { } hole)
            findings.JudgeScope(driving.Scope, Outcome.NotTested, hole.Words, hole.Reason);
        else if (!scope.Judged && driving.ProvenEmpty)
            findings.JudgeScope(driving.Scope, Outcome.NotApplicable, () => $"There is nothing of this kind here ({Kinds.PlainOf(driving.Aspect)}: 0 of 0).");
        else if (!scope.Judged && driving.Read == 0)
            findings.JudgeScope(driving.Scope, Outcome.NotTested, () => "Nothing was found, and nothing shows that nothing is there.", Reason.EmptyUnproven);
        else if (!scope.Judged)
            findings.JudgeScope(driving.Scope, Outcome.NotApplicable, () => $"None of the {driving.Read} things read is of the sort this check is about.");
    }

    private static Result NothingConnected(ICheck check)
    {
        var aspect = check.Info.ReadAspects[0];
        return new Result(null, "", Outcome.NotTested, Reason.SourceMissing, () => $"Not looked at. Nothing is connected that tells about: {Lower(Kinds.PlainOf(aspect))}.");
    }

    private static Hole? HoleInScope(ICheck check, IFacts facts, string scope)
    {
        foreach (var aspect in check.Info.ReadAspects)
        {
            var lines = facts.Coverage(aspect).Where(line => line.Scope == scope).ToList();
            if (lines.Count == 0)
                return new Hole(Reason.NotOffered, $"This system does not tell about: {Lower(Kinds.PlainOf(aspect))}.");
            if (lines.FirstOrDefault(line => line.State != Completeness.Complete) is { } line)
                return Hole.Of(line);
        }

        return null;
    }

    private static Hole? HoleInJoins(ICheck check, IFacts facts)
    {
        foreach (var aspect in check.Info.JoinAspects)
        {
            var lines = facts.Coverage(aspect);
            if (lines.Count == 0)
                return new Hole(Reason.SourceMissing, $"Nothing is connected that tells about: {Lower(Kinds.PlainOf(aspect))}.");
            if (lines.FirstOrDefault(line => line.State != Completeness.Complete) is { } line)
                return Hole.Of(line);
        }

        return null;
    }

    private static string Lower(string words) => words.Length > 1 && char.IsUpper(words[1]) ? words : char.ToLowerInvariant(words[0]) + words[1..];

    private sealed class Scope(Hole? hole)
    {
        public Hole? Hole { get; } = hole;

        public bool Judged { get; set; }

        /// <summary>True when a result about the scope itself already tells of the hole.</summary>
        public bool Told { get; set; }
    }

    private sealed record Hole(Reason Reason, string Why)
    {
        /// <summary>One for all results that the hole takes back.</summary>
        public Func<string> Words { get; } = () => Why;

        public static Hole Of(Coverage line) => new(
            ReasonFor(line.State),
            string.Join(' ', new[] { line.Why ?? $"{Kinds.PlainOf(line.Aspect)} could not be read in full.", line.Mend }.Where(part => !string.IsNullOrEmpty(part))));

        private static Reason ReasonFor(Completeness state) => state switch
        {
            Completeness.Partial => Reason.Truncated,
            Completeness.Unproven => Reason.Unproven,
            Completeness.Denied => Reason.NoPermission,
            Completeness.Throttled => Reason.Throttled,
            Completeness.Unreachable => Reason.Unreachable,
            Completeness.TimedOut => Reason.Timeout,
            Completeness.NotLicensed => Reason.NotLicensed,
            Completeness.Disabled => Reason.Disabled,
            Completeness.Stale => Reason.Stale,
            _ => Reason.Fault,
        };
    }
}
