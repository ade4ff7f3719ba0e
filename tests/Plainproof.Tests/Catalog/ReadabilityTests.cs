using Plainproof.Catalog;
using Xunit;

namespace Plainproof.Tests.Catalog;

public sealed class ReadabilityTests
{
    // Opening of the Gettysburg Address (1863): 30 words, one sentence, 48 syllables by a dictionary.
    private const string Gettysburg =
        "Four score and seven years ago our fathers brought forth on this continent, a new nation, conceived in Liberty, "
        + "and dedicated to the proposition that all men are created equal.";

    [Fact]
    public void The_grade_of_a_primer_is_below_zero() =>
        // 6 words, 1 sentence, 6 syllables: 0.39*6 + 11.8*1 - 15.59.
        Assert.Equal(-1.45, Readability.Grade("The cat sat on the mat."), 2);

    [Fact]
    public void The_grade_of_a_known_speech_is_what_its_counts_give() =>
        Assert.Equal((0.39 * 30) + (11.8 * 48 / 30) - 15.59, Readability.Grade(Gettysburg), 2);

    [Theory]
    [InlineData("cat", 1)]
    [InlineData("people", 2)]
    [InlineData("able", 2)]
    [InlineData("table", 2)]
    [InlineData("code", 1)]
    [InlineData("named", 1)]
    [InlineData("needed", 2)]
    [InlineData("rules", 1)]
    [InlineData("changes", 2)]
    [InlineData("pushes", 2)]
    [InlineData("security", 4)]
    [InlineData("policy", 3)]
    [InlineData("availability", 6)]
    [InlineData("confidentiality", 7)]
    [InlineData("encryption", 3)]
    [InlineData("information", 4)]
    [InlineData("review", 2)]
    [InlineData("reviews", 2)]
    [InlineData("period", 3)]
    [InlineData("organisation", 5)]
    [InlineData("auditor", 3)]
    [InlineData("access", 2)]
    [InlineData("every", 2)]
    [InlineData("somebody", 3)]
    [InlineData("carrying", 3)]
    [InlineData("playing", 2)]
    [InlineData("quietly", 3)]
    [InlineData("securely", 3)]
    [InlineData("rarely", 2)]
    [InlineData("security-relevant", 7)]
    [InlineData("one-page", 2)]
    [InlineData("various", 3)]
    [InlineData("previous", 3)]
    [InlineData("video", 3)]
    [InlineData("vendor's", 2)]
    [InlineData("MFA", 3)]
    [InlineData("WAF", 5)]
    public void Syllables_are_counted_as_spoken(string word, int spoken) => Assert.Equal(spoken, Syllables.Count(word));

    [Fact]
    public void A_short_text_may_have_twenty_words_in_a_sentence_and_no_more()
    {
        Assert.Null(Readability.Offence(Sentence(20) + " " + Sentence(20)));
        Assert.Contains("21 words", Readability.Offence(Sentence(20) + " " + Sentence(21)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_short_text_may_use_hard_words_since_only_its_sentences_are_measured() =>
        Assert.Null(Readability.Offence("Confidentiality necessitates organisational accountability."));

    [Fact]
    public void A_text_over_a_hundred_words_is_judged_by_its_grade()
    {
        var easy = string.Join(' ', Enumerable.Repeat("We keep a list of the tools we use and who may use them.", 9));
        var hard = string.Join(' ', Enumerable.Repeat("Organisational accountability necessitates comprehensive documentation of administrative responsibilities.", 13));

        Assert.True(Readability.Words(easy) > Readability.LongText && Readability.Words(hard) > Readability.LongText);
        Assert.Null(Readability.Offence(easy));
        Assert.Contains("grade", Readability.Offence(hard), StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_text_may_have_a_long_sentence_when_it_is_easy_as_a_whole() =>
        Assert.Null(Readability.Offence(Sentence(25) + " " + string.Join(' ', Enumerable.Repeat("We keep a list of the tools we use.", 10))));

    [Theory]
    [InlineData("See CC6.1, A1.2, PI1.3, DC4, AC-03, G-AC-10 and POL-02.", 2)]
    [InlineData("We use Amazon Web Services, GitHub and Google Workspace.", 3)]
    [InlineData("TLS 1.2 is new enough. Use it.", 7)]
    public void Ids_and_product_names_are_left_out_of_the_count(string text, int words) => Assert.Equal(words, Readability.Words(text));

    [Theory]
    [InlineData("One. Two! Three?", 3)]
    [InlineData("Use TLS 1.2, e.g. here. Done.", 2)]
    [InlineData("First line\nsecond line\n• third", 3)]
    [InlineData("He said \"yes.\" Then he left.", 2)]
    [InlineData("", 0)]
    public void Sentences_end_where_a_reader_pauses(string text, int sentences) => Assert.Equal(sentences, Readability.Sentences(text).Count);

    private static string Sentence(int words) => string.Join(' ', Enumerable.Repeat("go", words)) + ".";
}
