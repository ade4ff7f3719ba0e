using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Plainproof.Sources.Git;

namespace Plainproof.Features.EvidenceFiles.Insides;

/// <summary>
/// Looks into a file before it is sealed. What comes from outside is read with limits; whatever cannot be read says why and is never
/// taken for empty.
/// </summary>
internal static partial class InsideReader
{
    /// <summary>PostgreSQL indexes no more of one text, and nobody reads on.</summary>
    public const int MostCharacters = 200_000;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <param name="bytes">As they are sealed: of text, secrets are out already.</param>
    /// <param name="masked">How many secrets were taken out.</param>
    public static async Task<EvidenceInside> ReadAsync(string company, string id, FileKind kind, byte[] bytes, int masked, CancellationToken stop)
    {
        var found = await FoundAsync(kind, bytes, stop);
        var (words, secrets) = kind.IsText ? (found.Text, 0) : Masked(found.Text);
        return new EvidenceInside
        {
            Id = id,
            State = found.State != InsideState.Whole ? found.State : words.Length > MostCharacters ? InsideState.Cut : InsideState.Whole,
            Why = found.Why,
            Words = words.Length > MostCharacters ? words[..MostCharacters] : words,
            LineCount = kind.IsList && (kind.IsText || words.Length <= MostCharacters) ? Table.Count(words) : null, // A workbook is not read beyond that.
            Secrets = secrets,
            Masked = masked,
            MadeWith = Short(found.MadeWith),
            MadeAt = found.MadeAt,
            ChangedAt = found.ChangedAt,
            Width = found.Width,
            Height = found.Height,
            Mark = Convert.ToHexStringLower(SHA256.HashData([.. Encoding.UTF8.GetBytes(company + "\n"), .. bytes])),
            Likeness = Insides.Likeness.Of(words),
        };
    }

    private static async Task<Inside> FoundAsync(FileKind kind, byte[] bytes, CancellationToken stop)
    {
        try
        {
            return await Task.Factory.StartNew(() => Found(kind, bytes), stop, TaskCreationOptions.LongRunning, TaskScheduler.Default).WaitAsync(Limit, stop);
        }
        catch (TimeoutException)
        {
            return Inside.Unreadable("Opening it took too long.");
        }
        catch (Exception e) when (e is not OperationCanceledException) // The library for a format may throw anything at a damaged file.
        {
            return Inside.Unreadable("It could not be opened: it is damaged, or closed with a password.");
        }
    }

    private static Inside Found(FileKind kind, byte[] bytes) => kind.Ending switch
    {
        ".png" => Pictures.Png(bytes),
        ".jpg" or ".jpeg" => Pictures.Jpeg(bytes),
        ".pdf" => PdfText.Read(bytes),
        ".docx" => OfficeText.Document(bytes),
        ".xlsx" => OfficeText.Workbook(bytes),
        ".html" or ".htm" => Inside.OfText(WebUtility.HtmlDecode(Tags().Replace(Encoding.UTF8.GetString(bytes), " "))),
        _ => Inside.OfText(Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF')),
    };

    private static (string Words, int Secrets) Masked(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var secrets = SecretPatterns.Find(bytes).ToList();
        foreach (var secret in secrets)
            bytes.AsSpan(secret.Start, secret.Length).Fill((byte)'*');
        return (secrets.Count == 0 ? text : Encoding.UTF8.GetString(bytes), secrets.Count);
    }

    private static string? Short(string? name) => name is { Length: > 200 } ? name[..200] : name;

    [GeneratedRegex(@"<(script|style)\b.*?</\1\s*>|<!--.*?-->|<[^>]*>", RegexOptions.Singleline | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Tags();
}

/// <summary>What a format told of itself.</summary>
internal sealed record Inside(InsideState State, string Text)
{
    public string? Why { get; init; }

    public string? MadeWith { get; init; }

    public DateTimeOffset? MadeAt { get; init; }

    public DateTimeOffset? ChangedAt { get; init; }

    public int? Width { get; init; }

    public int? Height { get; init; }

    public static Inside OfText(string text) => new(InsideState.Whole, text);

    public static Inside Unreadable(string why) => new(InsideState.Unreadable, "") { Why = why };
}
