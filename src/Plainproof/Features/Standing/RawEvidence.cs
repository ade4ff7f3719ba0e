using System.Text;
using Microsoft.AspNetCore.Http;
using Plainproof.Evidence;
using Plainproof.Features.Check;
using Plainproof.Features.People;
using Plainproof.Storage;

namespace Plainproof.Features.Standing;

/// <summary>A part of raw evidence as text.</summary>
/// <param name="Marked">What was pointed to; empty when the pointer leads nowhere.</param>
/// <param name="Line">The line that <paramref name="Before"/> begins with, from 1.</param>
/// <param name="IsWhole">False when there is more before or after.</param>
internal sealed record EvidenceText(string Before, string Marked, string After, int Line, bool IsWhole);

/// <param name="Text">Null when the evidence is no text.</param>
internal sealed record EvidenceBlob(string MediaType, long Bytes, EvidenceText? Text);

/// <summary>
/// The sealed raw bytes of the current company, opened for somebody who may see them. They came from outside: they are shown as text or
/// sent as a file to keep, never as a page.
/// </summary>
internal sealed class RawEvidence(DataFolder data, CurrentCompany company, TimeProvider clock)
{
    private const int LargestShown = 16 << 20;
    private const int Around = 12_000;

    private Vault Vault => new(Folder, new KeyFolder(data.Keys), clock);

    private CompanyFolder Folder => new(company.Name, data.CompanyRoot(company.Name));

    /// <returns>Null when the company has no such evidence.</returns>
    /// <exception cref="EvidenceException">It is damaged, or sealed with another key.</exception>
    public async Task<EvidenceBlob?> ReadAsync(string digest, string? path, CancellationToken stop)
    {
        if (Find(digest) is not { } hash)
            return null;
        var mediaType = Vault.MediaTypeOf(hash);
        await using var opened = Vault.OpenRead(hash);
        if (!Redaction.Reads(mediaType) || opened.Length > LargestShown)
            return new EvidenceBlob(mediaType, opened.Length, null);
        using var bytes = new MemoryStream();
        await opened.CopyToAsync(bytes, stop);
        return new EvidenceBlob(mediaType, bytes.Length, TextOf(bytes.GetBuffer().AsSpan(0, (int)bytes.Length), path));
    }

    /// <returns>The kind and how many bytes; null when the company has no such evidence.</returns>
    /// <exception cref="EvidenceException">It is damaged, or sealed with another key.</exception>
    public EvidenceBlob? Describe(string digest)
    {
        if (Find(digest) is not { } hash)
            return null;
        using var opened = Vault.OpenRead(hash);
        return new EvidenceBlob(Vault.MediaTypeOf(hash), opened.Length, null);
    }

    /// <param name="name">How the file is to be called, safe in a header; null for a name made from the digest.</param>
    public async Task SendAsync(string digest, HttpContext context, string? name = null)
    {
        if (Find(digest) is not { } hash)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        await using var opened = Vault.OpenRead(hash);
        Attachment.Announce(context, company, name ?? digest[..12] + Ending(Vault.MediaTypeOf(hash)), "application/octet-stream", opened.Length);
        await opened.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private Hash? Find(string digest) => Hash.TryParseHex(digest, out var hash) && File.Exists(Folder.Blob(hash)) ? hash : null;

    private static EvidenceText TextOf(ReadOnlySpan<byte> bytes, string? path)
    {
        var (start, end) = path is not null && Pointed.At(bytes, path) is { } range ? (range.Start.Value, range.End.Value) : (0, 0);
        var (from, to) = (CutBefore(bytes, start - Around), CutBefore(bytes, Math.Min(end, start + Around) + Around));
        var marked = bytes[start..Math.Min(end, to)];
        return new EvidenceText(
            Encoding.UTF8.GetString(bytes[from..start]), Encoding.UTF8.GetString(marked), Encoding.UTF8.GetString(bytes[(start + marked.Length)..Math.Max(to, start + marked.Length)]),
            bytes[..from].Count((byte)'\n') + 1, from == 0 && to == bytes.Length);
    }

    /// <summary>The place at or before <paramref name="at"/> where a character begins.</summary>
    private static int CutBefore(ReadOnlySpan<byte> bytes, int at)
    {
        at = Math.Clamp(at, 0, bytes.Length);
        while (at > 0 && at < bytes.Length && (bytes[at] & 0xC0) == 0x80)
            at--;
        return at;
    }

    private static string Ending(string mediaType) =>
        mediaType.Contains("json", StringComparison.Ordinal) ? ".json" : mediaType.StartsWith("text/", StringComparison.Ordinal) ? ".txt" : ".bin";
}
