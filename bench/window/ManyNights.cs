using System.Diagnostics;
using Plainproof.Storage;

namespace Plainproof.Bench.Window;

/// <summary>A night of many companies in one installation: each of them read, stored, judged and sealed.</summary>
internal sealed class ManyNights(DataFolder data, SteppedClock clock, int companies, OfficeSize size)
{
    private readonly List<LivedCompany> _all = [.. Enumerable.Range(0, companies).Select(number => LivedCompany.Begin(data, $"company-{number:0000}", clock, size, number))];

    /// <summary>Runs a second.</summary>
    public async Task<double> NightAsync()
    {
        clock.Now = clock.Now.AddDays(1);
        foreach (var company in _all)
            company.Step();
        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(_all, new ParallelOptions { MaxDegreeOfParallelism = 2 * Environment.ProcessorCount }, async (company, _) => await company.NightAsync());
        return _all.Count / watch.Elapsed.TotalSeconds;
    }
}
