using Microsoft.AspNetCore.Builder;
using Plainproof.Catalog;
using Plainproof.Features.Api;
using Plainproof.Features.People;

namespace Plainproof.Features.Interview;

/// <summary>What the company says of itself, for scripts.</summary>
internal sealed class AnswersApi : IApiDoor
{
    public string Title => "Answers";

    public void Map(ApiRoutes routes)
    {
        routes.Company.MapGet("/answers", GetAsync).Needs(Scope.Read).Is("getAnswers", "Get questions and answers", "Every question with its options, whether it is asked, and what was answered. Answers are claims, never evidence.");
        routes.Company.MapPatch("/answers", ChangeAsync).Needs(Scope.Work).MayBeStale().Is("changeAnswers", "Answer questions", "Puts these answers in the place of older ones; all of them or none. Give the version that you saw; 0 when nothing was answered.")
            .Example("""{ "version": 0, "answers": { "G01": { "answer": "not-written" }, "G02": { "dontKnow": true } } }""");
    }

    private static async Task<AnswersAnswer> GetAsync(CompanyAnswers kept, CurrentCompany company, Catalogue catalogue, CancellationToken stop)
    {
        var found = await kept.FindAsync(company.Name, stop);
        var interview = new ReadinessInterview(catalogue.Questions, found?.Answers ?? Answers.None(company.Name, "", default));
        return new AnswersAnswer(found is { } saved ? CompanyAnswers.VersionOf(saved.At) : 0, found?.At, found?.By, [.. interview.All.Select(QuestionItem.Of)]);
    }

    private static async Task<AnswersSaved> ChangeAsync(Sent<AnswersSent> sent, CompanyAnswers kept, CurrentPerson me, CurrentCompany company, Catalogue catalogue, TimeProvider clock, CancellationToken stop)
    {
        var before = (await kept.FindAsync(company.Name, stop))?.Answers ?? Answers.None(company.Name, me.Person.Email, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));
        var answers = new SentAnswers(catalogue.Questions, clock).Onto(before, sent.Value.Answers);
        return new AnswersSaved(await kept.SaveAsync(company.Name, answers, me.Person.Email, stop, sent.Value.Version), answers.Given.Count);
    }
}

/// <param name="Version">Give it back when you answer. 0: nothing was answered.</param>
/// <param name="Questions">In the order they are asked.</param>
internal sealed record AnswersAnswer(long Version, DateTimeOffset? SavedAt, string? SavedBy, IReadOnlyList<QuestionItem> Questions);

/// <param name="Kind">What an answer is: one option, many options, a text or a day.</param>
/// <param name="Asked">Whether it is put to this company; other answers decide.</param>
/// <param name="Skipped">Why it is not asked.</param>
/// <param name="Answer">What was said; null when nothing was.</param>
internal sealed record QuestionItem(string Id, string Section, string Ask, AnswerKind Kind, IReadOnlyList<OptionItem> Options, Asked Asked, string? Skipped, AnswerItem? Answer)
{
    public static QuestionItem Of(QuestionNow now) => new(
        now.Question.Id, now.Question.Section, now.Question.Ask, now.Question.Answer, [.. now.Question.Options.Select(option => new OptionItem(option.Id, option.Text))], now.Asked, now.SkippedBecause,
        now.Answer is { } answer ? AnswerItem.Of(answer, AnswerWords.Of(now)) : null);
}

internal sealed record OptionItem(string Id, string Text);

/// <param name="Says">The answer in words.</param>
/// <param name="Options">The options that were chosen.</param>
/// <param name="DontKnow">Nobody knows.</param>
/// <param name="NotUs">Why the question does not fit the company.</param>
internal sealed record AnswerItem(string Says, IReadOnlyList<string> Options, string? Text, DateOnly? Date, bool DontKnow, string? NotUs, string? Note, DateTimeOffset At)
{
    public static AnswerItem Of(Answer answer, string words) => new(
        words, (answer as Answer.Chose)?.Options ?? [], (answer as Answer.Wrote)?.Text, (answer as Answer.Dated)?.Date ?? answer.Day, answer is Answer.DoesNotKnow, (answer as Answer.NotUs)?.Because,
        answer.Note, answer.AnsweredAt);
}

/// <param name="Version">The version that you saw; 0 when nothing was answered.</param>
/// <param name="Answers">By the id of the question.</param>
internal sealed record AnswersSent(long Version, IReadOnlyDictionary<string, AnswerSent> Answers);

/// <param name="Version">The newest now.</param>
/// <param name="Answered">How many questions have an answer.</param>
internal sealed record AnswersSaved(long Version, int Answered);
