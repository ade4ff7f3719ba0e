using Plainproof.Assurance.Populations;
using Plainproof.Catalog;
using Plainproof.Documents;
using Plainproof.Features.Engagements;
using Plainproof.Features.EvidenceFiles;
using Plainproof.Features.People;
using Plainproof.Features.Populations;

namespace Plainproof.Features.Requests;

/// <summary>What answers the lines of a list, and what may: files and frozen lists by name.</summary>
internal sealed class RequestAnswers(RequestBook requests, RequestWorkbooks workbooks, EngagementBook engagements, EvidenceBook evidence, Freezing freezing, Catalogue catalogue, CurrentCompany company)
{
    private static readonly (ColumnRole Role, double Width)[] Widths =
    [
        (ColumnRole.Number, 10), (ColumnRole.Area, 14), (ColumnRole.Item, 60), (ColumnRole.Criteria, 16), (ColumnRole.Controls, 16), (ColumnRole.Due, 12), (ColumnRole.Owner, 20),
        (ColumnRole.Status, 18), (ColumnRole.Response, 40), (ColumnRole.Evidence, 40),
    ];

    private Task<IReadOnlyList<EvidenceFile>>? _files;
    private Task<IReadOnlyList<FrozenPopulation>>? _frozen;

    public async Task<Func<Shown, string>> TitlesAsync(CancellationToken stop)
    {
        var files = (await FilesAsync(stop)).ToDictionary(file => file.Id, file => $"{file.Says} ({file.FileName})", StringComparer.Ordinal);
        var lists = (await FrozenAsync(stop)).ToDictionary(one => one.Id, one => $"{PopulationKinds.Find(one.Kind)?.Title ?? one.Kind}, {PopulationWords.Days(one.Days)}", StringComparer.Ordinal);
        return shown => (shown.IsPopulation ? lists : files).GetValueOrDefault(shown.Id, shown.Id);
    }

    public async Task<Proposals> ProposalsAsync(CancellationToken stop) => new(await FilesAsync(stop), await evidence.LinksAsync(stop), await FrozenAsync(stop), catalogue);

    /// <summary>Asked once for each page or command.</summary>
    private Task<IReadOnlyList<EvidenceFile>> FilesAsync(CancellationToken stop) => _files ??= evidence.AllAsync(null, stop);

    private Task<IReadOnlyList<FrozenPopulation>> FrozenAsync(CancellationToken stop) => _frozen ??= freezing.AllAsync(null, stop);

    /// <summary>The list as a workbook: the CPA's own, filled in, or one of ours. Null when there is no such engagement.</summary>
    /// <exception cref="Cli.BadInput">The CPA's workbook cannot be written to.</exception>
    public async Task<(string Name, byte[] Bytes)?> WorkbookAsync(string engagement, CancellationToken stop)
    {
        if (await engagements.OfAsync(engagement, stop) is not { } it)
            return null;
        var titles = await TitlesAsync(stop);
        return await workbooks.FilledAsync(engagement, titles, stop) ?? Ours(it, await requests.OfAsync(engagement, stop), titles);
    }

    private (string Name, byte[] Bytes) Ours(Engagement it, IReadOnlyList<RequestView> lines, Func<Shown, string> titles)
    {
        using var file = new MemoryStream();
        XlsxFile.Write([
            new Sheet("Requests", [.. Widths.Select(one => new SheetColumn(RequestWords.Of(one.Role), one.Width))], [
                .. lines.Select(view => (IReadOnlyList<object?>)[
                    view.Line.Number, view.Line.Area, view.Line.Item, view.Line.Criteria, view.Line.Controls, view.Line.Due, view.Line.Owner, RequestWords.Of(view.State), view.Answer,
                    string.Join('\n', view.Links.Select(link => titles(Shown.Parse(link.Shows)!.Value)))]),
            ], $"{(company.Mark is { } mark ? $"{mark} " : "")}What the auditor asks for: {it.Title}"),
        ], new FileFacts("Plainproof", lines.SelectMany(view => view.Steps.Select(step => step.At).Append(view.Line.AddedAt)).DefaultIfEmpty(it.OpenedAt).Max()), file);
        return ("requests.xlsx", file.ToArray());
    }
}
