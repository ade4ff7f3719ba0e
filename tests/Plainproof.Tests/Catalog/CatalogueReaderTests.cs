using System.Text;
using System.Text.RegularExpressions;
using Plainproof.Catalog;
using Xunit;

namespace Plainproof.Tests.Catalog;

public sealed class CatalogueReaderTests
{
    [Fact]
    public void The_files_in_the_repository_are_those_in_the_program()
    {
        var read = CatalogueReader.Read(Open);

        Assert.Equal(Catalogue.Shipped.Controls.Controls.Select(control => control.Plain), read.Controls.Controls.Select(control => control.Plain));
        Assert.Equal(61, read.By.Criterion.Count);
    }

    [Fact]
    public void An_unknown_member_is_refused_with_its_file_and_place() =>
        Assert.Contains("gaps.json, $.gaps[0] (G-GOV-1).surprise: is not a member that this file can have", Broken("gaps.json", text => text.Replace("\"why\":", "\"surprise\": 1, \"why\":", StringComparison.Ordinal)), StringComparison.Ordinal);

    [Fact]
    public void A_missing_member_is_refused_by_its_name() =>
        Assert.StartsWith("controls.json, $.controls[0] (GOV-01).statement: is missing", Broken("controls.json", text => Regex.Replace(text, "\"statement\": .*\n", "")), StringComparison.Ordinal);

    [Fact]
    public void A_null_where_there_must_be_a_value_is_refused() =>
        Assert.Contains("standing.json", Broken("standing.json", text => text.Replace("\"item\": \"List your main promises\"", "\"item\": null", StringComparison.Ordinal)), StringComparison.Ordinal);

    [Theory]
    [InlineData("\"severity\": \"blocker\"", "\"severity\": \"terrible\"", "$.gaps[0] (G-GOV-1).severity: is not one of blocker, operating, improvement")]
    [InlineData("\"severity\": \"blocker\"", "\"severity\": 1", "$.gaps[0] (G-GOV-1).severity: is not a text")]
    [InlineData("\"severity\": \"blocker\"", "\"severity\": \"blocker\", \"severity\": \"blocker\"", "$.gaps[0] (G-GOV-1).severity: is given twice")]
    [InlineData("\"type1\": true", "\"type1\": \"yes\"", "$.gaps[0] (G-GOV-1).type1: is not true or false")]
    [InlineData("\"leadDays\": { \"low\": 2", "\"leadDays\": { \"low\": 2.5", "$.gaps[0] (G-GOV-1).leadDays.low: is not a whole number")]
    [InlineData("\"hours\": { \"low\": 2,", "\"hours\": { \"low\": \"two\",", "$.gaps[0] (G-GOV-1).hours.low: is not a number")]
    [InlineData("\"cost\": {", "\"cost\": [], \"was\": {", "$.gaps[0] (G-GOV-1).cost: is not an object")]
    [InlineData("\"controls\": [\"GOV-02\"]", "\"controls\": \"GOV-02\"", "$.gaps[0] (G-GOV-1).controls: is not a list")]
    [InlineData("\"controls\": [\"GOV-02\"]", "\"controls\": [2]", "$.gaps[0] (G-GOV-1).controls[0]: is not a text")]
    [InlineData("\"why\":", "why:", "line ")]
    public void What_is_malformed_is_refused_by_file_and_place(string from, string to, string says) =>
        Assert.StartsWith("gaps.json, " + says, Broken("gaps.json", text => text.Replace(from, to, StringComparison.Ordinal)), StringComparison.Ordinal);

    [Fact]
    public void All_that_is_wrong_with_a_file_is_told_at_once()
    {
        var told = Broken("gaps.json", text => Regex.Replace(text, "\"why\": .*\n", "").Replace("\"type1\": true", "\"type1\": 1", StringComparison.Ordinal));

        Assert.Equal(79, Regex.Count(told, "why: is missing"));
        Assert.Contains("type1: is not true or false", told, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.StartsWith("gaps.json: the file is not there", Refused(name => name == "gaps.json" ? null : Open(name)), StringComparison.Ordinal);

    [Fact]
    public void A_reference_that_leads_nowhere_is_refused_with_file_and_id() =>
        Assert.StartsWith("controls.json, GOV-01: names gap G-NO-1, which gaps.json does not have",
            Broken("controls.json", text => text.Replace("\"gap\": \"G-GOV-2\"", "\"gap\": \"G-NO-1\"", StringComparison.Ordinal)), StringComparison.Ordinal);

    [Fact]
    public void A_repeated_id_is_refused() =>
        Assert.Contains("controls.json, GOV-01: more than one control has this id",
            Broken("controls.json", text => text.Replace("\"id\": \"GOV-02\"", "\"id\": \"GOV-01\"", StringComparison.Ordinal)), StringComparison.Ordinal);

    [Fact]
    public void Problems_of_several_files_are_told_at_once()
    {
        var told = Refused(name => name is "gaps.json" or "glossary.json" ? new MemoryStream("{"u8.ToArray()) : Open(name));

        Assert.Contains("gaps.json", told, StringComparison.Ordinal);
        Assert.Contains("glossary.json", told, StringComparison.Ordinal);
    }

    [Fact]
    public void A_look_up_that_fails_names_the_file_and_the_id()
    {
        var wrong = Assert.Throws<KeyNotFoundException>(() => Catalogue.Shipped.By.Control["AC-99"]);

        Assert.Equal("controls.json has no control AC-99", wrong.Message);
    }

    private static string Broken(string file, Func<string, string> change) => Refused(name =>
    {
        if (name != file)
            return Open(name);
        var before = File.ReadAllText(Repository.File("catalog", name));
        var after = change(before);
        Assert.NotEqual(before, after);
        return new MemoryStream(Encoding.UTF8.GetBytes(after));
    });

    private static string Refused(Func<string, Stream?> open) => Assert.Throws<BrokenCatalogueException>(() => CatalogueReader.Read(open)).Message;

    private static FileStream Open(string name) => File.OpenRead(Repository.File("catalog", name));
}
