using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Plainproof.Cli;
using Plainproof.Storage;

namespace Plainproof.Features.Systems;

/// <summary>
/// Secrets at rest: AES-256-GCM (NIST SP 800-38D) under a key of the company in <c>keys/</c>. The company and the connection are bound in,
/// so a box opens only where it was closed. What comes out must stay in memory.
/// </summary>
internal sealed class SecretBox(DataFolder data, string company)
{
    private const byte Format = 1;
    private const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    public string KeyFile => Path.Combine(data.Keys, $"{company}.systems.key");

    /// <returns>Null when there is nothing to withhold.</returns>
    public byte[]? Close(string connection, IReadOnlyDictionary<string, string> withheld)
    {
        if (withheld.Count == 0)
            return null;
        var plain = JsonSerializer.SerializeToUtf8Bytes(withheld);
        var box = new byte[1 + NonceBytes + plain.Length + TagBytes];
        box[0] = Format;
        RandomNumberGenerator.Fill(box.AsSpan(1, NonceBytes));
        using var cipher = new AesGcm(Key(mayCreate: true), TagBytes);
        cipher.Encrypt(box.AsSpan(1, NonceBytes), plain, box.AsSpan(1 + NonceBytes, plain.Length), box.AsSpan(^TagBytes..), BoundTo(connection));
        CryptographicOperations.ZeroMemory(plain);
        return box;
    }

    /// <exception cref="BadInput">The key is missing, or the box was changed or belongs elsewhere.</exception>
    public IReadOnlyDictionary<string, string> Open(string connection, byte[]? box)
    {
        if (box is null)
            return new Dictionary<string, string>();
        if (box.Length < 1 + NonceBytes + TagBytes || box[0] != Format)
            throw Unreadable();
        var plain = new byte[box.Length - 1 - NonceBytes - TagBytes];
        try
        {
            using var cipher = new AesGcm(Key(mayCreate: false), TagBytes);
            cipher.Decrypt(box.AsSpan(1, NonceBytes), box.AsSpan(1 + NonceBytes, plain.Length), box.AsSpan(^TagBytes..), plain, BoundTo(connection));
            return JsonSerializer.Deserialize<Dictionary<string, string>>(plain)!;
        }
        catch (AuthenticationTagMismatchException)
        {
            throw Unreadable();
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    private byte[] BoundTo(string connection) => Encoding.UTF8.GetBytes($"plainproof system secrets {Format}\n{company}\n{connection}");

    private byte[] Key(bool mayCreate)
    {
        if (mayCreate && !File.Exists(KeyFile))
            Create();
        if (!File.Exists(KeyFile))
            throw new BadInput($"The key that opens the secrets of this company is missing: keys/{company}.systems.key. Put it back from your backup, or replace the secret of each system.");
        var key = new byte[KeyBytes];
        return Convert.TryFromBase64String(File.ReadAllText(KeyFile).Trim(), key, out var length) && length == KeyBytes ? key : throw Unreadable();
    }

    /// <summary>Whole or not at all; when another process is faster, its key stays.</summary>
    private void Create()
    {
        var unfinished = $"{KeyFile}.tmp-{Guid.NewGuid():N}";
        try
        {
            using (var file = Private.Create(unfinished))
            {
                file.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)) + "\n"));
                file.Flush(flushToDisk: true);
            }

            File.Move(unfinished, KeyFile, overwrite: false);
        }
        catch (IOException) when (File.Exists(KeyFile))
        {
            return;
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private static BadInput Unreadable() => new("The secret of this system cannot be opened with the key that is here. Replace the secret.");
}
