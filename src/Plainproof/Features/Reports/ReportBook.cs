using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Plainproof.Cli;
using Plainproof.Evidence;
using Plainproof.Features.Engagements;
using Plainproof.Features.EvidenceFiles;
using Plainproof.Features.People;
using Plainproof.Features.Standing;
using Plainproof.Features.Systems;
using Plainproof.Storage;
using Plainproof.Web;

namespace Plainproof.Features.Reports;

/// <summary>What stands in the report, as typed from it.</summary>
internal sealed record ReportForm(SentBytes? File, string Firm, string Type, string First, string Last, string SignedOn, string Opinion, string Exceptions, string ExceptionsSay, string CountsUntil);

/// <summary>The reports that firms signed. The file is sealed as it came; nothing is written into it or read out of it.</summary>
internal sealed class ReportBook(RecordedWork work, EngagementBook engagements, CurrentCompany company, DataFolder data, TimeProvider clock)
{
    public const int MostBytes = 50 << 20;
    private const int LongestText = 4_000;
    private const int LongestName = 300;
    private const int MostExceptions = 1_000;
    private const int MonthsItCounts = 12;
    private const string Pdf = "application/pdf";

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<FinalReport>> AllAsync(CancellationToken stop) =>
        [.. (await work.Records.Set<FinalReport>().AsNoTracking().ToListAsync(stop)).OrderByDescending(one => one.ReceivedAt).ThenByDescending(one => one.Id, StringComparer.Ordinal)];

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<FinalReport>> OfAsync(string engagement, CancellationToken stop) => [.. (await AllAsync(stop)).Where(one => one.Engagement == engagement)];

    public async Task<FinalReport?> OneAsync(string id, CancellationToken stop) => await work.Records.Set<FinalReport>().AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, stop);

    /// <summary>Seals the file, and writes down with it that the report was received.</summary>
    /// <param name="once">Made when the form was shown; it becomes the id.</param>
    /// <exception cref="BadInput">Not theirs to do, or everything that is wrong with it, at once.</exception>
    public async Task<string> ReceiveAsync(string engagement, string once, ReportForm typed, CancellationToken stop)
    {
        work.RequireAny("store the report", Ability.ManageEngagement, Ability.WriteTests);
        var id = RecordedWork.Once(once);
        if (await OneAsync(id, stop) is not null)
            return id;
        if (await engagements.OfAsync(engagement, stop) is not { } it)
            throw new BadInput("There is no such engagement.");
        var fields = new TypedFields();
        ProveFile(typed.File, fields.Problems);
        var draft = Proven(id, it, typed, fields);
        fields.OrBad();
        await SampleMark.RefuseAsync(data.DatabaseOf(company.Name), "The report was not stored.", stop);
        var kept = await data.VaultOf(company.Name, clock).KeepAsync(Pdf, new MemoryStream(typed.File!.Bytes), stop);
        var report = draft(kept.Digest.ToString());
        await work.ActAllAsync(async () =>
        {
            if (await work.Records.Set<FinalReport>().AnyAsync(one => one.Id == id, stop))
                return [];
            work.Records.Add(report);
            var received = Entry.Create("report.received", report.ReceivedAt, Told(report), kept);
            return await StepAsync(it, report, stop) is { } step ? [received, step] : [received];
        }, stop);
        return id;
    }

    private async Task<Entry?> StepAsync(Engagement it, FinalReport report, CancellationToken stop)
    {
        if (await work.Records.Set<EngagementStep>().AnyAsync(one => one.EngagementId == it.Id && one.Kind == StepKind.ReportReceived && one.TakenBackAt == null, stop))
            return null;
        work.Records.Add(new EngagementStep { EngagementId = it.Id, Kind = StepKind.ReportReceived, HappenedOn = DateOnly.FromDateTime(report.ReceivedAt.UtcDateTime), Says = $"Signed on {StandingParts.Day(report.SignedOn)}.", ToldAt = report.ReceivedAt, ToldBy = report.ReceivedBy });
        return work.Tell("engagement.step", new JsonObject { ["engagement"] = it.Id, ["step"] = Words.Of(StepKind.ReportReceived), ["happenedOn"] = Words.Day(DateOnly.FromDateTime(report.ReceivedAt.UtcDateTime)), ["report"] = report.Id });
    }

    private static void ProveFile(SentBytes? file, List<string> problems)
    {
        if (file is null || file.Length == 0)
            problems.Add("Choose the PDF that the firm sent.");
        else if (file.Length > MostBytes)
            problems.Add($"The file is larger than {MostBytes >> 20} MB. Ask the firm for one as it is usually sent.");
        else if (FileKind.Of(file.Name, new MemoryStream(file.Bytes))?.MediaType != Pdf)
            problems.Add("This is no PDF. Take the signed report as the firm sent it, not a copy that was printed or scanned.");
    }

    private Func<string, FinalReport> Proven(string id, Engagement it, ReportForm typed, TypedFields fields)
    {
        var firm = fields.Text(typed.Firm, "The firm that signed it", LongestName, 1);
        var (first, last, signed) = (fields.Day(typed.First, "The first day that it speaks of"), fields.Day(typed.Last, "The last day that it speaks of", isNeeded: true), fields.Day(typed.SignedOn, "The date of the report", isNeeded: true));
        var until = fields.Day(typed.CountsUntil, "The day until which it counts") ?? last?.AddMonths(MonthsItCounts);
        var (type, opinion) = (StandingParts.FromWord<EngagementKind>(typed.Type), StandingParts.FromWord<Opinion>(typed.Opinion));
        if (type is null)
            fields.Problems.Add("Say which type of report it is.");
        if (opinion is null)
            fields.Problems.Add("Say which opinion stands in the report.");
        if (type == EngagementKind.TypeTwo != first is not null)
            fields.Problems.Add(type == EngagementKind.TypeTwo ? "A Type II speaks of a window: its first day is missing." : "A Type I speaks of one day. Leave the first day empty.");
        if (first > last)
            fields.Problems.Add("The last day lies before the first.");
        if (signed <= last)
            fields.Problems.Add("A report is signed after the last day that it speaks of.");
        if (signed > engagements.Today)
            fields.Problems.Add("The date of the report has not come yet.");
        if (until <= last)
            fields.Problems.Add("It counts until a day after the last that it speaks of.");
        var exceptions = long.TryParse(typed.Exceptions.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= MostExceptions ? number : -1;
        if (exceptions < 0)
            fields.Problems.Add($"Say how many exceptions the firm lists: a number from 0 to {MostExceptions}.");
        var says = fields.Text(typed.ExceptionsSay, "What the exceptions are about", LongestText);
        return digest => new FinalReport
        {
            Id = id,
            Engagement = it.Id,
            FileName = UploadedFile.SafeName(typed.File!.Name),
            Digest = digest,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(typed.File.Bytes)),
            Bytes = typed.File.Bytes.Length,
            Firm = firm,
            Type = type!.Value,
            FirstDay = first,
            LastDay = last!.Value,
            SignedOn = signed!.Value,
            Opinion = opinion!.Value,
            Exceptions = exceptions,
            ExceptionsSay = says,
            CountsUntil = until!.Value,
            Seals = SealsIn(typed.File.Bytes),
            ReceivedAt = work.Now,
            ReceivedBy = work.By,
        };
    }

    /// <summary>A signature field of a PDF names the bytes it covers (ISO 32000-1, 12.8).</summary>
    private static string SealsIn(byte[] pdf) => pdf.AsSpan().IndexOf("/ByteRange"u8) >= 0
        ? "The file carries a digital signature. It is not checked here: open the file in a PDF program that does."
        : "The file carries no digital signature. Compare its fingerprint with the firm.";

    private static JsonObject Told(FinalReport report) => new()
    {
        ["report"] = report.Id,
        ["engagement"] = report.Engagement,
        ["name"] = report.FileName,
        ["sha256"] = report.Sha256,
        ["firm"] = report.Firm,
        ["type"] = Words.Of(report.Type),
        ["firstDay"] = Words.Day(report.FirstDay),
        ["lastDay"] = Words.Day(report.LastDay),
        ["signedOn"] = Words.Day(report.SignedOn),
        ["opinion"] = Words.Of(report.Opinion),
        ["exceptions"] = report.Exceptions,
        ["exceptionsSay"] = report.ExceptionsSay,
        ["countsUntil"] = Words.Day(report.CountsUntil),
        ["by"] = report.ReceivedBy,
    };
}
