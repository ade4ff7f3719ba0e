using Plainproof.Assurance.Populations;
using Plainproof.Catalog;
using Xunit;

namespace Plainproof.Tests.Populations;

/// <summary>What holds of every kind of population, also of those to come.</summary>
public sealed class KindTests
{
    [Fact]
    public void Every_kind_has_an_id_of_its_own_and_plain_words()
    {
        Assert.InRange(PopulationKinds.All.Count, 20, 60);
        Assert.Equal(PopulationKinds.All.Count, PopulationKinds.All.Select(kind => kind.Id).Distinct().Count());
        Assert.Equal(PopulationKinds.All.Count, PopulationKinds.All.Select(kind => kind.Title).Distinct().Count());
        Assert.All(PopulationKinds.All, kind => Assert.Matches("^[a-z]+(-[a-z]+)*$", kind.Id));
        Assert.Empty(PopulationKinds.All.SelectMany(kind => new[] { kind.Title, kind.Query + ".", kind.Connect, kind.Limit }).Select(Readability.Offence).OfType<string>());
    }

    [Fact]
    public void No_kind_has_two_columns_of_one_name() =>
        Assert.All(PopulationKinds.All, kind => Assert.Equal(Population.ColumnsOf(kind).Count, Population.ColumnsOf(kind).Distinct(StringComparer.Ordinal).Count()));

    [Theory]
    [InlineData("", "1-90")]
    [InlineData("1-30", "31-90")]
    [InlineData("31-60", "1-30 61-90")]
    [InlineData("1-30 31-90", "")]
    [InlineData("1-90 1-30", "")]
    [InlineData("1-40 30-60", "61-90")]
    public void Parts_are_held_against_the_whole_window(string frozen, string missing)
    {
        var parts = FrozenParts.Of(Days("1-90")[0], Days(frozen));
        Assert.Equal(Days(missing), parts.Missing);
        Assert.Equal(missing.Length == 0, parts.CoverTheWindow);
    }

    private static List<FrozenDays> Days(string text) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('-').Select(day => new DateOnly(2027, 1, 1).AddDays(int.Parse(day, System.Globalization.CultureInfo.InvariantCulture) - 1)).ToArray()).Select(days => new FrozenDays(days[0], days[1]))];
}
