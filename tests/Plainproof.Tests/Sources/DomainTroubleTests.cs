using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Plainproof.Facts;
using Plainproof.Sources;
using Xunit;

namespace Plainproof.Tests.Sources;

[Collection(nameof(DomainWorld))]
public sealed class DomainTroubleTests(DomainWorld world)
{
    private const int OddDns = 17332;

    [Fact]
    public async Task A_dns_server_that_says_nothing_ends_in_time_and_proves_nothing()
    {
        using var silent = new UdpClient(new IPEndPoint(IPAddress.Loopback, OddDns));
        var began = Stopwatch.StartNew();
        var reading = await world.ReadAsync("healthy.test", "&timeout=4", OddDns);
        Assert.True(began.Elapsed.TotalSeconds < 6, $"It took {began.Elapsed.TotalSeconds:0.0} s.");
        Assert.Empty(reading.Facts);
        Assert.All(reading.Lines, line => Assert.Equal(Completeness.TimedOut, line.State));
    }

    [Fact]
    public async Task A_dns_server_that_is_not_there_is_unreachable()
    {
        var reading = await world.ReadAsync("healthy.test", "&timeout=4", OddDns);
        Assert.All(reading.Lines, line => Assert.Equal(Completeness.Unreachable, line.State));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Half_an_answer_is_no_answer(bool truncated)
    {
        using var odd = new UdpClient(new IPEndPoint(IPAddress.Loopback, OddDns));
        using var stop = new CancellationTokenSource();
        var answering = AnswerAsync(odd, truncated, stop.Token);
        var reading = await world.ReadAsync("healthy.test", "&timeout=4", OddDns);
        await stop.CancelAsync();
        await answering;
        Assert.Empty(reading.Facts);
        Assert.Equal(11, reading.Lines.Count);
        Assert.All(reading.Lines, line => Assert.NotEqual(Completeness.Complete, line.State));
    }

    [Fact]
    public async Task A_name_that_points_into_a_private_network_is_reported_and_not_contacted()
    {
        var reading = await world.ReadAsync("private.test", "&allow-private=false");
        Assert.Equal(Completeness.Unreachable, reading.Coverage<WebTls>().State);
        Assert.Contains("private.test points at the private address 10.1.2.3, so it was not contacted", reading.Coverage<WebTls>().Why, StringComparison.Ordinal);
        Assert.Contains("127.0.0.11", reading.Coverage<WebCertificate>().Why, StringComparison.Ordinal);
        Assert.Contains("192.168.1.1", reading.Coverage<MailServer>().Why, StringComparison.Ordinal);
        Assert.All(reading.Calls, call => Assert.True(call.What.StartsWith("DNS", StringComparison.Ordinal) || call.What == "GET rdap", call.What));
    }

    [Fact]
    public async Task A_reset_counts_as_refused_only_where_another_version_got_an_answer()
    {
        using var ssl3 = new OddListener("127.0.0.31", DomainWorld.Https, hello => hello[2] == 0 ? OddListener.Ssl3Hello : null);
        using var resets = new OddListener("127.0.0.32", DomainWorld.Https, _ => null);
        var old = Assert.Single((await world.ReadAsync("ssl3.test", "&timeout=5")).Of<WebTls>());
        Assert.Equal([TlsVersion.Ssl30], old.Accepts);
        Assert.Equal([TlsVersion.Tls10, TlsVersion.Tls11, TlsVersion.Tls12, TlsVersion.Tls13], old.Refuses);

        var reading = await world.ReadAsync("resets.test", "&timeout=5");
        Assert.Empty(reading.Of<WebTls>());
        Assert.Equal(Completeness.Unreachable, reading.Coverage<WebTls>().State);
    }

    /// <summary>Lengths that lie, records that stop, plain nonsense: none may look like a verdict or break the reading.</summary>
    [Theory]
    [InlineData("1603030004020000ff")]
    [InlineData("160303ffff02000026")]
    [InlineData("16030300060200000203ff")]
    [InlineData("160303002a0200002603030000000000000000000000000000000000000000000000000000000000000000ff0000")]
    [InlineData("1503030001")]
    [InlineData("150303000101")]
    [InlineData("0000000000")]
    [InlineData("48545450")]
    public async Task Broken_tls_is_never_a_verdict(string hexadecimal)
    {
        using var odd = new OddListener("127.0.0.31", DomainWorld.Https, _ => Convert.FromHexString(hexadecimal));
        var reading = await world.ReadAsync("ssl3.test", "&timeout=3");
        Assert.Empty(reading.Of<WebTls>());
        Assert.Empty(reading.Of<WebCertificate>());
        Assert.All([reading.Coverage<WebTls>().State, reading.Coverage<WebCertificate>().State], state => Assert.True(state is not (Completeness.Complete or Completeness.Failed), $"{state}"));
    }

    [Fact]
    public async Task Stopping_is_heeded_at_once()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        var began = Stopwatch.StartNew();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Reading.OfAsync(
            $"domain=silent.test?resolver=127.0.0.1:{DomainWorld.Dns}&https-port={DomainWorld.Https}&http-port={DomainWorld.Http}&smtp-port={DomainWorld.Smtp}", null, stop.Token));
        Assert.True(began.Elapsed.TotalSeconds < 2, $"It took {began.Elapsed.TotalSeconds:0.0} s.");
    }

    [Fact]
    public void Every_mistake_in_a_target_is_told_at_once()
    {
        var source = new SourceLibrary(TimeProvider.System).Find("domain")!;
        var told = Assert.Throws<BadTarget>(() => source.ScopeOf(Target.Parse(
            "domain=https://example.com?resolver=dns&https-port=0&ca=/nowhere.pem&hosts=a b&timeout=0&rdap=ftp://x&allow-private=maybe&dkim-selectors=s!")));
        Assert.Equal(8, told.Problems.Count);
        Assert.Equal("domain:xn--bcher-kva.example", source.ScopeOf(Target.Parse("domain=Bücher.example.")));
        Assert.Contains("not a name within example.com", Assert.Throws<BadTarget>(() => source.ScopeOf(Target.Parse("domain=example.com?hosts=a b"))).Message, StringComparison.Ordinal);
    }

    /// <summary>Answers each question with its own header: cut off, or claiming records that are not there.</summary>
    private static async Task AnswerAsync(UdpClient odd, bool truncated, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                var question = await odd.ReceiveAsync(stop);
                var answer = question.Buffer.ToArray();
                (answer[2], answer[3]) = ((byte)(truncated ? 0x83 : 0x81), 0x80);
                (answer[7], answer[11]) = ((byte)(truncated ? 0 : 9), 0);
                await odd.SendAsync(answer, question.RemoteEndPoint, stop);
            }
        }
        catch (OperationCanceledException)
        {
            Assert.True(stop.IsCancellationRequested);
        }
    }

    /// <summary>Takes connections, reads the first record's header, and gives one answer or a reset.</summary>
    private sealed class OddListener : IDisposable
    {
        public static readonly byte[] Ssl3Hello = [22, 3, 0, 0, 42, 2, 0, 0, 38, 3, 0, .. new byte[32], 0, 0, 10, 0];
        private readonly TcpListener _listener;

        public OddListener(string address, int port, Func<byte[], byte[]?> answer)
        {
            _listener = new TcpListener(IPAddress.Parse(address), port);
            _listener.Start();
            _ = ServeAsync(answer);
        }

        public void Dispose() => _listener.Dispose();

        private async Task ServeAsync(Func<byte[], byte[]?> answer)
        {
            try
            {
                while (true)
                {
                    using var client = await _listener.AcceptTcpClientAsync();
                    var hello = new byte[5];
                    await client.GetStream().ReadAtLeastAsync(hello, 5, throwOnEndOfStream: false);
                    if (answer(hello) is { } bytes)
                        await client.GetStream().WriteAsync(bytes);
                    else
                        client.Client.Close(0);
                }
            }
            catch (Exception e) when (e is ObjectDisposedException or SocketException or IOException)
            {
                _listener.Stop();
            }
        }
    }
}
