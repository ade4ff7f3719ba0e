using System.Collections.ObjectModel;
using System.Globalization;

namespace Plainproof.Catalog;

internal sealed record QuestionsFile
{
    public required IReadOnlyList<QuestionSection> Sections { get; init; }
    public required IReadOnlyList<Question> Questions { get; init; }
}

internal sealed record QuestionSection
{
    public required string Id { get; init; }
    public required string Title { get; init; }
}

/// <summary>One question of the readiness interview. An answer is a claim, never evidence.</summary>
internal sealed record Question
{
    public required string Id { get; init; }
    public required string Section { get; init; }

    /// <summary>Asked only when this holds; null: always asked.</summary>
    public When? When { get; init; }
    public required string Ask { get; init; }
    public string? Help { get; init; }
    public required AnswerKind Answer { get; init; }
    public IReadOnlyList<Option> Options { get; init; } = [];
    public IReadOnlyList<string> Controls { get; init; } = [];

    /// <summary>What holds when an earlier answer already showed that this one would be no.</summary>
    public WhenSkipped? WhenSkipped { get; init; }

    /// <summary>Words for the gap that fit one answer better than the gap's own, by option id.</summary>
    public IReadOnlyDictionary<string, string> GapText { get; init; } = ReadOnlyDictionary<string, string>.Empty;
}

/// <summary>All conditions, or any of them; exactly one of the two is given.</summary>
internal sealed record When
{
    public IReadOnlyList<Condition>? All { get; init; }
    public IReadOnlyList<Condition>? Any { get; init; }

    public IReadOnlyList<Condition> Conditions => All ?? Any ?? [];

    /// <param name="chosen">Options chosen so far, by question id; a question not asked is absent.</param>
    public bool Holds(IReadOnlyDictionary<string, IReadOnlyCollection<string>> chosen) =>
        All is not null ? All.All(one => one.Holds(chosen)) : Any is not null && Any.Any(one => one.Holds(chosen));
}

/// <summary>
/// Holds when some chosen option of the question is <see cref="In"/>, or some chosen option is not
/// <see cref="NotIn"/>. A question that was not asked or answered fulfils neither.
/// </summary>
internal sealed record Condition
{
    public required string Question { get; init; }
    public IReadOnlyList<string>? In { get; init; }
    public IReadOnlyList<string>? NotIn { get; init; }

    public IReadOnlyList<string> Named => In ?? NotIn ?? [];

    public bool Allows(string option) => In is not null ? In.Contains(option) : NotIn is not null && !NotIn.Contains(option);

    public bool Holds(IReadOnlyDictionary<string, IReadOnlyCollection<string>> chosen) =>
        chosen.TryGetValue(Question, out var options) && options.Any(Allows);
}

internal sealed record Option
{
    public required string Id { get; init; }
    public required string Text { get; init; }

    /// <summary>1: in place and can be shown; 0: missing; null: says nothing of readiness.</summary>
    public decimal? Score { get; init; }

    /// <summary>Gaps this answer opens.</summary>
    public IReadOnlyList<string> Opens { get; init; } = [];
    public IReadOnlyList<Effect> Effects { get; init; } = [];
}

/// <summary>What an answer changes beyond gaps: the scope, the effort, duties beside SOC 2.</summary>
internal sealed record Effect
{
    public required string Kind { get; init; }

    /// <summary>A string or a number in the file; kept here as text.</summary>
    public string? Value { get; init; }
    public string? Say { get; init; }

    /// <exception cref="FormatException">The value is not a number.</exception>
    public decimal Number => decimal.Parse(Value ?? "", CultureInfo.InvariantCulture);
}

internal sealed record WhenSkipped
{
    public required IReadOnlyList<string> Opens { get; init; }
    public string? Say { get; init; }
}

internal enum AnswerKind { One, Many, Text, Date }
