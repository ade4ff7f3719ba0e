using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Plainproof.Evidence;

/// <summary>
/// The head of a sealed file: <c>PPBLOB01</c>, length of the media type (2 bytes, big-endian) and the media type, length of the content
/// (8 bytes), digest (32), then nonce (12) and AES-256-GCM of blob key and salt (64 + 16) under the vault key, with all before it as
/// associated data. The salt is inside, so that without the key nobody can try guesses against the digest.
/// </summary>
internal sealed record BlobHeader(string MediaType, long Bytes, Hash Digest)
{
    public const int KeyBytes = 32;
    public const int SaltBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int LongestMediaType = 255;
    private const int WrappedBytes = NonceBytes + KeyBytes + SaltBytes + TagBytes;

    public static ReadOnlySpan<byte> Magic => "PPBLOB01"u8;

    public static int LengthFor(string mediaType) => ClearLength(Encoding.UTF8.GetByteCount(mediaType)) + WrappedBytes;

    public byte[] Wrap(byte[] blobKey, byte[] salt, byte[] vaultKey)
    {
        var clear = ToClear();
        var nonce = RandomNumberGenerator.GetBytes(NonceBytes);
        var wrapped = new byte[KeyBytes + SaltBytes];
        var tag = new byte[TagBytes];
        using var aes = new AesGcm(vaultKey, TagBytes);
        aes.Encrypt(nonce, (byte[])[.. blobKey, .. salt], wrapped, tag, clear);
        return [.. clear, .. nonce, .. wrapped, .. tag];
    }

    /// <summary>Reads the head and leaves the stream at the first chunk.</summary>
    /// <exception cref="InvalidDataException">Not a sealed file, or changed, or sealed under another key.</exception>
    public static (BlobHeader Header, byte[] BlobKey, byte[] Salt) Read(Stream file, byte[] vaultKey)
    {
        var (header, clear) = ReadClear(file);
        var wrapped = Exactly(file, WrappedBytes);
        var secret = new byte[KeyBytes + SaltBytes];
        try
        {
            using var aes = new AesGcm(vaultKey, TagBytes);
            aes.Decrypt(wrapped.AsSpan(0, NonceBytes), wrapped.AsSpan(NonceBytes, secret.Length), wrapped.AsSpan(^TagBytes..), secret, clear);
        }
        catch (AuthenticationTagMismatchException)
        {
            throw new InvalidDataException("its head was changed, or it was sealed with another vault key");
        }

        return (header, secret[..KeyBytes], secret[KeyBytes..]);
    }

    private static (BlobHeader Header, byte[] Clear) ReadClear(Stream file)
    {
        var start = Exactly(file, Magic.Length + 2);
        var typeLength = BinaryPrimitives.ReadUInt16BigEndian(start.AsSpan(Magic.Length));
        if (!start.AsSpan().StartsWith(Magic) || typeLength > LongestMediaType) throw new InvalidDataException("it is not a sealed blob");
        var rest = Exactly(file, typeLength + 8 + Hash.Length);
        var header = new BlobHeader(
            Encoding.UTF8.GetString(rest, 0, typeLength),
            BinaryPrimitives.ReadInt64BigEndian(rest.AsSpan(typeLength)),
            new Hash(rest.AsSpan(typeLength + 8)));
        return (header, [.. start, .. rest]);
    }

    private static int ClearLength(int typeLength) => typeLength <= LongestMediaType
        ? Magic.Length + 2 + typeLength + 8 + Hash.Length
        : throw new ArgumentException($"a media type has at most {LongestMediaType} bytes");

    private byte[] ToClear()
    {
        var type = Encoding.UTF8.GetBytes(MediaType);
        var clear = new byte[ClearLength(type.Length)];
        Magic.CopyTo(clear);
        BinaryPrimitives.WriteUInt16BigEndian(clear.AsSpan(Magic.Length), (ushort)type.Length);
        type.CopyTo(clear, Magic.Length + 2);
        BinaryPrimitives.WriteInt64BigEndian(clear.AsSpan(Magic.Length + 2 + type.Length), Bytes);
        Digest.CopyTo(clear.AsSpan(Magic.Length + 2 + type.Length + 8));
        return clear;
    }

    private static byte[] Exactly(Stream file, int count)
    {
        var bytes = new byte[count];
        return file.ReadAtLeast(bytes, count, throwOnEndOfStream: false) == count
            ? bytes
            : throw new InvalidDataException("it ends inside its head");
    }
}
