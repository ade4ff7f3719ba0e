using Plainproof.Features.Interview;
using Xunit;

namespace Plainproof.Tests.Interview;

public sealed class TerminalTests : IDisposable
{
    private readonly Sitting _sitting = new();

    public void Dispose() => _sitting.Dispose();

    [Fact]
    public async Task Answers_typed_as_numbers_are_saved_and_the_rest_is_still_to_come()
    {
        Assert.Equal(0, await _sitting.Types("1", "2027-09-30", "A ledger for clubs", "1,3", "1"));

        var saved = _sitting.Saved;
        Assert.Equal(["S01", "S02", "S03", "S04"], saved.Given.Keys);
        Assert.Equal(["store", "people-see"], Assert.IsType<Answer.Chose>(saved.To("S03")).Options);
        Assert.Equal(new DateOnly(2027, 9, 30), saved.To("S01")!.Day);
        Assert.Contains("4 answered. At most 68 questions left", _sitting.Output, StringComparison.Ordinal);
        Assert.Contains("claims, not evidence", _sitting.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_whole_interview_can_be_piped_and_ends_with_its_gaps()
    {
        var lines = Enumerable.Repeat("d", 72).ToArray();
        lines[1] = "A ledger for clubs";

        Assert.Equal(0, await _sitting.Types(lines));

        Assert.Equal(72, _sitting.Saved.Given.Count);
        Assert.Contains("That was the last question.", _sitting.Output, StringComparison.Ordinal);
        Assert.Contains("What to find out first (57)", _sitting.Output, StringComparison.Ordinal);
        Assert.Contains("not decided Privacy", _sitting.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Back_shows_the_question_before_with_its_answer_and_a_new_answer_replaces_it()
    {
        await _sitting.Types("5", "A ledger for clubs", "b", "b", "3", "1", "q");

        Assert.Contains("now: Nobody yet (Enter keeps it)", _sitting.Output, StringComparison.Ordinal);
        Assert.Equal(["several"], Assert.IsType<Answer.Chose>(_sitting.Saved.To("S01")).Options);
        Assert.Equal(["store"], Assert.IsType<Answer.Chose>(_sitting.Saved.To("S03")).Options);
    }

    [Fact]
    public async Task Enter_keeps_the_answer_that_back_shows()
    {
        await _sitting.Types("5", "A ledger for clubs", "b", "", "2", "q");

        Assert.Equal("A ledger for clubs", Assert.IsType<Answer.Wrote>(_sitting.Saved.To("S02")).Text);
        Assert.Equal(["passes"], Assert.IsType<Answer.Chose>(_sitting.Saved.To("S03")).Options);
    }

    [Fact]
    public async Task Back_at_the_first_question_says_so_and_asks_again()
    {
        await _sitting.Types("b", "5", "q");

        Assert.Contains("This is the first question.", _sitting.Output, StringComparison.Ordinal);
        Assert.Equal(["S01"], _sitting.Saved.Given.Keys);
    }

    [Fact]
    public async Task Help_explains_the_question_and_the_words_in_it()
    {
        await _sitting.Types("?", "? passkey", "? passkay", "? zzzzzzzz", "q");

        Assert.Contains("A named customer with a date sets your plan.", _sitting.Output, StringComparison.Ordinal);
        Assert.Contains("SOC 2: A CPA's report", _sitting.Output, StringComparison.Ordinal);
        Assert.Contains("passkey: A sign-in key kept on your device.", _sitting.Output, StringComparison.Ordinal);
        Assert.Contains("Did you mean passkey?", _sitting.Output, StringComparison.Ordinal);
        Assert.Contains("No such word is explained.\n", _sitting.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("n because we rent them", null)]
    [InlineData("n", "we rent them")]
    public async Task Not_us_takes_its_reason_on_the_same_line_or_the_next(string first, string? second)
    {
        _sitting.Holds(UpTo("D03"));

        await _sitting.Types(second is null ? [first, "q"] : [first, second, "q"]);

        Assert.Equal("we rent them", Assert.IsType<Answer.NotUs>(_sitting.Saved.To("D03")).Because);
    }

    [Theory]
    [InlineData("9", "\"9\" is none of the answers")]
    [InlineData("maybe", "\"maybe\" is none of the answers")]
    [InlineData("1,2", "S01 takes one answer and got 2")]
    [InlineData("", "The line is empty")]
    public async Task A_piped_line_that_is_not_understood_stops_at_once_so_that_answers_cannot_slip(string line, string why)
    {
        Assert.Equal(2, await _sitting.Types(line, "1", "1", "1"));

        Assert.Contains($"Line 1 of the input: {why}", _sitting.Output, StringComparison.Ordinal);
        Assert.Empty(_sitting.Saved.Given);
    }

    [Fact]
    public async Task At_a_terminal_the_same_line_is_explained_and_asked_again()
    {
        Assert.Equal(0, await _sitting.Reads(new StringReader("9\n\nmaybe\n5\nq\n"), interactive: true));

        Assert.Contains("\"9\" is none of the answers. Type a number from 1 to 5", _sitting.Output, StringComparison.Ordinal);
        Assert.Contains("Type a number, or d when you do not know.", _sitting.Output, StringComparison.Ordinal);
        Assert.Equal(["S01"], _sitting.Saved.Given.Keys);
    }

    [Fact]
    public async Task None_of_these_excludes_the_other_answers()
    {
        Assert.Equal(2, await _sitting.Types("5", "A ledger", "1,4"));
        Assert.Contains("S03 has none beside other answers", _sitting.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_incident_asks_what_happened_and_keeps_the_words()
    {
        _sitting.Holds(UpTo("S12"));

        await _sitting.Types("2", "Ten hours down in May; a disk was full.", "q");

        Assert.Equal("Ten hours down in May; a disk was full.", _sitting.Saved.To("S12")!.Note);
    }

    [Fact]
    public async Task Company_and_person_are_asked_for_when_nobody_named_them()
    {
        Assert.Equal(0, await _sitting.Reads(new StringReader("\nÅngström & Söhne: \"Räder\"\nada\n5\nq\n"), interactive: true, company: null, by: null));

        Assert.Equal(("Ångström & Söhne: \"Räder\"", "ada"), (_sitting.Saved.Company, _sitting.Saved.AnsweredBy));
    }

    [Fact]
    public async Task Without_names_and_without_input_nothing_is_written()
    {
        Assert.Equal(2, await _sitting.Reads(new StringReader(""), company: null, by: null));

        Assert.Contains("name them with --company and --as", _sitting.Errors, StringComparison.Ordinal);
        Assert.Empty(_sitting.Files);
    }

    [Fact]
    public async Task No_line_is_wider_than_a_terminal_and_none_moves_the_cursor()
    {
        await _sitting.Types([.. Enumerable.Range(0, 80).SelectMany(_ => new[] { "?", "d" })]);

        Assert.DoesNotContain('\u001b', _sitting.Output);
        Assert.All(_sitting.Output.ReplaceLineEndings("\n").Split('\n'), line => Assert.True(line.Length <= 100, line));
    }

    [Fact]
    public async Task A_line_of_a_million_characters_is_refused_and_the_next_is_read()
    {
        Assert.Equal(0, await _sitting.Reads(new StringReader($"5\n{new string('x', 1_000_000)}\nA ledger\nq\n"), interactive: true));

        Assert.Equal("A ledger", Assert.IsType<Answer.Wrote>(_sitting.Saved.To("S02")).Text);
    }

    [Fact]
    public async Task A_finished_interview_can_be_opened_at_one_question_and_changed()
    {
        _sitting.Holds(UpTo("none of them"));

        Assert.Equal(0, await _sitting.Reads(new StringReader("2\n"), startAt: "G01"));

        Assert.Equal(["not-written"], Assert.IsType<Answer.Chose>(_sitting.Saved.To("G01")).Options);
        Assert.Contains("now: Yes, in writing (Enter keeps it)", _sitting.Output, StringComparison.Ordinal);
        Assert.Contains("What your answers show is missing (1)", _sitting.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("G1", "there is no question G1; did you mean ")]
    [InlineData("C08", "C08 is not asked now: You answered \"Yes, weekly or more often\" to \"Do you write and release your own software?\"")]
    public async Task A_question_that_cannot_be_opened_says_why(string id, string why)
    {
        _sitting.Holds(UpTo("none of them"));

        Assert.Equal(2, await _sitting.Reads(new StringReader("1\n"), startAt: id));

        Assert.Contains(why, _sitting.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gap_of_a_category_that_can_wait_is_told_apart()
    {
        _sitting.Holds(AnswersYaml.Of(Company.AnswersEach(one => one.Id switch
        {
            "S07" => Company.Says(one, "website"),
            "S14" => Company.Says(one, "type2"),
            "B04" => Company.Says(one, "no"),
            _ => Company.Best(one),
        } with
        { AnsweredAt = DateTimeOffset.UnixEpoch })));

        await _sitting.Types();

        Assert.Contains("What only matters with a category that can wait (1)", _sitting.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("What your answers show is missing", _sitting.Output, StringComparison.Ordinal);
    }

    private static string UpTo(string question)
    {
        var answers = Company.Nobody;
        while (new ReadinessInterview(Company.Questions, answers).Next is { } next && next.Question.Id != question)
            answers = answers.With(Company.Best(next.Question) with { AnsweredAt = DateTimeOffset.UnixEpoch });
        return AnswersYaml.Of(answers);
    }
}
