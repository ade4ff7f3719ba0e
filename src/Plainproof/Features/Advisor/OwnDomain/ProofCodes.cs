using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Plainproof.Features.Advisor.OwnDomain;

/// <summary>
/// Codes that went out by letter, in memory and as hashes only. The newest one of a challenge works, once, for an hour, and only for the
/// browser that asked: whoever gets a letter that somebody else asked for gives nothing away by opening it.
/// </summary>
internal sealed class ProofCodes(TimeProvider clock)
{
    public static readonly TimeSpan Lasts = TimeSpan.FromHours(1);

    private const int Letters = 10;
    private const int MostTries = 10;
    private const string Alphabet = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"; // Without those that look like others.
    private readonly ConcurrentDictionary<string, Sent> _sent = new(StringComparer.Ordinal);

    /// <returns>The code, which is told this once.</returns>
    public string Make(Challenge challenge, string address)
    {
        var now = clock.GetUtcNow();
        foreach (var old in _sent.Where(one => one.Value.EndsAt <= now))
            _sent.TryRemove(old);
        var code = RandomNumberGenerator.GetString(Alphabet, Letters);
        _sent[challenge.Key] = new Sent(HashOf(code), address, now + Lasts);
        return code;
    }

    public void Drop(Challenge challenge) => _sent.TryRemove(challenge.Key, out _);

    /// <summary>Where the newest letter went; null when none is open.</summary>
    public string? SentTo(Challenge challenge) => _sent.TryGetValue(challenge.Key, out var sent) && clock.GetUtcNow() < sent.EndsAt ? sent.Address : null;

    /// <summary>Uses the code up when it is the right one.</summary>
    public bool Use(Challenge challenge, string typed)
    {
        if (!_sent.TryGetValue(challenge.Key, out var sent) || clock.GetUtcNow() >= sent.EndsAt || !sent.MayTry())
            return false;
        return CryptographicOperations.FixedTimeEquals(sent.Hash, HashOf(Plain(typed))) && _sent.TryRemove(KeyValuePair.Create(challenge.Key, sent));
    }

    private static string Plain(string typed) => new([.. typed.Take(4 * Letters).Where(char.IsAsciiLetterOrDigit).Select(char.ToUpperInvariant)]);

    private static byte[] HashOf(string code) => SHA256.HashData(Encoding.ASCII.GetBytes(code));

    private sealed class Sent(byte[] hash, string address, DateTimeOffset endsAt)
    {
        private int _tries;

        public byte[] Hash { get; } = hash;

        public string Address { get; } = address;

        public DateTimeOffset EndsAt { get; } = endsAt;

        public bool MayTry() => Interlocked.Increment(ref _tries) <= MostTries;
    }
}
