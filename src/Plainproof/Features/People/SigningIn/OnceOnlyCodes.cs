using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;

namespace Plainproof.Features.People.SigningIn;

/// <summary>
/// Time-based one-time codes (RFC 6238: SHA-1, 30 seconds, six digits), one step of skew either way. RFC 6238 section 5.2: a code that
/// was accepted is not accepted again, nor is an older one.
/// </summary>
internal sealed class OnceOnlyCodes(PersonStore store, TimeProvider clock) : IUserTwoFactorTokenProvider<Person>
{
    private const int Seconds = 30;
    private const int Skew = 1;
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static string NewKey() => string.Concat(RandomNumberGenerator.GetItems<char>(Alphabet, 32));

    /// <summary>The code of one step, as an authenticator app shows it (RFC 4226 section 5.3).</summary>
    public static string CodeAt(string key, DateTimeOffset at) => Code(BytesOf(key), StepOf(at));

    public Task<bool> CanGenerateTwoFactorTokenAsync(UserManager<Person> manager, Person user) =>
        Task.FromResult(user.SecondStepKey is not null && user.SecondStepSince is not null);

    public Task<string> GenerateAsync(string purpose, UserManager<Person> manager, Person user) =>
        throw new NotSupportedException("The person's own device makes the codes.");

    public async Task<bool> ValidateAsync(string purpose, string token, UserManager<Person> manager, Person user)
    {
        var digits = token.Replace(" ", "", StringComparison.Ordinal);
        if (await store.GetAuthenticatorKeyAsync(user, CancellationToken.None) is not { } key)
            return false;
        var (bytes, now) = (BytesOf(key), StepOf(clock.GetUtcNow()));
        var step = Enumerable.Range(-Skew, (2 * Skew) + 1).Select(skew => now + skew)
            .Where(one => CryptographicOperations.FixedTimeEquals(System.Text.Encoding.ASCII.GetBytes(Code(bytes, one)), System.Text.Encoding.UTF8.GetBytes(digits)))
            .Cast<long?>().FirstOrDefault();
        return step is { } found && await store.UseCodeStepAsync(user, found, CancellationToken.None);
    }

    private static long StepOf(DateTimeOffset at) => at.ToUnixTimeSeconds() / Seconds;

    private static string Code(byte[] key, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> mac = stackalloc byte[HMACSHA1.HashSizeInBytes];
        HMACSHA1.HashData(key, counter, mac);
        var number = BinaryPrimitives.ReadInt32BigEndian(mac[(mac[^1] & 0xF)..]) & 0x7FFFFFFF;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>Base32 (RFC 4648 section 6), as such apps exchange keys.</summary>
    private static byte[] BytesOf(string key)
    {
        var bytes = new byte[key.Length * 5 / 8];
        var (buffer, bits, at) = (0, 0, 0);
        foreach (var letter in key)
        {
            buffer = (buffer << 5) | Alphabet.IndexOf(letter, StringComparison.Ordinal);
            bits += 5;
            if (bits < 8)
                continue;
            bits -= 8;
            bytes[at++] = (byte)(buffer >> bits);
            buffer &= (1 << bits) - 1;
        }

        return bytes;
    }
}
