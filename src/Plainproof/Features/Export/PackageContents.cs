using System.Reflection;
using System.Text;
using Plainproof.Evidence;
using Plainproof.Features.Check;
using Plainproof.Features.Gaps;
using Plainproof.Features.Papers;
using Plainproof.Features.People;
using Plainproof.Features.Populations;
using Words = Plainproof.Storage.Words;

namespace Plainproof.Features.Export;

/// <summary>Puts everything of a package into its bag, piece by piece: no more than one piece is in memory.</summary>
internal sealed class PackageContents(LogCut log, PackagePlan plan, PackageDays days, CheckRun picture, IReadOnlyList<GapWaiver> waivers, IReadOnlyList<SavedPaper> papers, IReadOnlyList<(string Name, string Text)> records, IReadOnlyDictionary<string, PopulationOrigin> origins, Vault vault, CurrentCompany company, string title)
{
    private const string Verifier = "verify/verify.py";

    /// <summary>How the package is called inside: the same for the same company.</summary>
    public string Name => company.IsSample ? "SAMPLE-evidence" : $"evidence-{company.Name}";

    private string IndexFile => $"{Package.Payload}{(company.IsSample ? "SAMPLE-" : "")}index.csv";

    /// <returns>The SHA-256 of the list of the payload.</returns>
    public async Task<string> WriteAsync(BagWriter bag, CancellationToken stop)
    {
        await AddLogAsync(bag, stop);
        await AddEvidenceAsync(bag, stop);
        foreach (var (frozen, entry) in plan.Populations)
            await AddPopulationAsync(bag, frozen, entry, stop);
        if (plan.Frame is { Entry: var frame })
            await bag.AddAsync(PackageFrame.File, frame, stop);
        foreach (var paper in papers)
            await AddPaperAsync(bag, paper, stop);
        foreach (var (name, text) in records)
            await bag.AddAsync(name, Encoding.UTF8.GetBytes(text), stop);
        await bag.AddAsync(IndexFile, file => WriteLinesAsync(file, new PackageIndex(plan).Lines(company.Mark), stop));
        await AddPictureAsync(bag);
        await AddToolsAsync(bag, stop);
        return await bag.FinishAsync(About(), stop);
    }

    private async Task AddLogAsync(BagWriter bag, CancellationToken stop)
    {
        foreach (var file in log.Files().Concat(log.Tiles()))
            await bag.AddAsync(Package.Log + file.Name, file.Bytes, stop);
    }

    private async Task AddEvidenceAsync(BagWriter bag, CancellationToken stop)
    {
        foreach (var item in plan.Items.DistinctBy(item => item.Digest))
        {
            var opened = vault.Open(item.Digest);
            await using var content = opened.Content;
            await bag.AddAsync(item.File, file => content.CopyToAsync(file, stop));
            await bag.AddAsync(item.File + ".salt", opened.Salt, stop);
        }

        foreach (var seq in plan.Items.Select(item => item.Seq).Concat(plan.Frame is { Seq: var told } ? [told] : []).Distinct())
            await bag.AddAsync($"{Package.Proofs}{seq}.tlog-proof", log.ProofOf(seq), stop);
    }

    /// <summary>The sealed rows as they are, the same rows as a table, and what the log says of them.</summary>
    private async Task AddPopulationAsync(BagWriter bag, FrozenPopulation frozen, byte[] entry, CancellationToken stop)
    {
        var folder = $"{Package.Populations}{frozen.Id}/";
        await bag.AddAsync(folder + "entry.json", entry, stop);
        await using (var sealedRows = vault.OpenRead(HashOf(frozen)))
            await bag.AddAsync(folder + "rows.jsonl", file => sealedRows.CopyToAsync(file, stop));
        var rows = await FrozenRows.OpenAsync(vault, frozen.Digest, stop);
        var origin = origins[frozen.Id];
        await bag.AddAsync(folder + PopulationOrigin.File, (origin with { Rows = [.. origin.Rows.Where(row => plan.Digests.Contains(row.Blob))] }).ToText(company.Mark), stop); // What retention took is not there.
        var lines = rows.Rows.Select(row => row.Cells()).Select(cells => CsvText.Line(rows.Columns.Select(column => cells.GetValueOrDefault(column, ""))));
        await bag.AddAsync(folder + "rows.csv", file => WriteLinesAsync(file, [.. company.Mark is null ? [] : new[] { company.Mark + "\r\n" }, CsvText.Line(rows.Columns), .. lines], stop));
    }

    /// <summary>The text whose hash the log holds, and the same to read and to edit.</summary>
    private async Task AddPaperAsync(BagWriter bag, SavedPaper paper, CancellationToken stop)
    {
        var document = new PaperDocument(paper, PaperKinds.Find(paper.Version.Kind)?.Title ?? paper.Version.Kind, title, company.Mark, PaperSources.Without);
        foreach (var format in PaperFiles.Packed)
            await bag.AddAsync($"data/papers/{paper.Version.Engagement}/{PaperFiles.NameOf(paper.Version, format)}", PaperFiles.Bytes(format, document), stop);
    }

    /// <summary>Management's own checking, for programs.</summary>
    private async Task AddPictureAsync(BagWriter bag)
    {
        var disclosed = plan.Items.ToLookup(item => item.Digest.ToString(), StringComparer.Ordinal);
        await AddTextAsync(bag, "data/sarif/results.sarif", output => CheckSarif.Write(output, picture));
        await AddTextAsync(bag, "data/ocsf/compliance-findings.ndjson", output => CheckOcsf.Write(output, picture));
        await AddTextAsync(bag, "data/oscal/assessment-results.json", output => CheckOscal.Write(output, picture, digest => disclosed[digest].FirstOrDefault() is { } item ? "../" + item.File[Package.Payload.Length..] : null));
        foreach (var (name, document) in new PackageOscal(picture, title, waivers).Documents())
            await AddTextAsync(bag, "data/oscal/" + name, output => PackageOscal.Write(output, document));
    }

    private async Task AddToolsAsync(BagWriter bag, CancellationToken stop)
    {
        var words = new PackageWords(title, days, log, plan, IndexFile);
        await bag.AddAsync("README.txt", Marked(words.Readme()), stop);
        await bag.AddAsync("trust-policy.txt.example", Marked(PackageWords.TrustPolicy), stop);
        await using var script = Assembly.GetExecutingAssembly().GetManifestResourceStream("package/verify.py")!;
        await bag.AddAsync(Verifier, file => script.CopyToAsync(file, stop));
    }

    private IEnumerable<(string, string)> About() =>
    [
        ("Source-Organization", title),
        ("External-Identifier", $"{log.Key.Name}#{log.Size}"),
        ("External-Description", $"{(company.Mark is null ? "" : company.Mark + " ")}Evidence of {title}: {days.Text}."),
        ("Bagging-Date", Words.Day(DateOnly.FromDateTime(plan.Newest.UtcDateTime))!),
        ("Bag-Software-Agent", $"Plainproof {ReadSource.ToolVersion}"),
    ];

    private string Marked(string text) => company.Mark is null ? text : $"{company.Mark}\n\n{text}";

    private static Hash HashOf(FrozenPopulation frozen) => Hash.TryParseHex(frozen.Digest, out var hash) ? hash : throw new EvidenceException($"The rows of {frozen.Id} cannot be found");

    private static Task AddTextAsync(BagWriter bag, string name, Action<TextWriter> write) => bag.AddAsync(name, async file =>
    {
        await using var writer = new StreamWriter(file, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        write(writer);
    });

    private static async Task WriteLinesAsync(Stream file, IEnumerable<string> lines, CancellationToken stop)
    {
        await using var writer = new StreamWriter(file, new UTF8Encoding(false), 1 << 16, leaveOpen: true);
        foreach (var line in lines)
            await writer.WriteAsync(line.AsMemory(), stop);
    }
}
