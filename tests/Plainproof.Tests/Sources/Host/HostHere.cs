using Plainproof.Checks;
using Plainproof.Facts;
using Plainproof.Tests.Servers;
using Xunit;
using HostFact = Plainproof.Facts.Host;

namespace Plainproof.Tests.Sources.Host;

/// <summary>This host, read by the default source; what it says is held against the host's own tools.</summary>
public sealed class HostHere
{
    private static readonly Lazy<Task<Reading>> Once = new(() => Reading.OfAsync("host"));

    [Fact]
    public async Task Every_aspect_gets_exactly_one_line_and_the_whole_takes_seconds()
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var reading = await Reading.OfAsync("host");
        Assert.True(watch.Elapsed.TotalSeconds < 15, $"took {watch.Elapsed.TotalSeconds} s");
        Assert.Equal(17, reading.Lines.Count);
        Assert.Equal(reading.Lines.Count, reading.Lines.Select(line => line.Aspect).Distinct().Count());
        Assert.All(reading.Lines.Where(line => line.State != Completeness.Complete), line => Assert.NotNull(line.Why));
        TestContext.Current.TestOutputHelper?.WriteLine(watch.Elapsed + "\n" + string.Join('\n', reading.Lines));
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', reading.Facts.Where(fact => !fact.Aspect.Name.StartsWith("account", StringComparison.Ordinal)).Take(60).Select(fact => fact.Subject + " " + fact.Value)));
        foreach (var check in CheckLibrary.All)
        foreach (var (subject, outcome, reason, message) in reading.Check(check.Info.Id))
            TestContext.Current.TestOutputHelper?.WriteLine($"{check.Info.Id}: {outcome} {reason} {subject}: {message}");
    }
}
