using Plainproof.Catalog;

namespace Plainproof.Assurance.Planning;

/// <summary>One line of what the first year costs.</summary>
internal sealed record CostLine(string What, double Low, double High, string? Note = null);

/// <summary>Money paid to others in the first year, for a company of some size. Own hours are counted apart.</summary>
internal sealed record YearCost(IReadOnlyList<CostLine> Lines)
{
    private const int Months = 12;

    /// <summary>Of all people: how many join in a year, and how many write software. Rough on purpose.</summary>
    private const double Joiners = 0.25;

    private const double Engineers = 0.4;

    public double Low => Lines.Sum(line => line.Low);

    public double High => Lines.Sum(line => line.High);

    /// <param name="effort">How much larger the work is than for about 20 people; it moves the audit fee too.</param>
    public static YearCost Of(IReadOnlyList<Gap> gaps, int people, double effort)
    {
        var tools = gaps.Where(gap => gap.Cost.High > 0).Select(gap => (gap, times: Times(gap.Cost.Per, people)))
            .Select(one => new CostLine(one.gap.Title, (double)one.gap.Cost.Low * one.times, (double)one.gap.Cost.High * one.times, one.gap.Cost.Note))
            .OrderByDescending(line => line.High);
        return new([
            new CostLine("Audit firm, Type I report", Estimates.Type1Fee.Low * effort, Estimates.Type1Fee.High * effort, "Left out when you go straight to a Type II."),
            new CostLine("Audit firm, Type II report", Estimates.Type2Fee.Low * effort, Estimates.Type2Fee.High * effort, "Small and mid-sized firms. The largest firms ask far more."),
            .. tools,
        ]);
    }

    private static double Times(string? per, int people) => per switch
    {
        null or "year" => 1,
        "month" => Months,
        "person" or "person per year" or "device" => people,
        "person per month" or "device per month" => people * Months,
        "engineer" or "engineer per year" => Math.Ceiling(people * Engineers),
        "check" => Math.Ceiling(people * Joiners),
        _ => 1,
    };
}
