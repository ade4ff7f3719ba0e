using System.Diagnostics;
using Plainproof.Catalog;
using Plainproof.Features.Interview;
using Xunit;

namespace Plainproof.Tests.Interview;

public sealed class ResumeTests : IDisposable
{
    private readonly Sitting _sitting = new();

    public void Dispose() => _sitting.Dispose();

    [Fact]
    public async Task After_being_torn_away_every_answer_given_is_there_and_the_next_question_follows()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => _sitting.Reads(new TornReader("5\nA ledger\n1\n")));
        Assert.Equal(["S01", "S02", "S03"], _sitting.Saved.Given.Keys);
        File.WriteAllText(_sitting.File + ".new", "company: \"half wri");

        Assert.Equal(0, await _sitting.Types("1", "q"));

        Assert.Equal(["S01", "S02", "S03", "S04"], _sitting.Saved.Given.Keys);
        Assert.Equal(["answers.yaml"], _sitting.Files);
    }

    [Fact]
    public async Task After_kill_9_of_the_program_every_answer_it_took_is_there()
    {
        string[] arguments = ["interview", "--answers", _sitting.File, "--company", "Three Friends", "--as", "ada"];
        using (var program = Start(arguments))
        {
            await program.StandardInput.WriteAsync("5\nA ledger\n1\n");
            await program.StandardInput.FlushAsync();
            await TakenAsync("S04  ", program);
            program.Kill();
            await program.WaitForExitAsync();
        }
        Assert.Equal(["S01", "S02", "S03"], _sitting.Saved.Given.Keys);

        using var again = Start(arguments);
        await again.StandardInput.WriteAsync("1\nq\n");
        again.StandardInput.Close();
        await again.StandardOutput.ReadToEndAsync();
        await again.WaitForExitAsync();

        Assert.Equal((0, 4), (again.ExitCode, _sitting.Saved.Given.Count));
    }

    private static Process Start(string[] arguments) =>
        Process.Start(new ProcessStartInfo("dotnet", [typeof(RunInterview).Assembly.Location, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;

    // The question after an answer shows that the answer was taken.
    private static async Task TakenAsync(string question, Process program)
    {
        while (await program.StandardOutput.ReadLineAsync() is { } line)
            if (line.Contains(question, StringComparison.Ordinal))
                return;
        throw new Xunit.Sdk.XunitException("the program ended before it asked on");
    }

    [Fact]
    public async Task Ctrl_c_ends_the_interview_at_once_with_all_answers_saved()
    {
        using var stop = new CancellationTokenSource();
        using var typing = new BlockedReader("5\nA ledger\n", stop);

        Assert.Equal(0, await _sitting.Reads(typing, stop: stop.Token));

        Assert.Contains("Stopped. Every answer so far is saved in", _sitting.Output, StringComparison.Ordinal);
        Assert.Equal(["S01", "S02"], _sitting.Saved.Given.Keys);
    }

    [Fact]
    public async Task An_answer_is_saved_before_the_words_beside_it_are_asked_for()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => _sitting.Reads(new TornReader("1\n")));

        Assert.Equal(["named-date"], Assert.IsType<Answer.Chose>(_sitting.Saved.To("S01")).Options);
    }

    [Fact]
    public async Task Another_person_can_go_on_and_each_answer_keeps_its_person()
    {
        await _sitting.Types("5", "q");
        await _sitting.Reads(new StringReader("A ledger\nq\n"), company: null, by: "bo@example.com");

        var claims = Company.Outcome(_sitting.Saved).Claims;
        Assert.Equal(["ada@example.com", "bo@example.com"], claims.Select(claim => claim.By));
    }

    [Fact]
    public async Task A_file_of_another_company_is_refused_and_left_alone()
    {
        await _sitting.Types("5", "q");
        var before = File.ReadAllText(_sitting.File);

        Assert.Equal(2, await _sitting.Reads(new StringReader("A ledger\n"), company: "Someone Else"));

        Assert.Contains("holds the answers of Three Friends, not of Someone Else", _sitting.Errors, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(_sitting.File));
    }

    [Fact]
    public async Task Two_interviews_on_one_file_cannot_overwrite_each_other()
    {
        await _sitting.Types("5", "q");
        var first = new AnswersFile(_sitting.File, Company.Questions, TimeProvider.System);
        var mine = first.Read().Answers!;
        await _sitting.Types("A ledger", "q");
        var before = File.ReadAllText(_sitting.File);

        Assert.Throws<AnswersChangedException>(() => first.Save(mine.With(Company.Says(Catalogue.Shipped.By.Question["S03"], "store"))));
        Assert.Equal(before, File.ReadAllText(_sitting.File));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_ends_with_a_message_and_exit_2()
    {
        Directory.CreateDirectory(_sitting.File + ".new");

        Assert.Equal(2, await _sitting.Types("5"));

        Assert.Contains("the answers could not be saved", _sitting.Errors, StringComparison.Ordinal);
        Directory.Delete(_sitting.File + ".new");
    }

    [Fact]
    public async Task Only_its_owner_can_read_the_file()
    {
        await _sitting.Types("5");

        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_sitting.File));
    }

    [Fact]
    public void Whatever_was_answered_comes_back_the_same()
    {
        const string Nasty = "yes: \"no\" \\ 'x' # - [a] {b} & * ! | > % @ `\n\ttab é 漢字 😀 \u2028 end ";
        var by = Catalogue.Shipped.By.Question;
        var answers = Answers.None(Nasty, "no", new DateOnly(2027, 3, 1))
            .With(new Answer.Wrote(Nasty) { Question = "S02", AnsweredAt = Company.Began })
            .With(new Answer.NotUs(Nasty) { Question = "D03", AnsweredAt = Company.Began, AnsweredBy = "null" })
            .With(Company.Says(by["S03"], "store", "passes") with { Note = Nasty })
            .With(Company.Says(by["G01"], "no"))
            .With(Company.Says(by["S05"], "2-5") with { Day = new DateOnly(2028, 2, 29), AnsweredAt = Company.Began.AddMicroseconds(1) })
            .With(Company.DoesNotKnow(by["G02"]));

        _sitting.Holds(AnswersYaml.Of(answers));
        var (read, problems) = new AnswersReader(Company.Questions, new At(Company.Began.AddDays(1))).Read(_sitting.File);

        Assert.Empty(problems);
        Assert.Equal((answers.Company, answers.AnsweredBy, answers.Started), (read!.Company, read.AnsweredBy, read.Started));
        Assert.Equal(AnswersYaml.Of(answers), AnswersYaml.Of(read));
        Assert.Equal(Nasty, Assert.IsType<Answer.Wrote>(read.To("S02")).Text);
    }
}

/// <summary>A clock that stands still.</summary>
internal sealed class At(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
