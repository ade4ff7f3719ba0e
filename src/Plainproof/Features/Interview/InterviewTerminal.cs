using Plainproof.Catalog;

namespace Plainproof.Features.Interview;

/// <summary>
/// The interview on a plain stream of lines: no cursor, no colour, so that it works piped, over SSH and in a screen
/// reader. Every answer is saved before the next question is shown.
/// </summary>
/// <param name="interactive">False: input is piped. A line that is not understood then ends the run, or answers would slip to the wrong question.</param>
internal sealed class InterviewTerminal(
    Catalogue catalogue, AnswersFile file, string answeredBy, LineReader input, TextWriter output, bool interactive, TimeProvider time)
{
    private readonly Page _page = new(output);

    /// <summary>Asks until all is answered, the person quits or the input ends. Returns what was answered, and false when a piped line was not understood.</summary>
    public async Task<(Answers Answers, bool Understood)> RunAsync(Answers answers, string? startAt, CancellationToken stop)
    {
        var at = startAt;
        string? section = null;
        while (true)
        {
            var interview = new ReadinessInterview(catalogue.Questions, answers);
            var now = at is null ? interview.Next : interview[at];
            if (now is null)
                return (answers, true);
            if (now.Question.Section != section)
                await ShowSectionAsync(interview, section = now.Question.Section);
            await ShowAsync(now);
            switch (await AskAsync(now, stop))
            {
                case null or Entry.Quit:
                    return (answers, true);
                case Entry.NotUnderstood:
                    return (answers, false);
                case Entry.Back when interview.Before(now.Question.Id) is { } before:
                    at = before.Question.Id;
                    break;
                case Entry.Back:
                    await output.WriteLineAsync("This is the first question.");
                    break;
                case Entry.Keep when now.Answer is not null:
                    at = null;
                    break;
                case { } entry:
                    if (await AnswerAsync(now.Question, entry, stop) is not { } answer)
                        return (answers, interactive || input.Ended);
                    answers = answers.With(answer);
                    (answers, var understood) = await FollowUpAsync(answers, now.Question.Id, stop);
                    file.Save(answers);
                    if (!understood)
                        return (answers, false);
                    at = null;
                    break;
            }
        }
    }

    private async Task ShowSectionAsync(ReadinessInterview interview, string section)
    {
        var progress = interview.Progress;
        await output.WriteLineAsync();
        await output.WriteLineAsync($"== {interview.Sections.First(one => one.Id == section).Title} ==");
        await output.WriteLineAsync($"   {progress.Answered} answered, at most {Count.Of(progress.AtMostLeft, "question")} left, about {Count.Of(progress.MinutesLeft, "minute")}");
    }

    private async Task ShowAsync(QuestionNow now)
    {
        var question = now.Question;
        await output.WriteLineAsync();
        await _page.WriteAsync($"{question.Id}  ", question.Ask);
        for (var i = 0; i < question.Options.Count; i++)
            await _page.WriteAsync($"  {i + 1,2}  ", question.Options[i].Text);
        await output.WriteLineAsync($"   d  {AnswerWords.DoesNotKnow}      n  Not us, because ...");
        if (now.Answer is not null)
            await _page.WriteAsync("  now: ", AnswerWords.Of(now) + " (Enter keeps it)");
        await output.WriteLineAsync(question.Answer switch
        {
            AnswerKind.Many => "  Several with commas, such as 1,3.  b back, ? help, q save and quit",
            AnswerKind.Text => "  Type your answer.  b back, ? help, q save and quit",
            AnswerKind.Date => "  A day, such as 2027-03-31.  b back, ? help, q save and quit",
            _ => "  b back, ? help, q save and quit",
        });
    }

    /// <summary>The first entry that is no plea for help and is understood; null at the end of input.</summary>
    private async Task<Entry?> AskAsync(QuestionNow now, CancellationToken stop)
    {
        while (true)
        {
            if (await ReadAsync(stop) is not { } line)
                return null;
            switch (Entry.Parse(line, now.Question))
            {
                case Entry.Help help:
                    await new HelpText(catalogue.Glossary, _page).ShowAsync(now.Question, help.Word);
                    break;
                case Entry.Keep when now.Answer is null && interactive:
                    await output.WriteLineAsync("Type a number, or d when you do not know.");
                    break;
                case Entry.Keep when now.Answer is null:
                    return await RefuseAsync(new("The line is empty", "Give an answer, or d for don't know"));
                case Entry.NotUnderstood wrong when interactive:
                    await output.WriteLineAsync($"{wrong.What}. {wrong.Mend}.");
                    break;
                case Entry.NotUnderstood wrong:
                    return await RefuseAsync(wrong);
                case var entry:
                    return entry;
            }
        }
    }

    private async Task<Entry.NotUnderstood> RefuseAsync(Entry.NotUnderstood wrong)
    {
        await output.WriteLineAsync($"Line {input.LinesRead} of the input: {wrong.What}. {wrong.Mend}. Stopped here; earlier answers are saved.");
        return wrong;
    }

    private async Task<Answer?> AnswerAsync(Question question, Entry entry, CancellationToken stop)
    {
        Answer? said = entry switch
        {
            Entry.Options options => new Answer.Chose([.. question.Options.Select(one => one.Id).Where(options.Ids.Contains)]) { Question = question.Id, AnsweredAt = Now() },
            Entry.Words words => new Answer.Wrote(words.Text) { Question = question.Id, AnsweredAt = Now() },
            Entry.Day day => new Answer.Dated(day.Date) { Question = question.Id, AnsweredAt = Now() },
            Entry.NotUs { Because: { } why } => new Answer.NotUs(why) { Question = question.Id, AnsweredAt = Now() },
            Entry.NotUs => await WordsAsync("Why does it not fit you? One sentence.", required: true, stop) is { } why ? new Answer.NotUs(why) { Question = question.Id, AnsweredAt = Now() } : null,
            _ => new Answer.DoesNotKnow { Question = question.Id, AnsweredAt = Now() },
        };
        return said is null ? null : said with { AnsweredBy = answeredBy };
    }

    private async Task<(Answers Answers, bool Understood)> FollowUpAsync(Answers answers, string id, CancellationToken stop)
    {
        foreach (var ask in FollowUp.After(new ReadinessInterview(catalogue.Questions, answers)[id]))
        {
            // What was answered is worth keeping even when the words beside it never come.
            file.Save(answers);
            if (!ask.IsDay)
                answers = answers.With(answers.To(id)! with { Note = await WordsAsync(ask.Ask, required: false, stop) });
            else if (await DayAsync(ask.Ask, stop) is (var day, true))
                answers = answers.With(answers.To(id)! with { Day = day });
            else
                return (answers, false);
        }
        return (answers, true);
    }

    /// <summary>Null when left empty, or when the input ended.</summary>
    private async Task<string?> WordsAsync(string ask, bool required, CancellationToken stop)
    {
        await output.WriteLineAsync($"  {ask}{(required ? "" : " Enter leaves it open.")}");
        while (await ReadAsync(stop) is { } line)
        {
            var typed = line.Trim();
            if (typed.Length == 0 && !required)
                return null;
            if (AnswerRules.TextProblem(typed) is not { } problem)
                return typed;
            await output.WriteLineAsync($"{problem.What}. {problem.Mend}.");
        }
        return null;
    }

    private async Task<(DateOnly? Day, bool Understood)> DayAsync(string ask, CancellationToken stop)
    {
        await output.WriteLineAsync($"  {ask} Enter leaves it open.");
        while (await ReadAsync(stop) is { } line)
        {
            switch (Entry.ParseDay(line))
            {
                case Entry.Day day:
                    return (day.Date, true);
                case Entry.NotUnderstood wrong when interactive:
                    await output.WriteLineAsync($"{wrong.What}. {wrong.Mend}.");
                    break;
                case Entry.NotUnderstood wrong:
                    await RefuseAsync(wrong);
                    return (null, false);
                default:
                    return (null, true);
            }
        }
        return (null, true);
    }

    private async Task<string?> ReadAsync(CancellationToken stop)
    {
        await output.WriteAsync("> ");
        await output.FlushAsync(stop);
        return await input.ReadAsync(stop);
    }

    private DateTimeOffset Now()
    {
        var now = time.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
