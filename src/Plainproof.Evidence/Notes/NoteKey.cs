using System.Globalization;
using System.Text;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Plainproof.Evidence;

/// <summary>
/// The public half of a log key, as C2SP signed-note writes it on one line: <c>name+id+base64(0x01, key)</c>. This line (a "vkey")
/// is what an auditor receives once and keeps.
/// </summary>
public sealed class NoteKey
{
    private const byte Ed25519Type = 1;
    private readonly byte[] _publicKey;

    internal NoteKey(string name, ReadOnlySpan<byte> publicKey)
    {
        if (!IsName(name)) throw new NoteException($"'{name}' cannot name a key: it is empty, or has a space or a plus sign");
        Name = name;
        _publicKey = publicKey.ToArray();
        Id = Hash.OfBytes([.. Encoding.UTF8.GetBytes(name), (byte)'\n', Ed25519Type, .. publicKey]).ToBytes()[..4];
    }

    public string Name { get; }

    /// <summary>Four bytes that say which key made a signature. A name tag, not a protection.</summary>
    public ReadOnlyMemory<byte> Id { get; }

    public ReadOnlyMemory<byte> PublicKey => _publicKey;

    /// <exception cref="NoteException">The line is not an Ed25519 key, or its id does not fit its name and key.</exception>
    public static NoteKey Parse(string vkey)
    {
        var parts = vkey.Trim().Split('+', 3);
        if (parts.Length != 3 || !StrictBase64.TryDecode(parts[2], out var typed) || typed.Length != 1 + Ed25519.PublicKeySize)
            throw new NoteException("this is not a log key: a line NAME+ID+KEY was expected, with an Ed25519 key");
        if (typed[0] != Ed25519Type) throw new NoteException($"key type {typed[0]} is not known here: only Ed25519 (1) is");
        var key = new NoteKey(parts[0], typed.AsSpan(1));
        if (!string.Equals(Convert.ToHexStringLower(key.Id.Span), parts[1], StringComparison.Ordinal))
            throw new NoteException($"the id '{parts[1]}' in the key line does not fit its name and key: a character was changed");
        return key;
    }

    /// <summary>True when this key signed this text.</summary>
    public bool Signed(string text, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != Ed25519.SignatureSize) return false;
        var message = Encoding.UTF8.GetBytes(text);
        return Ed25519.Verify(signature.ToArray(), 0, _publicKey, 0, message, 0, message.Length);
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Name}+{Convert.ToHexStringLower(Id.Span)}+{Convert.ToBase64String([Ed25519Type, .. _publicKey])}");

    internal static bool IsName(string name) =>
        name.Length > 0 && !name.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '+' or '\uFFFD');
}
