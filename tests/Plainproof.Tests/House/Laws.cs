using System.Text.RegularExpressions;
using Plainproof.Catalog;
using Plainproof.Checks;
using Plainproof.Sources;
using Xunit;

namespace Plainproof.Tests.House;

/// <summary>The laws that text can break.</summary>
public sealed partial class Laws
{
    [Fact]
    public void Nothing_says_compliant_certified_or_passed_of_a_company()
    {
        var wrong = Texts().Where(text => Claim().IsMatch(text.Value)).Select(text => $"{text.At}: {text.Value}");
        Assert.Empty(wrong);
    }

    [Fact]
    public void The_words_of_checks_and_sources_are_plain()
    {
        Assert.Empty(Texts().Select(text => (text.At, Problem: Readability.Offence(text.Value))).Where(found => found.Problem is not null).Select(found => $"{found.At}: {found.Problem}"));
    }

    private static IEnumerable<(string At, string Value)> Texts() => CheckTexts().Concat(SourceTexts());

    private static IEnumerable<(string, string)> CheckTexts() =>
        from check in CheckLibrary.All
        let info = check.Info
        from text in (string[])[info.Title, info.Gap.Title, info.Gap.Why, info.DoesNotProve, .. info.Gap.Steps, .. info.Criteria.Select(edge => edge.Why), .. (info.Parameters ?? new Dictionary<string, Parameter>()).Values.Select(parameter => parameter.Plain)]
        select (info.Id, text);

    private static IEnumerable<(string, string)> SourceTexts() =>
        from source in new SourceLibrary(TimeProvider.System).All
        from text in (string[])[source.Info.Title, source.Info.Plain, source.Info.Pace, .. source.Info.Options.Select(option => option.Plain), .. source.Info.Offers.SelectMany(offer => offer.Permissions).Select(permission => permission.Why)]
        select (source.Info.Name, text);

    [GeneratedRegex(@"\b(is|are|be|become|fully|now|100%)\s+(SOC 2 )?(compliant|certified)\b|\bpass(ed|es)? SOC 2\b|\bSOC 2 certified\b", RegexOptions.IgnoreCase)]
    internal static partial Regex Claim();
}
