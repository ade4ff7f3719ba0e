using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Plainproof.Catalog;
using Plainproof.Checks;
using Plainproof.Cli;
using Plainproof.Evidence;
using Plainproof.Features.Check;
using Plainproof.Features.Engagements;
using Plainproof.Features.EvidenceFiles;
using Plainproof.Features.Gaps;
using Plainproof.Features.Interview;
using Plainproof.Features.Papers;
using Plainproof.Features.People;
using Plainproof.Features.Populations;
using Plainproof.Features.Stamps;
using Plainproof.Features.Standing;
using Plainproof.Storage;
using Plainproof.Storage.Records;
using Entry = Plainproof.Evidence.Entry;

namespace Plainproof.Features.Export;

/// <param name="Title">How people call the company.</param>
/// <param name="Engagement">Its id; null for everything up to now.</param>
internal sealed record ExportRequest(PackageTarget Target, string Title, string? Engagement);

/// <summary>What was written.</summary>
/// <param name="ListDigest">SHA-256 of the list of the payload; the evidence log holds it too, so that it names this very package for ever.</param>
/// <param name="Key">The public key line of the log.</param>
/// <param name="Unstamped">Outside stamps that could not be had.</param>
internal sealed record ExportDone(string Path, long Entries, long Evidence, long Populations, string ListDigest, string Key, IReadOnlyList<string> Unstamped);

/// <summary>
/// Writes the package that an auditor takes away: the log, evidence in clear, proofs, populations, an index. The same state gives the same bytes;
/// that it was handed over is an entry in the log, which the next package leaves out when nothing else happened.
/// </summary>
internal sealed class ExportPackage(DataFolder data, RecordedWork work, EngagementBook engagements, CompanyLogs logs, CurrentCompany company, TimeProvider clock)
{
    public const string EntryKind = "export.made";

    public static ExportPackage FromConsole(WorkFromConsole console) =>
        new(console.Data, console.Work, new EngagementBook(console.Work, Catalogue.Shipped, console.Clock), console.Logs, console.Company, console.Clock);

    /// <exception cref="BadInput">Not theirs to do, no such engagement, or the disk refuses.</exception>
    /// <exception cref="EvidenceException">Sealed evidence or the log is damaged.</exception>
    public async Task<ExportDone> RunAsync(ExportRequest request, CancellationToken stop)
    {
        work.RequireAny("export the package", Ability.ManageEngagement, Ability.SeeTests);
        var days = new PackageDays(request.Engagement is not { } id ? null : await engagements.OfAsync(id, stop) ?? throw new BadInput($"There is no engagement '{id}'. See: plainproof engagement list"));
        var log = await logs.OfAsync(company.Name);
        await log.SealAsync(stop);
        var unstamped = company.IsSample ? [] : await OutsideStamps.AddAsync(data, log, clock, stop);
        var cut = await log.CutAsync(EntryKind, stop);
        var checks = Checks();
        var records = new PackageRecords(work, days, company.Mark);
        var known = await KnownAsync(records, stop);
        var plan = PackagePlan.Of(cut, days, known, checks);
        var vault = new Vault(log.Folder, new KeyFolder(data.Keys), clock);
        var origins = await OriginsAsync(plan, vault, stop);
        if (origins.Values.SelectMany(origin => origin.Blobs).Except(plan.Digests).Any())
            plan = PackagePlan.Of(cut, days, known.With(origins.Values.SelectMany(origin => origin.Blobs)), checks);
        var picture = await PictureAsync(checks, days, plan.Newest, stop);
        var contents = new PackageContents(cut, plan, days, picture, await WaiversAsync(picture.At, stop), await PapersAsync(days, plan.Newest, stop), [.. await records.FilesAsync(plan, stop), .. await DeviationsAsync(days, picture, plan.Newest, stop)], origins, vault, company, request.Title);
        string digest;
        await using (var place = BagPlace.At(request.Target, contents.Name))
            digest = await contents.WriteAsync(new BagWriter(place), stop);
        var done = new ExportDone(request.Target.Path, cut.Size, plan.Items.DistinctBy(item => item.Digest).Count(), plan.Populations.Count, digest, cut.Key.ToString(), unstamped);
        await TellAsync(done, days, stop);
        return done;
    }

    private IReadOnlyList<ICheck> Checks()
    {
        var problems = new List<string>();
        var checks = CompanyChecks.Read(data, company.Name, [], problems);
        return problems.Count == 0 ? checks : throw new BadInput(problems);
    }

    private async Task<CheckRun> PictureAsync(IReadOnlyList<ICheck> checks, PackageDays days, DateTimeOffset newest, CancellationToken stop)
    {
        var said = await new AnswersAsClaims(new CompanyAnswers(data, logs, Catalogue.Shipped, clock), Catalogue.Shipped).OfAsync(company.Name, stop);
        await using var store = await CompanyStore.OpenAsync(data, company.Name, clock, stop);
        return await PackagePicture.OfAsync(store, checks, said ?? KeptClaims.None, days, newest, stop);
    }

    private async Task<IEnumerable<(string, string)>> DeviationsAsync(PackageDays days, CheckRun picture, DateTimeOffset newest, CancellationToken stop)
    {
        await using var store = await CompanyStore.OpenAsync(data, company.Name, clock, stop);
        return (await new PackageDeviations(work, days, picture, newest, company.Mark).OfAsync(store, stop)).Files();
    }

    /// <summary>By the ids of the frozen lists. A row may have been told long before the window: its bytes belong to it.</summary>
    private async Task<IReadOnlyDictionary<string, PopulationOrigin>> OriginsAsync(PackagePlan plan, Vault vault, CancellationToken stop)
    {
        await using var store = await CompanyStore.OpenAsync(data, company.Name, clock, stop);
        var origins = new Dictionary<string, PopulationOrigin>(StringComparer.Ordinal);
        foreach (var (frozen, _) in plan.Populations)
            origins.Add(frozen.Id, await PopulationOrigin.OfAsync(store, frozen, await FrozenRows.OpenAsync(vault, frozen.Digest, stop), stop));
        return origins;
    }

    /// <summary>Those that hold on the day.</summary>
    private async Task<IReadOnlyList<GapWaiver>> WaiversAsync(DateTimeOffset at, CancellationToken stop) =>
        [.. (await work.Records.Set<GapWaiver>().AsNoTracking().Where(waiver => waiver.GivenAt <= at).OrderBy(waiver => waiver.Id).ToListAsync(stop)).Where(waiver => waiver.Holds(DateOnly.FromDateTime(at.UtcDateTime)))];

    /// <summary>Of each document the newest version, and every one that was signed. What the cut does not tell of is left out.</summary>
    private async Task<IReadOnlyList<SavedPaper>> PapersAsync(PackageDays days, DateTimeOffset newest, CancellationToken stop)
    {
        var shelf = new PaperShelf(work);
        var saved = new List<SavedPaper>();
        foreach (var it in (await engagements.AllAsync(stop)).Where(it => days.Engagement is null || it.Id == days.Engagement.Id).OrderBy(it => it.Id, StringComparer.Ordinal))
            saved.AddRange((await shelf.AllAsync(it.Id, stop)).Where(paper => paper.Version.SavedAt <= newest).Select(paper => paper.Signature?.SignedAt > newest ? paper with { Signature = null } : paper)
                .GroupBy(paper => paper.Version.Kind, StringComparer.Ordinal).SelectMany(some => some.Where((paper, i) => i == 0 || paper.Signature is not null)));
        return saved;
    }

    private async Task<KnownFiles> KnownAsync(PackageRecords records, CancellationToken stop)
    {
        var files = await work.Records.Set<EvidenceFile>().AsNoTracking().OrderBy(file => file.Id).ToListAsync(stop);
        var links = await work.Records.Set<EvidenceLink>().AsNoTracking().Where(link => link.EndedAt == null).OrderBy(link => link.Id).ToListAsync(stop);
        var populations = await work.Records.Set<FrozenPopulation>().AsNoTracking().ToListAsync(stop);
        return new KnownFiles(
            files.ToLookup(file => file.Digest, StringComparer.Ordinal), links.ToLookup(link => link.FileId, StringComparer.Ordinal), populations.ToDictionary(frozen => frozen.Digest, StringComparer.Ordinal),
            await records.GivenAsync(stop));
    }

    /// <summary>Nothing is added to the log of the sample company.</summary>
    private Task TellAsync(ExportDone done, PackageDays days, CancellationToken stop) => company.IsSample ? Task.CompletedTask : work.ActAsync(() => Task.FromResult<Entry?>(work.Tell(EntryKind, new JsonObject
    {
        ["engagement"] = days.Engagement?.Id,
        ["days"] = days.Text,
        ["size"] = done.Entries,
        ["evidence"] = done.Evidence,
        ["populations"] = done.Populations,
        ["listSha256"] = done.ListDigest,
    })), stop);
}
