using Plainproof.Checks;
using Plainproof.Facts;
using Plainproof.Tests.Servers;
using Xunit;

namespace Plainproof.Tests.Sources.Host;

/// <summary>This host, read by the default source; what it says is held against the host's own tools.</summary>
[Collection("accounts of this machine")]
public sealed class HostHere
{
    [Fact]
    public async Task Every_aspect_gets_exactly_one_line_and_the_whole_takes_seconds()
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var reading = await Reading.OfAsync("host");
        Assert.True(watch.Elapsed.TotalSeconds < 15, $"took {watch.Elapsed.TotalSeconds} s");
        Assert.Equal(17, reading.Lines.Count);
        Assert.Equal(reading.Lines.Count, reading.Lines.Select(line => line.Aspect).Distinct().Count());
        Assert.All(reading.Lines.Where(line => line.State != Completeness.Complete), line => Assert.NotNull(line.Why));
        foreach (var check in CheckLibrary.All)
            Assert.DoesNotContain(reading.Check(check.Info.Id), result => result.Outcome == Outcome.Error);
    }

    [Fact]
    public async Task Accounts_ports_and_updates_agree_with_the_tools_of_the_host()
    {
        var reading = await Reading.OfAsync("host");

        Assert.Equal(
            Running.Run("getent", "passwd").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(':')[0]).Order(StringComparer.Ordinal),
            reading.Of<Account>().Select(account => account.Name).Order(StringComparer.Ordinal));
        Assert.All(reading.Of<HostListener>().Where(it => it.Address.StartsWith("127.", StringComparison.Ordinal)), it => Assert.True(it.Loopback));
        Assert.Equal(
            Running.Run("apt-get", "-s", "-o", "Debug::NoLocking=true", "dist-upgrade").Split('\n')
                .Where(line => line.StartsWith("Inst ", StringComparison.Ordinal) && line.Contains("-Security:", StringComparison.Ordinal) && line.Contains('['))
                .Select(line => line.Split(' ')[1]).Order(StringComparer.Ordinal),
            reading.Of<PendingUpdate>().Select(update => update.Package).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_fact_points_at_the_line_of_the_transcript_it_was_read_from()
    {
        var reading = await Reading.OfAsync("host");
        var lines = Assert.Single(reading.Kept).Split('\n');
        var root = reading.Facts.Single(fact => fact.Value is Account { Name: "root" });
        Assert.StartsWith("root:x:0:0:", lines[int.Parse(root.At.Path["line:".Length..]) - 1]);
    }

    [Fact]
    public async Task The_script_gives_the_same_accounts_under_every_shell()
    {
        var here = (await Reading.OfAsync("host")).Of<Account>().Select(account => account.Name).ToList();
        var script = Plainproof.Sources.Host.HostScript.For(new HashSet<Aspect> { Aspect.Of<Account>(), Aspect.Of<HostVolume>(), Aspect.Of<HostUpdates>() });
        foreach (var (shell, arguments) in new[] { ("dash", new[] { "-s" }), ("bash", ["--posix", "-s"]), ("busybox", ["sh", "-s"]) })
        {
            var transcript = Plainproof.Sources.Host.Transcript.Parse(Running.Run(shell, script.Text, arguments), script.Token);
            Assert.True(transcript.Finished);
            Assert.Equal(here, Plainproof.Sources.Host.AccountList.Of(transcript).All.Select(account => account.Name));
            Assert.All(transcript.Sections, section => Assert.True(section is { Ended: true, ExitCode: 0 }, $"{shell} {section.Name}: {section.ExitCode} {section.Complaint}"));
        }
    }

    [Theory]
    [InlineData("1.0", "1.0", 0)]
    [InlineData("1.0~rc1", "1.0", -1)]
    [InlineData("1:0.1", "9.9", 1)]
    [InlineData("2.36-9+deb12u14", "2.36-9+deb12u7", 1)]
    [InlineData("1.2.3-1+b2", "1.2.3-1+deb12u1", -1)]
    [InlineData("38.0.4-3+deb12u1", "38.0.4-3~deb12u1", 1)]
    [InlineData("0.1a", "0.1+", -1)]
    public void Versions_are_ordered_as_dpkg_orders_them(string left, string right, int order)
    {
        Assert.Equal(order, Math.Sign(Plainproof.Sources.Host.DebianVersion.Compare(left, right)));
        Running.Run("dpkg", "--compare-versions", left, order switch { 0 => "eq", < 0 => "lt", _ => "gt" }, right);
    }
}
