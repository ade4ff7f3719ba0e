using Plainproof.Catalog;
using Plainproof.Features.Interview;

namespace Plainproof.Tests.Interview;

/// <summary>A company that answers the shipped questions in one way.</summary>
internal static class Company
{
    public static readonly DateTimeOffset Began = new(2027, 3, 1, 9, 0, 0, TimeSpan.Zero);

    public static QuestionsFile Questions => Catalogue.Shipped.Questions;

    public static Answers Nobody { get; } = Answers.None("Three Friends", "ada@example.com", new DateOnly(2027, 3, 1));

    /// <summary>Answers every question that comes up, until none is left.</summary>
    public static Answers AnswersEach(Func<Question, Answer> say, Answers? from = null)
    {
        var answers = from ?? Nobody;
        while (new ReadinessInterview(Questions, answers).Next is { } next)
            answers = answers.With(say(next.Question));
        return answers;
    }

    public static InterviewOutcome Outcome(Answers answers) => InterviewOutcome.Of(Questions, Catalogue.Shipped.Scoping, answers);

    public static Answer Says(Question question, params string[] options) =>
        new Answer.Chose(options) { Question = question.Id, AnsweredAt = Began };

    public static Answer DoesNotKnow(Question question) => new Answer.DoesNotKnow { Question = question.Id, AnsweredAt = Began };

    /// <summary>The best option: the highest score, and the first of those. Three people.</summary>
    public static Answer Best(Question question) => question switch
    {
        { Id: "S05" } => Says(question, "2-5"),
        { Answer: AnswerKind.Text } => new Answer.Wrote("A ledger for clubs") { Question = question.Id, AnsweredAt = Began },
        _ => Says(question, question.Options.OrderByDescending(option => option.Score ?? 0).First().Id),
    };

    /// <summary>The worst option: the lowest score, and the last of those.</summary>
    public static Answer Worst(Question question) => question.Options.LastOrDefault(option => option.Score is { } score && score == question.Options.Min(one => one.Score)) is { } worst
        ? Says(question, worst.Id)
        : Best(question);
}
