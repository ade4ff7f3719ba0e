using System.Runtime.InteropServices;
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
/// <remarks>A run makes millions. Most say something of one fact and have no words of their own: those take 16 bytes and nothing besides.</remarks>
public readonly record struct Result
{
    private readonly object? _of;

    public Result(Dated about, Outcome outcome, Reason reason = Reason.None) => (_of, Outcome, Reason) = (about, outcome, reason);

    /// <param name="about">The fact that was judged; null when the result is about a whole scope.</param>
    /// <param name="scope">The system, that of the fact when there is one; empty when no source was connected.</param>
    /// <param name="say">Renders the message, for results that no single fact explains.</param>
    public Result(Dated? about, string scope, Outcome outcome, Reason reason, Func<string>? say) =>
        (_of, Outcome, Reason) = (about is not null && say is null ? about : new InWords(about, scope, say), outcome, reason);

    public Outcome Outcome { get; }

    public Reason Reason { get; }

    public Dated? About => _of as Dated ?? (_of as InWords)?.About;

    public string Scope => _of is Dated about ? about.Scope : (_of as InWords)?.Scope ?? "";

    public Func<string>? Say => (_of as InWords)?.Say;

    public string Subject => About?.Subject ?? Scope;

    private sealed record InWords(Dated? About, string Scope, Func<string>? Say);
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

    /// <summary>One result for each fact, in their order.</summary>
    public void JudgeEach<T>(IReadOnlyList<Dated<T>> facts, Func<Dated<T>, Outcome> judge) where T : notnull
    {
        var rows = facts as Dated<T>[] ?? [.. facts];
        var before = _results.Count;
        CollectionsMarshal.SetCount(_results, before + rows.Length);
        var results = CollectionsMarshal.AsSpan(_results)[before..];
        for (var i = 0; i < rows.Length; i++)
            results[i] = new Result(rows[i], judge(rows[i]));
    }

    /// <summary>A result about a whole scope, such as "too many administrators".</summary>
    public void JudgeScope(string scope, Outcome outcome, Func<string> say, Reason reason = Reason.None) =>
        _results.Add(new Result(null, scope, outcome, reason, say));
}
