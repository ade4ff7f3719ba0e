using System.Text;
using Plainproof.Features.Interview;
using Xunit;

namespace Plainproof.Tests.Interview;

public sealed class BadAnswersTests : IDisposable
{
    private const string Head = "company: Three Friends\nansweredBy: ada\ndate: 2027-03-01\nanswers:\n";
    private readonly Sitting _sitting = new();

    public void Dispose() => _sitting.Dispose();

    [Fact]
    public async Task Every_problem_is_told_at_once_with_its_line_and_how_to_mend_it_and_nothing_is_changed()
    {
        const string Bad = """
            compny: Three Friends
            answeredBy: ada
            date: 1 March 2027
            answers:
              G1: written
              G02: quaterly
              G03: [all, some-old]
              S03: [none, store]
              S02: [a, b]
              G05: { dontKnow: yes }
              H01: { notUs: "" }
              H02: { answer: all, dontKnow: true }
              H03: {}
              H04: { answer: same-day, answeredAt: 2031-01-01T00:00:00Z }
              H05: { answer: both, answerdAt: 2027-03-01T00:00:00Z }
            """;
        _sitting.Holds(Bad);

        Assert.Equal(2, await _sitting.Types("1"));

        string[] expected =
        [
            "answers.yaml:1: \"compny\" is not known here. Did you mean company.",
            "answers.yaml:1: company is missing. Add a line \"company: ...\".",
            "answers.yaml:3: date is \"1 March 2027\", which is no day. Write it as 2027-03-31.",
            "answers.yaml:5: there is no question \"G1\". Did you mean ",
            "answers.yaml:6: G02 has no option \"quaterly\". Did you mean quarterly, \"Yes, at least once a quarter\".",
            "answers.yaml:7: G03 takes one answer and got 2. Keep the one that fits best.",
            "answers.yaml:8: S03 has none beside other answers. Keep none alone, or leave it out.",
            "answers.yaml:9: S02 asks for text and has a list. Write one text, in quotes when it has a colon.",
            "answers.yaml:10: G05 has dontKnow: \"yes\". Write dontKnow: true, or give the answer.",
            "answers.yaml:11: notUs: there are no words. Write a few words.",
            "answers.yaml:12: H02 has answer and dontKnow. Give one of answer, dontKnow: true, or notUs with the reason.",
            "answers.yaml:13: H03 has no answer. Give one of answer, dontKnow: true, or notUs with the reason.",
            "answers.yaml:14: H04 was answered at 2031-01-01T00:00:00Z, which is still to come.",
            "answers.yaml:15: \"answerdAt\" is not known here. Did you mean answeredAt.",
        ];
        var told = _sitting.Errors.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(expected.Length, told.Length);
        Assert.All(expected.Zip(told), pair => Assert.StartsWith("plainproof: error: " + pair.First, pair.Second, StringComparison.Ordinal));
        Assert.Equal(Bad, File.ReadAllText(_sitting.File));
    }

    [Theory]
    [InlineData("", "answers.yaml: the file is empty.")]
    [InlineData("just words", "answers.yaml:1: the file is not a list of names and values.")]
    [InlineData("company: a: b\n", "answers.yaml:1: this is not YAML")]
    [InlineData("company: x\ncompany: y\n", "answers.yaml:2: this is not YAML")]
    [InlineData("company: x\n---\ncompany: y\n", "answers.yaml:3: the file holds more than one document.")]
    [InlineData("company: *nobody\n", "answers.yaml:1: this is not YAML")]
    public void A_file_that_is_no_list_of_answers_says_what_it_is(string yaml, string problem)
    {
        _sitting.Holds(yaml);

        Assert.StartsWith(problem, Assert.Single(Read().Problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_nested_ten_thousand_deep_is_refused_and_does_not_end_the_process()
    {
        _sitting.Holds(Head + "  S02: " + new string('[', 10_000));

        Assert.Contains("answers.yaml:5: the file is nested too deeply", Assert.Single(Read().Problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_utf8_names_the_line()
    {
        File.WriteAllBytes(_sitting.File, [.. Encoding.UTF8.GetBytes(Head + "  S02: caf"), 0xe9, (byte)'\n']);

        Assert.Equal("answers.yaml:5: the file is not UTF-8 text. Save it as UTF-8.", Assert.Single(Read().Problems).ToString());
    }

    [Fact]
    public void A_file_of_two_megabytes_is_refused()
    {
        _sitting.Holds(new string('#', 2_000_000));

        Assert.Contains("larger than 1 MB", Assert.Single(Read().Problems).What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_a_newer_program_is_refused()
    {
        _sitting.Holds("format: 2\n" + Head.Replace("answers:", "answers: {}", StringComparison.Ordinal));

        Assert.Equal("answers.yaml:1: the file has format 2, and this program reads 1. Use the newer program that wrote it.", Assert.Single(Read().Problems).ToString());
    }

    [Fact]
    public void A_file_that_is_not_there_says_so()
    {
        Assert.Contains("cannot be read", Assert.Single(Read().Problems).What, StringComparison.Ordinal);
    }

    [Fact]
    public void The_short_form_is_enough_and_takes_its_time_from_the_day_of_the_file()
    {
        _sitting.Holds("\uFEFF" + Head + "  S02: A ledger\n  S03: [store]\n  G01: written\n  D03: { notUs: we rent them }\n");

        var (answers, problems) = Read();

        Assert.Empty(problems);
        Assert.Equal(["S02", "S03", "G01", "D03"], answers!.Given.Keys);
        Assert.All(answers.Given.Values.Where(one => one is not Answer.NotUs), one => Assert.Equal(new DateTimeOffset(2027, 3, 1, 0, 0, 0, TimeSpan.Zero), one.AnsweredAt));
    }

    private AnswersRead Read() => new AnswersReader(Company.Questions, new At(Company.Began.AddDays(1))).Read(_sitting.File);
}
