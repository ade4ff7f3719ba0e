using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Plainproof.Evidence;

/// <summary>
/// The private half of a log key. Whoever holds it can sign for the log, so it is kept as one line in a file of mode 0600, in the
/// form of Go's note package: <c>PRIVATE+KEY+name+id+base64(0x01, seed)</c>.
/// </summary>
public sealed class LogKey
{
    private const string Prefix = "PRIVATE+KEY+";
    private readonly byte[] _seed;

    private LogKey(string name, byte[] seed)
    {
        _seed = seed;
        var publicKey = new byte[Ed25519.PublicKeySize];
        Ed25519.GeneratePublicKey(seed, 0, publicKey, 0);
        Public = new NoteKey(name, publicKey);
    }

    public NoteKey Public { get; }

    public static LogKey Create(string name) => new(name, RandomNumberGenerator.GetBytes(Ed25519.SecretKeySize));

    /// <exception cref="NoteException">The line is not a private key, or was changed.</exception>
    internal static LogKey Parse(string line)
    {
        var parts = line.Trim().Split('+', 5);
        if (!line.StartsWith(Prefix, StringComparison.Ordinal) || parts.Length != 5
            || !StrictBase64.TryDecode(parts[4], out var typed) || typed.Length != 1 + Ed25519.SecretKeySize || typed[0] != 1)
            throw new NoteException("the file does not hold an Ed25519 log key");
        var key = new LogKey(parts[2], typed[1..]);
        if (!string.Equals(Convert.ToHexStringLower(key.Public.Id.Span), parts[3], StringComparison.Ordinal))
            throw new NoteException("the log key was changed: its id does not fit");
        return key;
    }

    /// <summary>The line that goes into the key file. Never log or show it.</summary>
    internal string ToPrivateLine() =>
        $"{Prefix}{Public.Name}+{Convert.ToHexStringLower(Public.Id.Span)}+{Convert.ToBase64String([1, .. _seed])}";

    /// <summary>Signs a text that ends with a new line, and returns the whole note.</summary>
    internal string Sign(string text)
    {
        if (!text.EndsWith('\n')) throw new ArgumentException("a note's text ends with a new line", nameof(text));
        var message = Encoding.UTF8.GetBytes(text);
        var signature = new byte[Ed25519.SignatureSize];
        Ed25519.Sign(_seed, 0, message, 0, message.Length, signature, 0);
        return $"{text}\n\u2014 {Public.Name} {Convert.ToBase64String([.. Public.Id.Span, .. signature])}\n";
    }
}
