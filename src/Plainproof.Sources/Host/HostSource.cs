using System.Diagnostics;
using System.Text;
using Plainproof.Facts;

namespace Plainproof.Sources.Host;

/// <summary>This host, or a Linux host over SSH: one script, one round trip, one transcript as evidence.</summary>
internal sealed class HostSource(TimeProvider clock) : ISource
{
    public SourceInfo Info => HostOffers.Info;

    public string ScopeOf(Target target) => HostAddress.Of(target)?.Scope ?? $"host:{LocalName()}";

    public async Task CollectAsync(Target target, IReadOnlySet<Aspect> wanted, ISink sink, CancellationToken stop)
    {
        var address = HostAddress.Of(target)?.WithWays(target);
        IShell shell = address is null ? new LocalShell() : new SshShell(address);
        var script = HostScript.For(wanted);
        sink.Progress(address is null ? "reading this host" : $"reading {address.Host}");
        var text = await RunAsync(shell, script, HostAddress.TimeoutOf(target), sink, stop);

        var transcript = Transcript.Parse(text, script.Token);
        var blob = await sink.KeepTextAsync("text/plain", text, stop);
        var reading = new HostReading(ScopeOf(target), transcript, blob, wanted, sink, clock.GetUtcNow(), stop);
        sink.Principal(PrincipalOf(transcript));
        await ReadAsync(reading);
    }

    private static async Task ReadAsync(HostReading reading)
    {
        var accounts = AccountList.Of(reading.Transcript);
        await CoreReader.ReadAsync(reading);
        await SshdReader.ReadAsync(reading);
        await AccountReader.ReadAsync(reading, accounts);
        await SudoReader.ReadAsync(reading, accounts);
        await KeyReader.ReadAsync(reading, accounts);
        await UpdateReader.ReadAsync(reading);
        await VolumeReader.ReadAsync(reading);
        await FirewallReader.ReadAsync(reading);
        await ListenerReader.ReadAsync(reading);
        await ClockReader.ReadAsync(reading);
        await LoggingReader.ReadAsync(reading);
        await AgentReader.ReadAsync(reading);
    }

    /// <summary>What came before the time ran out is kept: sections that ended are as good as ever.</summary>
    private async Task<string> RunAsync(IShell shell, HostScript script, int seconds, ISink sink, CancellationToken stop)
    {
        using var bytes = new MemoryStream();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(seconds), clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(stop, limit.Token);
        var watch = Stopwatch.StartNew();
        var status = "ok";
        try
        {
            await shell.RunAsync(script, bytes, both.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            status = "timed out";
            if (bytes.Length == 0)
                throw new CannotRead(Completeness.TimedOut, $"The host did not answer within {seconds} seconds.", "Check that it is up and not overloaded, or raise the option timeout.");
        }

        sink.Called(new Call("run host.sh with /bin/sh", 1, 0, bytes.Length, watch.Elapsed.TotalMilliseconds, status));
        var text = Encoding.UTF8.GetString(bytes.ToArray());
        return text.Contains($"{script.Token} begin ", StringComparison.Ordinal) ? text : throw new CannotRead(
            Completeness.Denied, "The host took the connection and did not run our script. Its first words were: " + new string([.. text.Take(200)]).Trim(),
            "Give the account /bin/sh as its shell, and no forced command.");
    }

    private static string PrincipalOf(Transcript transcript)
    {
        var who = transcript.Find("who")?.Texts.ToList() ?? [];
        return who.Count < 2 ? "unknown" : who[0] switch { "as=sudo" => $"{who[1]}, with sudo", _ => who[1] };
    }

    private static string LocalName() => Environment.MachineName.ToLowerInvariant().Replace('/', '-');
}
