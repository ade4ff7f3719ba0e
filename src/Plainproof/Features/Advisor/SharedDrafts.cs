using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Plainproof.Catalog;
using Plainproof.Features.Interview;
using Plainproof.Storage.Records;

namespace Plainproof.Features.Advisor;

/// <summary>A result under a link: to come back to it, or to show it to somebody. Whoever has the link sees it, until it ends.</summary>
internal sealed class SharedDrafts(InstallationRecords records, Catalogue catalogue, TimeProvider clock)
{
    public const int Days = 30;

    /// <summary>Bytes of a link's secret: nobody finds one by trying.</summary>
    private const int SecretBytes = 32;

    /// <returns>The secret, for the link. It is kept nowhere here: who loses it cannot get the answers back.</returns>
    public async Task<string> SaveAsync(Answers answers, CancellationToken stop)
    {
        var secret = RandomNumberGenerator.GetBytes(SecretBytes);
        var now = clock.GetUtcNow();
        await records.Set<SharedDraft>().Where(draft => draft.EndsAt <= now).ExecuteDeleteAsync(stop);
        records.Add(new SharedDraft { Id = IdOf(secret), Draft = Seal(secret, PackedAnswers.Pack(answers)), SavedAt = now, EndsAt = now.AddDays(Days) });
        await records.SaveChangesAsync(stop);
        return WebEncoders.Base64UrlEncode(secret);
    }

    /// <returns>Null when there is no such link, or it has ended.</returns>
    public async Task<(Answers Answers, DateTimeOffset SavedAt, DateTimeOffset EndsAt)?> FindAsync(string link, CancellationToken stop)
    {
        if (SecretOf(link) is not { } secret)
            return null;
        var (id, now) = (IdOf(secret), clock.GetUtcNow());
        var found = await records.Set<SharedDraft>().AsNoTracking().SingleOrDefaultAsync(draft => draft.Id == id && draft.EndsAt > now, stop);
        return found is not null && Open(secret, found.Draft) is { } bytes && PackedAnswers.Unpack(bytes, catalogue.Questions) is { } answers ? (answers, found.SavedAt, found.EndsAt) : null;
    }

    public async Task ForgetAsync(string link, CancellationToken stop)
    {
        var id = SecretOf(link) is { } secret ? IdOf(secret) : "";
        await records.Set<SharedDraft>().Where(draft => draft.Id == id).ExecuteDeleteAsync(stop);
    }

    private static byte[]? SecretOf(string link)
    {
        try
        {
            return link.Length < 64 && WebEncoders.Base64UrlDecode(link) is { Length: SecretBytes } secret ? secret : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static string IdOf(byte[] secret) => Convert.ToHexStringLower(SHA256.HashData(secret));

    private static byte[] KeyOf(byte[] secret) => HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 32, info: Encoding.ASCII.GetBytes("plainproof shared draft"));

    /// <summary>AES-256-GCM. Each secret seals one draft once, so the nonce may be fixed (NIST SP 800-38D section 8.2.1).</summary>
    private static byte[] Seal(byte[] secret, byte[] plain)
    {
        using var aes = new AesGcm(KeyOf(secret), 16);
        var sealedBytes = new byte[plain.Length + 16];
        aes.Encrypt(new byte[12], plain, sealedBytes.AsSpan(0, plain.Length), sealedBytes.AsSpan(plain.Length));
        return sealedBytes;
    }

    private static byte[]? Open(byte[] secret, byte[] sealedBytes)
    {
        try
        {
            using var aes = new AesGcm(KeyOf(secret), 16);
            var plain = new byte[sealedBytes.Length - 16];
            aes.Decrypt(new byte[12], sealedBytes.AsSpan(0, plain.Length), sealedBytes.AsSpan(plain.Length), plain);
            return plain;
        }
        catch (Exception e) when (e is AuthenticationTagMismatchException or OverflowException)
        {
            return null;
        }
    }
}
