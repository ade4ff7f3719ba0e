using System.Diagnostics;
using System.Globalization;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Plainproof.Catalog;
using Plainproof.Documents;
using Plainproof.Features.Controls;
using Plainproof.Features.Engagements;
using Plainproof.Features.EvidenceFiles;
using Plainproof.Features.People;
using Plainproof.Features.Requests;
using Plainproof.Storage;
using Plainproof.Storage.Records;

namespace Plainproof.Bench.Audit;

/// <summary>
/// A list of requests taken in: sealed, read, made into lines, compared with the catalogue and stored with its entries in the log; beside
/// it, the same sheet read by the OpenXML SDK into texts and nothing more. In one process, in turn, after a warm-up.
/// </summary>
internal sealed class RequestImport(DataFolder data, string company)
{
    private const int WarmUps = 3;

    /// <param name="into">Two files of one number a round are written here.</param>
    public async Task MeasureAsync(int lines, int rounds, string into)
    {
        var workbook = Workbook(lines);
        var (ours, peer) = (new List<double>(), new List<double>());
        for (var round = -WarmUps; round < rounds; round++)
        {
            var taken = await ImportAsync(workbook, lines);
            var read = Read(workbook, lines);
            if (round < 0)
                continue;
            ours.Add(taken.TotalSeconds);
            peer.Add(read.TotalSeconds);
        }

        await File.WriteAllLinesAsync(Path.Combine(into, "import"), ours.Select(Text));
        await File.WriteAllLinesAsync(Path.Combine(into, "import.peer"), peer.Select(Text));
    }

    private async Task<TimeSpan> ImportAsync(byte[] workbook, int lines)
    {
        var clock = TimeProvider.System;
        await using var records = new CompanyRecords(data.DatabaseOf(company));
        using var logs = new CompanyLogs(data, clock);
        var (person, current) = (new CurrentPerson(), new CurrentCompany());
        person.Is(new Person { Name = "bench", Email = "bench@acme.example", JoinedAt = clock.GetUtcNow() }, "bench");
        current.Is(new Company { Id = company, Title = company, CreatedAt = clock.GetUtcNow(), CreatedBy = "bench" }, Role.Owner);
        var work = new RecordedWork(records, logs, person, current, clock);
        var engagements = new EngagementBook(work, Catalogue.Shipped, clock);
        var requests = new RequestBook(work, engagements, new ControlBook(work, Catalogue.Shipped, clock), Catalogue.Shipped);
        var books = new RequestWorkbooks(work, requests, engagements, current, data, Catalogue.Shipped, clock);
        await logs.OfAsync(company);
        var engagement = await engagements.OpenAsync(Once(), new EngagementForm("Bench", "typeOne", "", "2030-01-01", "", "10", "", "", "", []), default);
        var began = Stopwatch.GetTimestamp();
        var id = await books.ReceiveAsync(engagement, Once(), SentBytes.Of("list.xlsx", workbook), default);
        var opened = (await books.OpenAsync(id, null, default))!;
        var done = await books.ImportAsync(id, opened.Sheet.Name, SheetColumns.Parse(opened.Guess.ToText()), default);
        var took = Stopwatch.GetElapsedTime(began);
        return done.Added == lines ? took : throw new InvalidOperationException($"{done.Added} of {lines} lines came in");
    }

    private static TimeSpan Read(byte[] workbook, int lines)
    {
        var began = Stopwatch.GetTimestamp();
        using var package = SpreadsheetDocument.Open(new MemoryStream(workbook), isEditable: false);
        var book = package.WorkbookPart!;
        var texts = book.SharedStringTablePart?.SharedStringTable?.Elements<SharedStringItem>().Select(item => item.InnerText).ToList() ?? [];
        var rows = book.WorksheetParts.First().Worksheet!.GetFirstChild<SheetData>()!.Elements<Row>().Select(row => row.Elements<Cell>().Select(cell =>
            cell.DataType?.Value == CellValues.SharedString ? texts[int.Parse(cell.CellValue!.Text, CultureInfo.InvariantCulture)] : cell.InnerText).ToList()).ToList();
        var took = Stopwatch.GetElapsedTime(began);
        return rows.Count > lines ? took : throw new InvalidOperationException($"{rows.Count} rows were read");
    }

    private static byte[] Workbook(int lines)
    {
        using var file = new MemoryStream();
        var usual = Catalogue.Shipped.Requests.Requests;
        XlsxFile.Write([
            new Plainproof.Documents.Sheet("PBC", [new("#", 8), new("Area", 14), new("Request", 60), new("Control", 14), new("Due date", 12), new("Owner", 18), new("Client comments", 30), new("Status", 12)], [
                .. Enumerable.Range(0, lines).Select(i => (IReadOnlyList<object?>)[$"{i + 1}", usual[i % usual.Count].Group, $"{usual[i % usual.Count].Item} Please send part {i + 1}.", usual[i % usual.Count].Controls.FirstOrDefault(), new DateOnly(2030, 1, 1), "Ann Lee", null, "Open"]),
            ]),
        ], new FileFacts("bench", DateTimeOffset.UnixEpoch), file);
        return file.ToArray();
    }

    private static string Once() => Guid.CreateVersion7().ToString("D");

    private static string Text(double seconds) => seconds.ToString("0.######", CultureInfo.InvariantCulture);
}
