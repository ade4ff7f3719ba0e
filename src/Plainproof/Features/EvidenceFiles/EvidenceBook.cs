using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Plainproof.Catalog;
using Plainproof.Cli;
using Plainproof.Evidence;
using Plainproof.Features.Check;
using Plainproof.Features.Controls;
using Plainproof.Features.EvidenceFiles.Insides;
using Plainproof.Features.EvidenceFiles.Objections;
using Plainproof.Features.EvidenceFiles.Search;
using Plainproof.Features.Gaps;
using Plainproof.Features.People;
using Plainproof.Features.Standing;
using Plainproof.Storage;
using Plainproof.Web;
using Words = Plainproof.Storage.Words;

namespace Plainproof.Features.EvidenceFiles;

/// <summary>A file with all that is shown of it.</summary>
internal sealed record ShownFile(EvidenceFile File, IReadOnlyList<EvidenceLink> Links, EvidenceInside? Inside, IReadOnlyList<Objection> Objections, IReadOnlyList<EvidenceFile> Copies, EvidenceFile? Original);

/// <summary>What people add to show that a control is done, and what a second person says to it.</summary>
internal sealed class EvidenceBook(RecordedWork work, CurrentCompany company, ControlBook controls, Standings standings, EvidenceIntake intake, EvidenceKnowledge knowledge, DataFolder data, Catalogue catalogue, TimeProvider clock)
{
    public const int MostBytes = EvidenceIntake.MostBytes;

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<EvidenceFile>> AboutAsync(About about, CancellationToken stop)
    {
        var ids = work.Records.Set<EvidenceLink>().Where(link => link.About == about.Text && link.EndedAt == null).Select(link => link.FileId);
        return await work.Records.Set<EvidenceFile>().AsNoTracking().Where(file => ids.Contains(file.Id)).OrderByDescending(file => file.AddedAt).ToListAsync(stop);
    }

    /// <summary>Newest first.</summary>
    /// <param name="words">Only files that hold all of them; all files when there are none.</param>
    public async Task<IReadOnlyList<EvidenceFile>> AllAsync(string? words, CancellationToken stop)
    {
        var all = await work.Records.Set<EvidenceFile>().AsNoTracking().OrderByDescending(file => file.AddedAt).ToListAsync(stop);
        if (words is null || words.Trim().Length == 0)
            return all;
        var found = EvidenceSearch.WordsOf(words).Count == 0 ? new HashSet<string>() : await Search.FindAsync(words, stop);
        return [.. all.Where(file => found.Contains(file.Id))];
    }

    public async Task<EvidenceFile?> OfAsync(string id, CancellationToken stop) => await work.Records.Set<EvidenceFile>().AsNoTracking().SingleOrDefaultAsync(file => file.Id == id, stop);

    /// <summary>What each file shows, as long as nobody took it back.</summary>
    public async Task<ILookup<string, About>> LinksAsync(CancellationToken stop) =>
        (await work.Records.Set<EvidenceLink>().AsNoTracking().Where(link => link.EndedAt == null).OrderBy(link => link.LinkedAt).ToListAsync(stop)).ToLookup(link => link.FileId, link => About.Parse(link.About)!.Value);

    /// <returns>Null when there is no such file.</returns>
    public async Task<ShownFile?> ShowAsync(string id, CancellationToken stop)
    {
        if (await OfAsync(id, stop) is not { } file)
            return null;
        var links = await work.Records.Set<EvidenceLink>().AsNoTracking().Where(link => link.FileId == id).OrderBy(link => link.LinkedAt).ToListAsync(stop);
        var inside = await work.Records.Set<EvidenceInside>().AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, stop);
        var copies = await work.Records.Set<EvidenceFile>().AsNoTracking().Where(copy => copy.CopyOf == id).OrderBy(copy => copy.AddedAt).ToListAsync(stop);
        return new ShownFile(
            file, links, inside, Reasons.Look(EvidenceKnowledge.ExhibitOf(file, links, inside), await knowledge.GatherAsync(stop)), copies,
            file.CopyOf is { } original ? await OfAsync(original, stop) : null);
    }

    /// <summary>What the files say where the words stand in them.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ExcerptsAsync(IEnumerable<string> files, string words, CancellationToken stop)
    {
        List<string> ids = [.. files];
        return (await work.Records.Set<EvidenceInside>().AsNoTracking().Where(one => ids.Contains(one.Id)).Select(one => new { one.Id, one.Words }).ToListAsync(stop))
            .Select(one => (one.Id, Excerpt: EvidenceSearch.Excerpt(one.Words, words))).Where(one => one.Excerpt is not null).ToDictionary(one => one.Id, one => one.Excerpt!, StringComparer.Ordinal);
    }

    /// <summary>What is to be said of how long each file counts; files that count on are not in it.</summary>
    public async Task<IReadOnlyDictionary<string, Validity>> ValidityAsync(IEnumerable<EvidenceFile> files, CancellationToken stop)
    {
        var (today, windows) = (await knowledge.TodayAsync(stop), await knowledge.WindowsAsync(stop));
        return files.Select(file => (file.Id, Validity: Validity.Of(file, today, windows))).Where(one => one.Validity is not null).ToDictionary(one => one.Id, one => one.Validity!, StringComparer.Ordinal);
    }

    /// <summary>The controls that have evidence a named person accepted.</summary>
    public async Task<IReadOnlySet<string>> AcceptedControlsAsync(CancellationToken stop)
    {
        var accepted = work.Records.Set<EvidenceFile>().Where(file => file.AcceptedAt != null).Select(file => file.Id);
        return (await work.Records.Set<EvidenceLink>().AsNoTracking().Where(link => link.EndedAt == null && accepted.Contains(link.FileId)).Select(link => link.About).Distinct().ToListAsync(stop))
            .Select(About.Parse).OfType<About>().Where(about => !about.IsGap).Select(about => about.Id).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Every version of a policy that somebody approved, by the files; what was sent back does not count.</summary>
    public async Task<IReadOnlyList<PolicyVersion>> PoliciesAsync(CancellationToken stop)
    {
        var files = await work.Records.Set<EvidenceFile>().AsNoTracking().Where(file => file.Kind == EvidenceKind.Policy).ToListAsync(stop);
        var links = await LinksAsync(stop);
        return [.. files.Where(file => file.IsApprovedPolicy).Select(file => new PolicyVersion(
            links[file.Id].Where(about => !about.IsGap).Select(about => about.Id).ToHashSet(StringComparer.Ordinal), file.Saying.ApprovedOn!.Value, file.Saying.ExpiresOn))];
    }

    /// <summary>What a file may be about, in words; null when there is no such thing.</summary>
    public async Task<string?> TitleOfAsync(About about, CancellationToken stop) => about switch
    {
        { IsGap: true } => KnownGaps.TitleOf(about.Id, await standings.OfAsync(company.Name), catalogue),
        _ when catalogue.By.Control.TryGet(about.Id, out var control) => $"{control.Id} {control.Title}",
        _ => (await controls.VersionsAsync(about.Id, stop)).FirstOrDefault() is { IsOwn: true } own ? $"{own.ControlId} {own.Title}" : null,
    };

    /// <summary>What would be said of the file, if it were added. Nothing is kept.</summary>
    /// <exception cref="BadInput">Not theirs to do, or everything that is wrong with the file and the words beside it.</exception>
    public async Task<IReadOnlyList<Objection>> LookAsync(About about, SentFile sent, CancellationToken stop)
    {
        work.Require(Ability.UploadEvidence, "add evidence");
        var ready = await intake.ReadyAsync("", sent, stop);
        var exhibit = new Exhibit(
            "", ready.Name, ready.Format.MediaType, ready.Says, ready.Kind, ready.Told, ready.From, ready.To, intake.Today, sent.CopyOf.Length > 0 ? sent.CopyOf : null, [new Link(about, intake.Today)], ready.Inside);
        return Reasons.Look(exhibit, await knowledge.GatherAsync(stop));
    }

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
        if (sent.CopyOf.Length > 0 && await OfAsync(sent.CopyOf, stop) is not { CopyOf: null })
            throw new BadInput("There is no such original. A copy is made of a file that is no copy itself.");
        var ready = await intake.ReadyAsync(id, sent, stop);
        await SampleMark.RefuseAsync(data.DatabaseOf(company.Name), "The file was not added.", stop);
        var kept = await intake.SealAsync(ready, stop);
        await work.ActAsync(async () =>
        {
            if (await work.Records.Set<EvidenceFile>().AnyAsync(one => one.Id == id, stop))
                return null;
            var file = FileOf(id, ready, kept, sent.CopyOf);
            work.Records.AddRange(file, ready.Inside, new EvidenceLink { Id = id, FileId = id, About = about.Text, LinkedAt = file.AddedAt, LinkedBy = work.By });
            await Search.KeepAsync(work.Records, id, SearchedWords(file, ready.Inside.Words), stop);
            return Entry.Create("evidence.uploaded", file.AddedAt, Told(file, about, ready), kept);
        }, stop);
        return id;
    }

    /// <summary>Says more about a file, as long as nobody decided about it. The log keeps each version.</summary>
    /// <param name="seen">The version that the page showed.</param>
    /// <exception cref="BadInput">Not theirs to do, decided already, or everything that is wrong with what was said.</exception>
    public Task DescribeAsync(string id, long seen, string kind, Func<string, string?> typed, CancellationToken stop)
    {
        work.Require(Ability.UploadEvidence, "describe evidence");
        var fields = new TypedFields();
        var (wanted, told) = (EvidenceIntake.KindOf(kind, fields.Problems), FileField.Read(typed, fields, intake.Today));
        fields.OrBad();
        return work.ActAsync(async () =>
        {
            var file = await FoundAsync(id, stop);
            if (file.State != FileState.Waiting)
                throw new BadInput($"{file.AcceptedBy ?? file.SentBackBy} decided about it already. Add another file, if there is more to say.");
            if (file.Kind == wanted && file.Saying == told)
                return null;
            work.Records.Expect(file, seen);
            (file.Kind, file.Told) = (wanted, told.ToText());
            var inside = await work.Records.Set<EvidenceInside>().AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, stop);
            await Search.KeepAsync(work.Records, id, SearchedWords(file, inside?.Words ?? ""), stop);
            return Entry.Create("evidence.described", Now, new JsonObject { ["file"] = id, ["kind"] = Words.Of(wanted), ["told"] = JsonNode.Parse(file.Told), ["by"] = work.By });
        }, stop);
    }

    /// <summary>Says that the file shows something of another control or gap, too.</summary>
    /// <exception cref="BadInput">Not theirs to do, or there is no such thing.</exception>
    public async Task LinkAsync(string id, About? about, CancellationToken stop)
    {
        work.Require(Ability.UploadEvidence, "link evidence");
        if (about is not { } wanted || await TitleOfAsync(wanted, stop) is null)
            throw new BadInput("There is no such control or gap. Controls have ids such as AC-06.");
        await work.ActAsync(async () =>
        {
            var file = await FoundAsync(id, stop);
            if (await OpenLinks(id).AnyAsync(link => link.About == wanted.Text, stop))
                return null;
            work.Records.Add(new EvidenceLink { FileId = file.Id, About = wanted.Text, LinkedAt = Now, LinkedBy = work.By });
            return Entry.Create("evidence.linked", Now, new JsonObject { ["file"] = id, ["about"] = wanted.Text, ["by"] = work.By });
        }, stop);
    }

    /// <summary>Takes it back. That it was said stays on record.</summary>
    /// <exception cref="BadInput">Not theirs to do, or it is the last thing that the file shows.</exception>
    public Task UnlinkAsync(string id, About? about, CancellationToken stop)
    {
        work.Require(Ability.UploadEvidence, "take a link of evidence back");
        return work.ActAsync(async () =>
        {
            await FoundAsync(id, stop);
            var links = await OpenLinks(id).ToListAsync(stop);
            if (links.FirstOrDefault(link => link.About == about?.Text) is not { } gone)
                return null;
            if (links.Count == 1)
                throw new BadInput("A file shows something of a control or a gap. Link another one first.");
            (gone.EndedAt, gone.EndedBy) = (Now, work.By);
            return Entry.Create("evidence.unlinked", Now, new JsonObject { ["file"] = id, ["about"] = gone.About, ["by"] = work.By });
        }, stop);
    }

    /// <summary>Law 2: accepted by a named person, who is not the one that added it.</summary>
    /// <exception cref="BadInput">Not theirs to do, their own file, or decided already.</exception>
    public Task AcceptAsync(string id, CancellationToken stop) => DecideAsync(id, "accept evidence", "evidence.accepted", file =>
    {
        (file.AcceptedAt, file.AcceptedBy) = (Now, work.By);
        return [];
    }, stop);

    /// <exception cref="BadInput">Not theirs to do, their own file, no reason, or decided already.</exception>
    public Task SendBackAsync(string id, string reason, CancellationToken stop)
    {
        var why = reason.Trim();
        return why.Length is 0 or > EvidenceIntake.LongestText
            ? throw new BadInput($"Say what is missing, so that the next file is right. At most {EvidenceIntake.LongestText} characters.")
            : DecideAsync(id, "send evidence back", "evidence.sent-back", file =>
            {
                (file.SentBackAt, file.SentBackBy, file.SentBackWhy) = (Now, work.By, why);
                return new JsonObject { ["why"] = why };
            }, stop);
    }

    private Task DecideAsync(string id, string what, string kind, Func<EvidenceFile, JsonObject> decide, CancellationToken stop)
    {
        work.Require(Ability.AcceptEvidence, what);
        return work.ActAsync(async () =>
        {
            var file = await FoundAsync(id, stop);
            if (file.AddedBy == work.By)
                throw new BadInput("You added this file yourself. Somebody else has to look at it.");
            if (file.State != FileState.Waiting)
                throw new BadInput($"{file.AcceptedBy ?? file.SentBackBy} decided this already. Look at the page again.");
            var more = decide(file);
            (more["file"], more["by"]) = (id, work.By);
            more["about"] = new JsonArray([.. (await OpenLinks(id).Select(link => link.About).ToListAsync(stop)).Select(about => (JsonNode?)about)]);
            return Entry.Create(kind, Now, more);
        }, stop);
    }

    private DateTimeOffset Now => Micros.Round(clock.GetUtcNow());

    private IEvidenceSearch Search => EvidenceSearch.Of(data.DatabaseOf(company.Name));

    private IQueryable<EvidenceLink> OpenLinks(string file) => work.Records.Set<EvidenceLink>().Where(link => link.FileId == file && link.EndedAt == null);

    private async Task<EvidenceFile> FoundAsync(string id, CancellationToken stop) =>
        await work.Records.Set<EvidenceFile>().SingleOrDefaultAsync(one => one.Id == id, stop) ?? throw new BadInput("There is no such file.");

    private EvidenceFile FileOf(string id, ReadyFile ready, Sealed kept, string copyOf) => new()
    {
        Id = id,
        FileName = ready.Name,
        MediaType = ready.Format.MediaType,
        Bytes = kept.Bytes,
        Digest = kept.Digest.ToString(),
        Says = ready.Says,
        CoversFrom = ready.From,
        CoversTo = ready.To,
        Kind = ready.Kind,
        Told = ready.Told.ToText(),
        CopyOf = copyOf.Length > 0 ? copyOf : null,
        AddedAt = Now,
        AddedBy = work.By,
    };

    private static JsonObject Told(EvidenceFile file, About about, ReadyFile ready) => new()
    {
        ["file"] = file.Id,
        ["about"] = about.Text,
        ["name"] = file.FileName,
        ["says"] = file.Says,
        ["kind"] = Words.Of(file.Kind),
        ["told"] = JsonNode.Parse(file.Told),
        ["copyOf"] = file.CopyOf,
        ["coversFrom"] = Words.Day(file.CoversFrom),
        ["coversTo"] = Words.Day(file.CoversTo),
        ["by"] = file.AddedBy,
        ["redaction"] = new JsonObject { ["version"] = Redaction.Version, ["removed"] = new JsonObject(ready.Removed.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))) },
    };

    /// <summary>Everything of a file that is searched.</summary>
    public static string SearchedWords(EvidenceFile file, string inside) =>
        $"{file.Says} {file.FileName} {file.Kind.Title()} {string.Join(' ', FileField.All.Select(field => field.In(file.Saying)))} {inside}";
}
