using Plainproof.Catalog;

namespace Plainproof.Features.Interview;

/// <param name="File">Where answers are kept; made when it is not there.</param>
/// <param name="Company">Null: as the file says, or asked for.</param>
/// <param name="AnsweredBy">Null: as the file says, or asked for.</param>
/// <param name="StartAt">The question to begin with, to change its answer; null: the first without an answer.</param>
/// <param name="Interactive">False when input is piped: a line that is not understood ends the run.</param>
internal sealed record InterviewRequest(string File, string? Company, string? AnsweredBy, bool Interactive, string? StartAt = null);

/// <summary>
/// plainproof interview: asks, saves after each answer, goes on where it stopped. Exit 0: answers are saved, all or
/// so far, Ctrl+C included. 2: the file cannot be used, or a piped line was not understood; nothing is overwritten then.
/// </summary>
internal sealed class RunInterview(Catalogue catalogue, TimeProvider time)
{
    public async Task<int> RunAsync(InterviewRequest request, TextReader input, TextWriter output, TextWriter errors, CancellationToken stop)
    {
        var file = new AnswersFile(request.File, catalogue.Questions, time);
        var lines = new LineReader(input, request.Interactive);
        try
        {
            return await RunAsync(request, file, lines, output, errors, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await output.WriteLineAsync();
            await output.WriteLineAsync(file.Exists ? $"Stopped. Every answer so far is saved in {file.Path}." : "Stopped before the first answer. Nothing was written.");
            return 0;
        }
        catch (Exception e) when (e is AnswersChangedException or IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync($"plainproof: error: the answers could not be saved: {e.Message}");
            await errors.WriteLineAsync($"plainproof: hint: {request.File} is as it was before the last answer");
            return 2;
        }
    }

    private async Task<int> RunAsync(
        InterviewRequest request, AnswersFile file, LineReader lines, TextWriter output, TextWriter errors, CancellationToken stop)
    {
        var (answers, by, exit) = file.Exists
            ? await ResumeAsync(request, file, errors)
            : await BeginAsync(request, lines, output, errors, stop);
        if (answers is null || by is null)
            return exit;
        if (request.StartAt is { } id && Refusal(id, answers) is { } refusal)
        {
            await errors.WriteLineAsync($"plainproof: error: {refusal}");
            return 2;
        }
        if (!file.Exists)
            file.Save(answers);
        await WelcomeAsync(answers, output);
        var terminal = new InterviewTerminal(catalogue, file, by, lines, output, request.Interactive, time);
        (answers, var understood) = await terminal.RunAsync(answers, request.StartAt, stop);
        await new InterviewSummary(catalogue, output).WriteAsync(InterviewOutcome.Of(catalogue.Questions, catalogue.Scoping, answers), file.Path);
        return understood ? 0 : 2;
    }

    private static async Task<(Answers? Answers, string? By, int Exit)> ResumeAsync(InterviewRequest request, AnswersFile file, TextWriter errors)
    {
        var (answers, problems) = file.Read();
        foreach (var problem in problems)
            await errors.WriteLineAsync($"plainproof: error: {problem}");
        if (answers is null)
            return (null, null, 2);
        if (request.Company is { } company && company != answers.Company)
        {
            await errors.WriteLineAsync($"plainproof: error: {file.Path} holds the answers of {answers.Company}, not of {company}");
            await errors.WriteLineAsync("plainproof: hint: name another file with --answers, or leave --company out");
            return (null, null, 2);
        }
        return (answers, request.AnsweredBy ?? answers.AnsweredBy, 0);
    }

    private async Task<(Answers? Answers, string? By, int Exit)> BeginAsync(
        InterviewRequest request, LineReader lines, TextWriter output, TextWriter errors, CancellationToken stop)
    {
        var company = request.Company ?? await NameAsync("What is your company called?", lines, output, stop);
        var by = company is null ? null : request.AnsweredBy ?? await NameAsync("Who is answering? Your name or e-mail address.", lines, output, stop);
        if (company is not null && by is not null)
            return (Answers.None(company, by, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime)), by, 0);
        await errors.WriteLineAsync("plainproof: error: the input ended before the company and the person had a name");
        await errors.WriteLineAsync("plainproof: hint: name them with --company and --as");
        return (null, null, 2);
    }

    private string? Refusal(string id, Answers answers)
    {
        if (!catalogue.By.Question.Has(id))
            return Nearest.To(id, catalogue.Questions.Questions.Select(question => question.Id)) is { } near
                ? $"there is no question {id}; did you mean {near}"
                : $"there is no question {id}; ids look like {catalogue.Questions.Questions[0].Id}";
        return new ReadinessInterview(catalogue.Questions, answers)[id] is { Asked: not Asked.Yes } now
            ? $"{id} is not asked now: {now.SkippedBecause ?? "it depends on a question that has no answer yet"}"
            : null;
    }

    private static async Task<string?> NameAsync(string ask, LineReader lines, TextWriter output, CancellationToken stop)
    {
        while (true)
        {
            await output.WriteLineAsync(ask);
            await output.WriteAsync("> ");
            await output.FlushAsync(stop);
            if (await lines.ReadAsync(stop) is not { } line)
                return null;
            if (AnswerRules.TextProblem(line.Trim()) is not { } problem)
                return line.Trim();
            await output.WriteLineAsync($"{problem.What}. {problem.Mend}.");
        }
    }

    private async Task WelcomeAsync(Answers answers, TextWriter output)
    {
        var progress = new ReadinessInterview(catalogue.Questions, answers).Progress;
        await output.WriteLineAsync($"Readiness interview of {answers.Company}: at most {Count.Of(progress.AtMostLeft, "question")}, about {Count.Of(progress.MinutesLeft, "minute")}.");
        await output.WriteLineAsync("Each answer is saved at once. \"Don't know\" is a good answer: it shows what to find out.");
    }
}
