using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Plainproof.Catalog;
using Plainproof.Cli;
using Plainproof.Evidence;
using Plainproof.Features.Check;
using Plainproof.Features.Controls;
using Plainproof.Features.Gaps;
using Plainproof.Features.People;
using Plainproof.Features.Standing;
using Plainproof.Features.Systems;
using Plainproof.Storage;
using Plainproof.Web;
using Words = Plainproof.Storage.Words;

namespace Plainproof.Features.EvidenceFiles;

/// <summary>A file as it was sent, with what was typed beside it.</summary>
internal sealed record SentFile(IFormFile? File, string Says, string From, string To);

/// <summary>What people add to show that a control is done, and what a second person says to it.</summary>
internal sealed class EvidenceBook(RecordedWork work, CurrentCompany company, ControlBook controls, Standings standings, DataFolder data, Catalogue catalogue, TimeProvider clock)
{
    public const int MostBytes = 25 << 20;
    private const int LongestText = 2000;

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<EvidenceFile>> AboutAsync(About about, CancellationToken stop) =>
        await work.Records.Set<EvidenceFile>().AsNoTracking().Where(file => file.About == about.Text).OrderByDescending(file => file.CapturedAt).ToListAsync(stop);

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<EvidenceFile>> AllAsync(CancellationToken stop) =>
        await work.Records.Set<EvidenceFile>().AsNoTracking().OrderByDescending(file => file.CapturedAt).ToListAsync(stop);

    public async Task<EvidenceFile?> OfAsync(string id, CancellationToken stop) => await work.Records.Set<EvidenceFile>().AsNoTracking().SingleOrDefaultAsync(file => file.Id == id, stop);

    /// <summary>The controls that have evidence a named person accepted.</summary>
    public async Task<IReadOnlySet<string>> AcceptedControlsAsync(CancellationToken stop) =>
        (await work.Records.Set<EvidenceFile>().AsNoTracking().Where(file => file.AcceptedAt != null).Select(file => file.About).Distinct().ToListAsync(stop))
            .Select(About.Parse).OfType<About>().Where(about => !about.IsGap).Select(about => about.Id).ToHashSet(StringComparer.Ordinal);

    /// <summary>What a file may be about, in words; null when there is no such thing.</summary>
    public async Task<string?> TitleOfAsync(About about, CancellationToken stop) => about switch
    {
        { IsGap: true } => KnownGaps.TitleOf(about.Id, await standings.OfAsync(company.Name), catalogue),
        _ when catalogue.By.Control.TryGet(about.Id, out var control) => $"{control.Id} {control.Title}",
        _ => (await controls.VersionsAsync(about.Id, stop)).FirstOrDefault() is { IsOwn: true } own ? $"{own.ControlId} {own.Title}" : null,
    };

    /// <param name="once">Made when the form was shown; it becomes the id.</param>
    /// <exception cref="BadInput">Not theirs to do, or everything that is wrong with the file and the words beside it.</exception>
    public async Task<string> AddAsync(About about, string once, SentFile sent, CancellationToken stop)
    {
        work.Require(Ability.UploadEvidence, "add evidence");
        var id = RecordedWork.Once(once);
        if (await work.Records.Set<EvidenceFile>().AnyAsync(one => one.Id == id, stop))
            return id;
        if (await TitleOfAsync(about, stop) is null)
            throw new BadInput("Evidence is about a control or a gap. Begin on the page of one.");
        var (file, kind, says, from, to) = Proven(sent);
        await SampleMark.RefuseAsync(data.DatabaseOf(company.Name), "The file was not added.", stop);
        var (kept, removed) = await SealAsync(file, kind, stop);
        await work.ActAsync(async () =>
        {
            if (await work.Records.Set<EvidenceFile>().AnyAsync(one => one.Id == id, stop))
                return null;
            var added = new EvidenceFile
            {
                Id = id,
                About = about.Text,
                FileName = UploadedFile.SafeName(file.FileName),
                MediaType = kind.MediaType,
                Bytes = kept.Bytes,
                Digest = kept.Digest.ToString(),
                Says = says,
                CoversFrom = from,
                CoversTo = to,
                CapturedAt = Micros.Round(clock.GetUtcNow()),
                CapturedBy = work.By,
            };
            work.Records.Add(added);
            return Entry.Create("evidence.uploaded", added.CapturedAt, new JsonObject
            {
                ["file"] = id,
                ["about"] = about.Text,
                ["name"] = added.FileName,
                ["says"] = says,
                ["coversFrom"] = Words.Day(from),
                ["coversTo"] = Words.Day(to),
                ["by"] = work.By,
                ["redaction"] = new JsonObject { ["version"] = Redaction.Version, ["removed"] = removed },
            }, kept);
        }, stop);
        return id;
    }

    /// <summary>Law 2: accepted by a named person, who is not the one that added it.</summary>
    /// <exception cref="BadInput">Not theirs to do, their own file, or decided already.</exception>
    public Task AcceptAsync(string id, CancellationToken stop) => DecideAsync(id, "accept evidence", "evidence.accepted", file =>
    {
        (file.AcceptedAt, file.AcceptedBy) = (Micros.Round(clock.GetUtcNow()), work.By);
        return [];
    }, stop);

    /// <exception cref="BadInput">Not theirs to do, their own file, no reason, or decided already.</exception>
    public Task SendBackAsync(string id, string reason, CancellationToken stop)
    {
        var why = reason.Trim();
        return why.Length is 0 or > LongestText
            ? throw new BadInput($"Say what is missing, so that the next file is right. At most {LongestText} characters.")
            : DecideAsync(id, "send evidence back", "evidence.sent-back", file =>
            {
                (file.SentBackAt, file.SentBackBy, file.SentBackWhy) = (Micros.Round(clock.GetUtcNow()), work.By, why);
                return new JsonObject { ["why"] = why };
            }, stop);
    }

    private Task DecideAsync(string id, string what, string kind, Func<EvidenceFile, JsonObject> decide, CancellationToken stop)
    {
        work.Require(Ability.AcceptEvidence, what);
        return work.ActAsync(async () =>
        {
            var file = await work.Records.Set<EvidenceFile>().SingleOrDefaultAsync(one => one.Id == id, stop) ?? throw new BadInput("There is no such file.");
            if (file.CapturedBy == work.By)
                throw new BadInput("You added this file yourself. Somebody else has to look at it.");
            if (file.State != FileState.Waiting)
                throw new BadInput($"{file.AcceptedBy ?? file.SentBackBy} decided this already. Look at the page again.");
            var more = decide(file);
            (more["file"], more["about"], more["by"]) = (id, file.About, work.By);
            return Entry.Create(kind, Micros.Round(clock.GetUtcNow()), more);
        }, stop);
    }

    private (IFormFile File, FileKind Kind, string Says, DateOnly? From, DateOnly? To) Proven(SentFile sent)
    {
        var fields = new TypedFields();
        var kind = KindOf(sent.File, fields.Problems);
        var says = fields.Text(sent.Says, "What it shows", LongestText, 1, "Say in a few words what the file shows.");
        var (from, to) = (fields.Day(sent.From, "The first day"), fields.Day(sent.To, "The last day"));
        if (sent.From.Trim().Length == 0 != (sent.To.Trim().Length == 0))
            fields.Problems.Add("Give both days that it speaks of, or none.");
        if (from > to)
            fields.Problems.Add("The last day lies before the first.");
        if (to > DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(1))
            fields.Problems.Add("A file cannot show days that have not come yet.");
        fields.OrBad();
        return (sent.File!, kind!, says, from, to);
    }

    private static FileKind? KindOf(IFormFile? file, List<string> problems)
    {
        if (file is null || file.Length is 0 or > MostBytes)
        {
            problems.Add(file is null ? "Choose a file." : file.Length == 0 ? "The file is empty." : $"The file is larger than {MostBytes >> 20} MB. Split it, or add the part that shows it.");
            return null;
        }

        using var bytes = file.OpenReadStream();
        if (FileKind.Of(file.FileName, bytes) is { } kind)
            return kind;
        problems.Add($"This is no file that can be taken: its ending is one of {FileKind.Endings.Replace(",", " ", StringComparison.Ordinal)}, and what is inside is of that kind.");
        return null;
    }

    private async Task<(Sealed Kept, JsonObject Removed)> SealAsync(IFormFile file, FileKind kind, CancellationToken stop)
    {
        var vault = new Vault(new CompanyFolder(company.Name, data.CompanyRoot(company.Name)), new KeyFolder(data.Keys), clock);
        await using var bytes = file.OpenReadStream();
        await using var clean = new Redaction(bytes);
        var kept = await vault.KeepAsync(kind.MediaType, Redaction.Reads(kind.MediaType) ? clean : bytes, stop);
        return (kept, new JsonObject(clean.Removed.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))));
    }
}
