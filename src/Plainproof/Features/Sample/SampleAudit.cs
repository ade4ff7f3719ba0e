using Microsoft.EntityFrameworkCore;
using Plainproof.Catalog;
using Plainproof.Features.Engagements;
using Plainproof.Features.EvidenceFiles;
using Plainproof.Features.Requests;
using Plainproof.Storage;
using Plainproof.Storage.Records;
using Engagement = Plainproof.Features.Engagements.Engagement;

namespace Plainproof.Features.Sample;

/// <summary>What the made-up auditor asks for in the audit that Larkfield plans: some of it given, one sent back, some late, most still open.</summary>
internal sealed class SampleAudit(CompanyStore store, SampleFreezing freezing, SampleActs acts, SampleCalendar year)
{
    private const int Asked = 40;

    public async Task WriteAsync(CancellationToken stop)
    {
        await using var records = new CompanyRecords(store.Database);
        var engagement = await records.Set<Engagement>().AsNoTracking().SingleAsync(one => one.Kind == EngagementKind.TypeTwo, stop);
        var changes = Shown.OfPopulation(await freezing.WriteAsync("changes", engagement.Id, stop));
        var files = await records.Set<EvidenceLink>().AsNoTracking().ToDictionaryAsync(link => link.About, link => Shown.OfFile(link.FileId), stop);
        var lines = UsualRequests.Of(engagement, Catalogue.Shipped).Select((usual, i) => RequestLine.Of(usual, engagement.Id, i + 1, year.At(Asked, 9), Larkfield.Edith.Email)).ToList();
        foreach (var line in lines)
            (line.Due, line.Owner) = (year.Day(DueOf(line.Area)), OwnerOf(line.Area).Name);
        await ActAsync(records, Asked, "requests.generated", $"The auditor asks for {lines.Count} things.", lines, stop);
        foreach (var (number, shown, steps) in Courses(files, changes))
            await GoOnAsync(records, lines.Single(line => line.Number == number), shown, steps, stop);
    }

    private static IEnumerable<(string Number, Shown? Shown, IReadOnlyList<Step> Steps)> Courses(IReadOnlyDictionary<string, Shown> files, Shown changes) =>
    [
        ("R-004", null, [new(22, RequestMove.Comment, Larkfield.Ines, "The hosting provider is the only one. The description says how we treat it, as soon as Mara has read it.")]),
        ("R-008", files["control:GOV-01"], [new(33, RequestMove.Ready, Larkfield.Ines), new(27, RequestMove.Accepted, Larkfield.Edith)]),
        ("R-037", files["control:AC-06"],
            [new(31, RequestMove.Ready, Larkfield.Pavel), new(26, RequestMove.SentBack, Larkfield.Edith, "This shows the directory. Please add the database and the code, with the decision for each account.")]),
        ("R-047", files["control:PHY-01"], [new(12, RequestMove.Ready, Larkfield.Ines, "The report itself is under the provider's terms. Here are our notes on it. We show you the report in a call.")]),
        ("R-056", null, [new(9, RequestMove.Comment, Larkfield.Priya, "The rehearsal is set for next month. The plan comes this week.")]),
        ("R-059", changes, [new(23, RequestMove.Ready, Larkfield.Tobias, "Frozen for the first five months. The rest follows when the window is over."), new(20, RequestMove.Accepted, Larkfield.Edith)]),
        ("R-094", null, [new(38, RequestMove.NotNeeded, Larkfield.Edith, "It is your first report.")]),
    ];

    private async Task GoOnAsync(CompanyRecords records, RequestLine line, Shown? shown, IReadOnlyList<Step> steps, CancellationToken stop)
    {
        if (shown is { } answer)
        {
            await ActAsync(records, steps[0].Ago, "request.answered", $"{line.Number} was answered.", [new RequestLink
            {
                Engagement = line.Engagement, Request = line.Id, Shows = answer.Text, LinkedAt = year.At(steps[0].Ago, 10), LinkedBy = steps[0].By.Email,
            }], stop);
        }

        foreach (var step in steps)
        {
            await ActAsync(records, step.Ago, RequestBook.KindOf(step.Move), $"{line.Number}: {RequestWords.Of(step.Move)}.", [new RequestStep
            {
                Engagement = line.Engagement, Request = line.Id, Move = step.Move, Says = step.Says, At = year.At(step.Ago, 11), By = step.By.Email,
            }], stop);
        }
    }

    /// <summary>What is needed to begin was due two weeks ago; the rest is due soon.</summary>
    private static int DueOf(string area) => area switch
    {
        "Engagement" => 14,
        "Close" or "Interviews" => -30,
        _ => -10,
    };

    private static SamplePerson OwnerOf(string area) => area switch
    {
        "Engagement" or "Close" => Larkfield.Mara,
        "CC8" => Larkfield.Tobias,
        "CC6" => Larkfield.Pavel,
        _ => Larkfield.Ines,
    };

    private Task ActAsync(CompanyRecords records, int ago, string kind, string says, IEnumerable<object> added, CancellationToken stop) => acts.AddAsync(records, year.At(ago, 11), kind, says, added, stop);

    private sealed record Step(int Ago, RequestMove Move, SamplePerson By, string Says = "");
}
