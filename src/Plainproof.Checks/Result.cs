using Plainproof.Facts;

namespace Plainproof.Checks;

public enum Outcome : byte
{
    Pass,
    Fail,
    NotApplicable,

    /// <summary>A person must look: the facts hold something the rule does not understand.</summary>
    NeedsReview,
    NotTested,

    /// <summary>The rule itself failed. Our fault.</summary>
    Error,
}

/// <summary>Why a result is not a verdict. Different reasons are never merged.</summary>
public enum Reason : byte
{
    None,
    NoPermission,
    NotLicensed,
    Unreachable,
    Throttled,
    Truncated,
    Timeout,

    /// <summary>No source that could tell has been connected.</summary>
    SourceMissing,

    /// <summary>The system was read, and it does not hold this.</summary>
    NotOffered,

    /// <summary>Nothing was found, and nothing shows that nothing is there.</summary>
    EmptyUnproven,

    /// <summary>Something was found, and nothing shows that it is all.</summary>
    Unproven,
    Disabled,

    /// <summary>It was read, and too long ago to say so of today.</summary>
    Stale,
    AwaitingHuman,
    Fault,
}

/// <summary>What one check says of one subject. Words are rendered only when someone looks.</summary>
/// <param name="About">The fact that was judged; null when the result is about a whole scope.</param>
/// <param name="Scope">The system; empty when no source was connected.</param>
/// <param name="Say">Renders the message, for results that no single fact explains.</param>
public readonly record struct Result(Dated? About, string Scope, Outcome Outcome, Reason Reason, Func<string>? Say)
{
    public string Subject => About?.Subject ?? Scope;
}

/// <summary>Where a check puts its results.</summary>
public sealed class Findings
{
    private readonly List<Result> _results = [];

    public IReadOnlyList<Result> All => _results;

    /// <summary>For the evaluator, which alone may change a result: it takes back what was not wholly seen.</summary>
    public List<Result> Results => _results;

    public void Judge(Dated about, Outcome outcome, Func<string>? say = null, Reason reason = Reason.None) =>
        _results.Add(new Result(about, about.Scope, outcome, reason, say));

    /// <summary>A result about a whole scope, such as "too many administrators".</summary>
    public void JudgeScope(string scope, Outcome outcome, Func<string> say, Reason reason = Reason.None) =>
        _results.Add(new Result(null, scope, outcome, reason, say));

    /// <summary>Room for many results at once.</summary>
    public void Expect(int count) => _results.EnsureCapacity(_results.Count + count);
}
