using System.Globalization;

namespace Plainproof.Bench.Log;

internal static class Measure
{
    /// <summary>Runs both in turn, so that a busy moment hits both, and prints medians with the spread of the ratio.</summary>
    public static async Task ReportAsync(string name, string unit, int runs, Func<Task<double>> ours, Func<Task<double>> peer)
    {
        await ours();
        var pairs = new List<(double Ours, double Peer)>();
        for (var i = 0; i < runs; i++) pairs.Add((await ours(), await peer()));
        var ratios = pairs.ConvertAll(pair => pair.Ours / pair.Peer);
        ratios.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}  {Median(pairs.Select(p => p.Ours)):0}  {Median(pairs.Select(p => p.Peer)):0}  {ratios[ratios.Count / 2]:0.00}  {unit}  ({runs} runs, {ratios[0]:0.00} to {ratios[^1]:0.00})"));
    }

    private static double Median(IEnumerable<double> values) => values.Order().ToList() is var sorted ? sorted[sorted.Count / 2] : 0;
}
