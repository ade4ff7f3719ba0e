using Plainproof.Catalog;
using Xunit;

namespace Plainproof.Tests.Catalog;

public sealed class TermsOfArtTests
{
    private static readonly HashSet<string> Nothing = [];

    [Theory]
    [InlineData("Turn on MFA for all.", "MFA")]
    [InlineData("Least privilege is the rule.", "least privilege")]
    [InlineData("Book a penetration\ntest.", "penetration test")]
    [InlineData("List your CUECs.", null)]
    [InlineData("List each CUEC.", "CUEC")]
    [InlineData("Ask for a Type II report.", "Type II")]
    [InlineData("Set the RPO.", "RPO")]
    [InlineData("Set the XYZ.", "XYZ")]
    public void A_term_of_art_needs_the_glossary(string text, string? term) =>
        Assert.Equal(term is null ? [] : [term], TermsOfArt.Unexplained(text, Nothing));

    [Theory]
    [InlineData("Save it as PDF, OK?")]
    [InlineData("See CC6.1 and AC-03 at AWS.")]
    [InlineData("A patchwork of pipes.")]
    public void Ids_products_and_everyday_words_need_no_glossary(string text) => Assert.Empty(TermsOfArt.Unexplained(text, Nothing));

    [Fact]
    public void Capitals_of_a_command_need_no_glossary_but_terms_of_art_do() =>
        Assert.Equal(["MFA"], TermsOfArt.Unexplained("Run SELECT, then turn on MFA.", Nothing, withCapitals: false));

    [Fact]
    public void Any_form_in_the_glossary_explains_all_forms()
    {
        var glossary = new GlossaryFile { Terms = [new() { Name = "single sign-on", Also = ["OIDC"], Plain = "One login for all." }] };

        Assert.Empty(TermsOfArt.Unexplained("Use SSO.", TermsOfArt.Explained(glossary)));
    }

    [Fact]
    public void A_longer_form_explains_the_capitals_in_it()
    {
        var glossary = new GlossaryFile { Terms = [new() { Name = "AI tool", Plain = "A program that writes." }] };

        Assert.Empty(TermsOfArt.Unexplained("Use AI.", TermsOfArt.Explained(glossary)));
    }
}
