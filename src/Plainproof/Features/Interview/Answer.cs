namespace Plainproof.Features.Interview;

/// <summary>What a person said to one question. It is a claim: it never shows that a control works (law 2).</summary>
internal abstract record Answer
{
    private Answer()
    {
    }

    public required string Question { get; init; }
    public required DateTimeOffset AnsweredAt { get; init; }

    /// <summary>Who said it; null: the person named for the whole interview.</summary>
    public string? AnsweredBy { get; init; }

    /// <summary>Words beside the answer: which suppliers, what happened, why a question does not fit.</summary>
    public string? Note { get; init; }

    /// <summary>The day the chosen option speaks of, such as the day a customer needs the report.</summary>
    public DateOnly? Day { get; init; }

    public sealed record Chose(IReadOnlyList<string> Options) : Answer;

    public sealed record Wrote(string Text) : Answer;

    public sealed record Dated(DateOnly Date) : Answer;

    /// <summary>Opens the question's gaps as unknown.</summary>
    public sealed record DoesNotKnow : Answer;

    /// <summary>The question does not fit this company. It opens nothing, and someone has to agree with the reason.</summary>
    public sealed record NotUs(string Because) : Answer;
}

/// <summary>One company's answers so far.</summary>
internal sealed record Answers(string Company, string AnsweredBy, DateOnly Started, IReadOnlyDictionary<string, Answer> Given)
{
    /// <summary>The longest text, reason or note that is kept, in characters.</summary>
    public const int LongestText = 500;

    public static Answers None(string company, string answeredBy, DateOnly started) =>
        new(company, answeredBy, started, new Dictionary<string, Answer>(StringComparer.Ordinal));

    public Answer? To(string question) => Given.GetValueOrDefault(question);

    public Answers With(Answer answer) =>
        this with { Given = new Dictionary<string, Answer>(Given, StringComparer.Ordinal) { [answer.Question] = answer } };
}
