using System.Globalization;
using Plainproof.Catalog;

namespace Plainproof.Features.Learn;

/// <summary>Sums over the catalogue's own figures, rounded to tens, so that pages and catalogue cannot disagree.</summary>
internal static class Effort
{
    /// <summary>Hours to close every gap that belongs to a category; Security has those that belong to no other.</summary>
    public static string OfCategory(string category) =>
        Sum(Catalogue.Shipped.Gaps.Gaps.Where(gap => gap.Categories.Count == 0 ? category == Security : gap.Categories.Contains(category)).Select(gap => (gap.Hours.Low, gap.Hours.High)));

    /// <summary>Hours of the work that every company has, whatever its gaps; what recurs each month is left out.</summary>
    public static string Standing => Sum(Catalogue.Shipped.Standing.Items.Where(item => item.Per is null).Select(item => (item.Hours.Low, item.Hours.High)));

    /// <summary>Hours a month that the recurring controls take.</summary>
    public static string EachMonth => Catalogue.Shipped.Standing.Items.Where(item => item.Per == "month").Select(item => Range(item.Hours.Low, item.Hours.High)).Single();

    public const string Security = "Security";

    public static string Range(decimal low, decimal high, string before = "") =>
        low == high ? Figure(low, before) : $"{Figure(low, before)} to {Figure(high, before)}";

    private static string Figure(decimal figure, string before) => string.Create(CultureInfo.InvariantCulture, $"{before}{figure:#,0.##}");

    private static string Sum(IEnumerable<(decimal Low, decimal High)> hours)
    {
        var all = hours.ToList();
        return Range(Tens(all.Sum(one => one.Low)), Tens(all.Sum(one => one.High)));
    }

    private static decimal Tens(decimal hours) => Math.Round(hours / 10, MidpointRounding.AwayFromZero) * 10;
}
