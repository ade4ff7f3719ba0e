using Microsoft.AspNetCore.Http;
using Plainproof.Cli;
using Plainproof.Evidence;
using Plainproof.Features.Check;
using Plainproof.Features.EvidenceFiles.Insides;
using Plainproof.Features.People;
using Plainproof.Features.Systems;
using Plainproof.Storage;
using Plainproof.Web;
using Words = Plainproof.Storage.Words;

namespace Plainproof.Features.EvidenceFiles;

/// <summary>The bytes of a file, from wherever they came.</summary>
/// <param name="Length">Larger than <paramref name="Bytes"/> when there were too many to be read.</param>
internal sealed record SentBytes(string Name, long Length, byte[] Bytes)
{
    public static SentBytes Of(string name, byte[] bytes) => new(name, bytes.Length, bytes);

    public static Task<SentBytes?> OfAsync(IFormFile? file, CancellationToken stop) => OfAsync(file, EvidenceIntake.MostBytes, stop);

    /// <param name="most">A larger file is not read.</param>
    public static async Task<SentBytes?> OfAsync(IFormFile? file, int most, CancellationToken stop)
    {
        if (file is null || file.Length > most)
            return file is null ? null : new SentBytes(file.FileName, file.Length, []);
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, stop);
        return Of(file.FileName, bytes.ToArray());
    }
}

/// <summary>A file as it was sent, with what was typed beside it.</summary>
/// <param name="Told">What was typed into a field of <see cref="FileField"/>.</param>
/// <param name="CopyOf">Id of the original; empty when it is no copy.</param>
internal sealed record SentFile(SentBytes? File, string Says, string From, string To, string Kind, Func<string, string?> Told, string CopyOf = "");

/// <summary>A file that can be added: proven, with secrets masked, looked into, and not sealed yet.</summary>
internal sealed record ReadyFile(
    FileKind Format, string Name, byte[] Bytes, string Says, EvidenceKind Kind, Told Told, DateOnly? From, DateOnly? To, EvidenceInside Inside, IReadOnlyDictionary<string, int> Removed);

/// <summary>What happens to a file before it is evidence: it is proven, secrets are taken out, and it is looked into; then it is sealed.</summary>
internal sealed class EvidenceIntake(CurrentCompany company, DataFolder data, TimeProvider clock)
{
    public const int MostBytes = 25 << 20;
    public const int LongestText = 2000;

    public DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    /// <exception cref="BadInput">Everything that is wrong with the file and the words beside it.</exception>
    public async Task<ReadyFile> ReadyAsync(string id, SentFile sent, CancellationToken stop)
    {
        var fields = new TypedFields();
        var format = FormatOf(sent.File, fields.Problems);
        var says = fields.Text(sent.Says, "What it shows", LongestText, 1, "Say in a few words what the file shows.");
        var kind = KindOf(sent.Kind, fields.Problems);
        var told = FileField.Read(sent.Told, fields, Today);
        var (from, to) = DaysOf(sent, fields);
        fields.OrBad();
        var (bytes, removed) = await MaskedAsync(format!, sent.File!.Bytes, stop);
        var inside = await InsideReader.ReadAsync(company.Name, id, format!, bytes, removed.Values.Sum(), stop);
        return new ReadyFile(format!, UploadedFile.SafeName(sent.File.Name), bytes, says, kind, told, from, to, inside, removed);
    }

    public Task<Sealed> SealAsync(ReadyFile ready, CancellationToken stop) =>
        data.VaultOf(company.Name, clock).KeepAsync(ready.Format.MediaType, new MemoryStream(ready.Bytes), stop);

    public static EvidenceKind KindOf(string typed, List<string> problems)
    {
        if (typed.Length == 0)
            return EvidenceKind.Other;
        foreach (var kind in EvidenceKinds.All)
            if (Words.Of(kind) == typed)
                return kind;
        problems.Add($"The kind is one of: {string.Join(", ", EvidenceKinds.All.Select(Words.Of))}.");
        return EvidenceKind.Other;
    }

    private (DateOnly? From, DateOnly? To) DaysOf(SentFile sent, TypedFields fields)
    {
        var (from, to) = (fields.Day(sent.From, "The first day"), fields.Day(sent.To, "The last day"));
        if (sent.From.Trim().Length == 0 != (sent.To.Trim().Length == 0))
            fields.Problems.Add("Give both days that it speaks of, or none.");
        if (from > to)
            fields.Problems.Add("The last day lies before the first.");
        if (to > Today.AddDays(1))
            fields.Problems.Add("A file cannot show days that have not come yet.");
        return (from, to);
    }

    private static FileKind? FormatOf(SentBytes? file, List<string> problems)
    {
        if (file is null || file.Length is 0 or > MostBytes)
        {
            problems.Add(file is null ? "Choose a file." : file.Length == 0 ? "The file is empty." : $"The file is larger than {MostBytes >> 20} MB. Split it, or add the part that shows it.");
            return null;
        }

        if (FileKind.Of(file.Name, new MemoryStream(file.Bytes)) is { } format)
            return format;
        problems.Add($"This is no file that can be taken: its ending is one of {FileKind.Endings.Replace(",", " ", StringComparison.Ordinal)}, and what is inside is of that kind.");
        return null;
    }

    private static async Task<(byte[] Bytes, IReadOnlyDictionary<string, int> Removed)> MaskedAsync(FileKind format, byte[] bytes, CancellationToken stop)
    {
        if (!format.IsText)
            return (bytes, new Dictionary<string, int>());
        await using var clean = new Redaction(new MemoryStream(bytes));
        using var masked = new MemoryStream(bytes.Length);
        await clean.CopyToAsync(masked, stop);
        return (masked.ToArray(), clean.Removed);
    }
}
