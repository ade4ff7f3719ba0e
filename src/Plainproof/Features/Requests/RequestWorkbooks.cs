using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Plainproof.Catalog;
using Plainproof.Cli;
using Plainproof.Documents;
using Plainproof.Documents.Workbooks;
using Plainproof.Evidence;
using Plainproof.Features.Engagements;
using Plainproof.Features.EvidenceFiles;
using Plainproof.Features.People;
using Plainproof.Features.Systems;
using Plainproof.Storage;

namespace Plainproof.Features.Requests;

/// <summary>A workbook as it was sent, with one of its sheets and our guess of its columns.</summary>
/// <param name="Hidden">Names of sheets that the workbook hides.</param>
internal sealed record OpenedWorkbook(RequestWorkbook Book, IReadOnlyList<string> Sheets, IReadOnlyList<string> Hidden, ReadSheet Sheet, SheetColumns Guess);

/// <param name="Remarks">What was not taken as it stands, one sentence each.</param>
internal sealed record ImportDone(int Added, int Changed, int Same, IReadOnlyList<string> Remarks);

/// <summary>The CPA's own lists: taken in as they are, and given back in the same workbook.</summary>
internal sealed class RequestWorkbooks(RecordedWork work, RequestBook requests, EngagementBook engagements, CurrentCompany company, DataFolder data, Catalogue catalogue, TimeProvider clock)
{
    public const int MostBytes = 10 << 20;

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<RequestWorkbook>> AllAsync(string engagement, CancellationToken stop) =>
        [.. (await work.Records.Set<RequestWorkbook>().AsNoTracking().Where(book => book.Engagement == engagement).ToListAsync(stop)).OrderByDescending(book => book.ReceivedAt).ThenByDescending(book => book.Id, StringComparer.Ordinal)];

    /// <summary>Seals the workbook as it is. Nothing is imported yet.</summary>
    /// <param name="once">Made when the form was shown; it becomes the id.</param>
    /// <exception cref="BadInput">Not theirs to do, or no workbook that can be taken.</exception>
    public async Task<string> ReceiveAsync(string engagement, string once, SentBytes? sent, CancellationToken stop)
    {
        work.RequireAny("import a list of requests", Ability.WriteTests, Ability.ManageEngagement);
        var id = RecordedWork.Once(once);
        if (await work.Records.Set<RequestWorkbook>().AnyAsync(one => one.Id == id, stop))
            return id;
        await engagements.ToChangeAsync(engagement, stop);
        var name = UploadedFile.SafeName(sent?.Name ?? "");
        if (sent is null || sent.Length is 0 or > MostBytes)
            throw new BadInput(sent is null ? "Choose a workbook." : sent.Length == 0 ? $"{name}: the file is empty." : $"{name}: the file is larger than {MostBytes >> 20} MB. Send the sheet with the requests alone.");
        Look(sent, null);
        await SampleMark.RefuseAsync(data.DatabaseOf(company.Name), "The workbook was not taken.", stop);
        var kept = await Vault.KeepAsync(XlsxFile.MediaType, new MemoryStream(sent.Bytes), stop);
        await work.ActAsync(async () =>
        {
            if (await work.Records.Set<RequestWorkbook>().AnyAsync(one => one.Id == id, stop))
                return null;
            var at = work.Now;
            work.Records.Add(new RequestWorkbook { Id = id, Engagement = engagement, FileName = name, Digest = kept.Digest.ToString(), Columns = "", ReceivedAt = at, ReceivedBy = work.By });
            return Entry.Create("requests.received", at, new JsonObject { ["workbook"] = id, ["engagement"] = engagement, ["name"] = name, ["by"] = work.By }, kept);
        }, stop);
        return id;
    }

    /// <param name="sheet">Null for the first that is not hidden and holds most.</param>
    /// <returns>Null when there is no such workbook.</returns>
    /// <exception cref="BadInput">There is no such sheet in it, or it cannot be read.</exception>
    public async Task<OpenedWorkbook?> OpenAsync(string id, string? sheet, CancellationToken stop)
    {
        if (await work.Records.Set<RequestWorkbook>().AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, stop) is not { } book)
            return null;
        return Looked(book, await BytesAsync(book, stop), sheet);
    }

    /// <summary>A workbook that is not kept.</summary>
    /// <exception cref="BadInput">It cannot be taken.</exception>
    public static OpenedWorkbook Look(SentBytes sent, string? sheet) =>
        Looked(new RequestWorkbook { Engagement = "", FileName = UploadedFile.SafeName(sent.Name), Digest = "", Columns = "", ReceivedAt = default, ReceivedBy = "" }, sent.Bytes, sheet);

    private static OpenedWorkbook Looked(RequestWorkbook book, byte[] bytes, string? sheet) => Taking(book.FileName, () =>
    {
        var workbook = SentWorkbook.Open(bytes);
        var shown = workbook.Sheets.Where(one => !one.IsHidden).Select(one => one.Name).ToList();
        if (shown.Count == 0)
            throw new WorkbookProblem("All of its sheets are hidden. Show the one with the requests, and save it.");
        var read = sheet is null ? shown.Select(workbook.Read).MaxBy(Likely)! : workbook.Read(sheet);
        return new OpenedWorkbook(book, shown, [.. workbook.Sheets.Where(one => one.IsHidden).Select(one => one.Name)], read, SheetColumns.Guess(read));
    });

    /// <summary>The sheet whose columns we know best; of several, the one with most rows.</summary>
    private static int Likely(ReadSheet sheet) => (SheetColumns.Guess(sheet).Of.Count * 10_000) + sheet.Rows.Count;

    /// <summary>
    /// The rows become lines. A line whose number is known keeps all that was done to it; when the auditor words it anew, it gets the new words.
    /// </summary>
    /// <exception cref="BadInput">Not theirs to do, or everything that is wrong with the sheet, at once.</exception>
    public async Task<ImportDone> ImportAsync(string id, string sheet, SheetColumns columns, CancellationToken stop)
    {
        work.RequireAny("import a list of requests", Ability.WriteTests, Ability.ManageEngagement);
        var opened = await OpenAsync(id, sheet, stop) ?? throw new BadInput("There is no such workbook. Send it again.");
        var engagement = opened.Book.Engagement;
        await engagements.ToChangeAsync(engagement, stop);
        var read = new SheetLines(opened.Sheet, columns, catalogue);
        var found = read.Read();
        var (added, changed) = (0, 0);
        await work.ActAsync(async () =>
        {
            var book = await work.Records.Set<RequestWorkbook>().SingleAsync(one => one.Id == id, stop);
            var known = await work.Records.Set<RequestLine>().Where(line => line.Engagement == engagement).ToListAsync(stop);
            (added, changed) = Merge(found, known, book);
            (book.Sheet, book.Columns, book.ImportedAt, book.ImportedBy) = (sheet, columns.ToText(), work.Now, work.By);
            return work.Tell("requests.imported", new JsonObject { ["workbook"] = id, ["engagement"] = engagement, ["sheet"] = sheet, ["columns"] = book.Columns, ["added"] = added, ["changed"] = changed, ["lines"] = found.Count });
        }, stop);
        return new ImportDone(added, changed, found.Count - added - changed, [.. read.Remarks, .. HiddenIn(opened)]);
    }

    /// <summary>The workbook that came last, with our columns filled in; null when none was imported.</summary>
    /// <exception cref="BadInput">It cannot be written to.</exception>
    public async Task<(string Name, byte[] Bytes)?> FilledAsync(string engagement, Func<Shown, string> titleOf, CancellationToken stop)
    {
        if ((await AllAsync(engagement, stop)).FirstOrDefault(book => book.ImportedAt is not null) is not { } book)
            return null;
        var bytes = await BytesAsync(book, stop);
        var lines = await requests.OfAsync(engagement, stop);
        return (book.FileName, Taking(book.FileName, () =>
        {
            var sheet = SentWorkbook.Open(bytes).Read(book.Sheet!);
            return FilledWorkbook.Write(bytes, sheet.Name, new SheetAnswers(sheet, SheetColumns.Parse(book.Columns), book.Id, titleOf).For(lines));
        }));
    }

    private (int Added, int Changed) Merge(IReadOnlyList<SheetLine> found, List<RequestLine> known, RequestWorkbook book)
    {
        var (byNumber, like, added, changed) = (known.ToDictionary(line => line.Number, StringComparer.OrdinalIgnoreCase), new LikeRequests(catalogue), 0, 0);
        if (known.Count + found.Count(one => !byNumber.ContainsKey(one.Number)) > RequestBook.MostLines)
            throw new BadInput($"The list would have more than {RequestBook.MostLines} lines. Import the sheet with the requests alone.");
        var place = known.Select(line => line.Place).DefaultIfEmpty(0).Max();
        foreach (var one in found)
        {
            var line = byNumber.GetValueOrDefault(one.Number);
            if (line is null)
            {
                work.Records.Add(line = LineOf(one, book, ++place));
                added++;
            }
            else if (line.Item != one.Item || (one.Due is not null && one.Due != line.Due))
            {
                (line.Item, line.Area, line.Due) = (one.Item, one.Area, one.Due ?? line.Due);
                changed++;
            }

            (line.Book, line.RowNumber) = (book.Id, one.Row);
            line.Catalogue = like.Find(line)?.Id ?? "";
        }

        return (added, changed);
    }

    private RequestLine LineOf(SheetLine one, RequestWorkbook book, long place) => new()
    {
        Engagement = book.Engagement,
        Place = place,
        Number = one.Number,
        Area = one.Area,
        Item = one.Item,
        Criteria = one.Criteria,
        Controls = one.Controls,
        Catalogue = "",
        Due = one.Due,
        Owner = one.Owner,
        AddedAt = work.Now,
        AddedBy = work.By,
    };

    private static IEnumerable<string> HiddenIn(OpenedWorkbook opened)
    {
        if (opened.Hidden.Count > 0)
            yield return $"{string.Join(", ", opened.Hidden.Select(name => $"“{name}”"))} {(opened.Hidden.Count == 1 ? "is a hidden sheet" : "are hidden sheets")}, and nothing was taken from there.";
        if (opened.Sheet.Rows.Count(row => row.IsHidden) is > 0 and var rows)
            yield return string.Create(CultureInfo.InvariantCulture, $"{rows} {(rows == 1 ? "row is" : "rows are")} hidden by a filter or by hand. They were taken as well.");
        if (opened.Sheet.Formulas > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"{opened.Sheet.Formulas} {(opened.Sheet.Formulas == 1 ? "cell is" : "cells are")} computed. The last value that the workbook kept was taken; nothing was computed here.");
    }

    private Vault Vault => data.VaultOf(company.Name, clock);

    private async Task<byte[]> BytesAsync(RequestWorkbook book, CancellationToken stop)
    {
        if (!Hash.TryParseHex(book.Digest, out var hash))
            throw new EvidenceException($"The workbook {book.FileName} cannot be found");
        using var bytes = new MemoryStream();
        await using var stored = Vault.OpenRead(hash);
        await stored.CopyToAsync(bytes, stop);
        return bytes.ToArray();
    }

    private static T Taking<T>(string name, Func<T> take)
    {
        try
        {
            return take();
        }
        catch (WorkbookProblem problem)
        {
            throw new BadInput($"{name}: {problem.Message}");
        }
    }
}
