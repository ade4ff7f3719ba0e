using System.Net.Sockets;
using System.Security.Cryptography;
using Plainproof.Facts;
using Plainproof.Sources;

namespace Plainproof.Features.Systems;

/// <param name="Says">In words, for the person who waits.</param>
internal sealed record SignInOutcome(bool Works, string Says, string? Mend = null);

/// <summary>Signs in to a system and reads nothing that it need not read for that. Nothing is kept.</summary>
internal static class SignInTest
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static async Task<SignInOutcome> RunAsync(ISource source, Target target, CancellationToken stop)
    {
        using var timed = CancellationTokenSource.CreateLinkedTokenSource(stop);
        timed.CancelAfter(Limit);
        var sink = new Forgetting();
        try
        {
            await source.CollectAsync(target, new HashSet<Aspect>(), sink, timed.Token).WaitAsync(timed.Token);
            return new SignInOutcome(true, sink.Who is { } who ? $"It works. We are signed in as: {who}" : "It works. The system answered.");
        }
        catch (CannotRead e)
        {
            return new SignInOutcome(false, e.Message, e.Mend);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new SignInOutcome(false, $"There was no answer within {Limit.TotalSeconds:0} seconds.", "Check the address, and that this machine may reach it.");
        }
        catch (Exception e) when (e is SocketException or HttpRequestException or IOException)
        {
            return new SignInOutcome(false, $"No connection: {e.Message}", "Check the address, and that this machine may reach it.");
        }
    }

    private sealed class Forgetting : ISink
    {
        public string? Who { get; private set; }

        public async Task<Digest> KeepAsync(string mediaType, Stream bytes, CancellationToken stop) => Digest.FromBytes(await SHA256.HashDataAsync(bytes, stop));

        public ValueTask AddAsync(Fact fact, CancellationToken stop) => ValueTask.CompletedTask;

        public ValueTask CoverAsync(Coverage line, CancellationToken stop) => ValueTask.CompletedTask;

        public void Principal(string name) => Who = name;

        public void Called(Call call)
        {
        }

        public void Progress(string doing, long done = 0, long? of = null)
        {
        }
    }
}
