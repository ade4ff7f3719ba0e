using System.Text;
using System.Text.Json.Nodes;
using Plainproof.Evidence;
using Plainproof.Features.EvidenceFiles;
using Plainproof.Features.EvidenceFiles.Insides;
using Plainproof.Features.EvidenceFiles.Search;
using Plainproof.Storage;
using Plainproof.Storage.Records;

namespace Plainproof.Features.Sample;

/// <summary>The files that the made-up people added: good ones, one that runs out soon, and a list with much to object to.</summary>
internal sealed class SampleFiles(CompanyStore store, Vault vault, IEvidenceLog log, TimeProvider clock, SampleCalendar year)
{
    public async Task WriteAsync(CancellationToken stop)
    {
        await using var records = new CompanyRecords(store.Database);
        await AddAsync(records, "GOV-01", "minutes-security-review.txt", Minutes, "Minutes of the quarterly security review", EvidenceKind.Minutes, 58, Larkfield.Ines, Larkfield.Mara,
            new Told { EventOn = year.Day(60), People = "Mara Lindqvist, Tobias Ferreira, Ines Okafor" }, stop);
        await AddAsync(records, "AC-06", "access-review-directory.csv", Review(), "Access review of the directory, all accounts with decisions", EvidenceKind.Export, 61, Larkfield.Pavel, Larkfield.Ines,
            new Told { CapturedOn = year.Day(61), System = "directory", Environment = Setting.Production, Account = Larkfield.Domain, Query = "(objectClass=user), whole domain, UTC", Rows = 20 }, stop);
        await AddAsync(records, "PHY-01", "hosting-report-summary.txt", $"{SampleMark.Words}\nNotes on the hosting provider's report: two exceptions, none of them about us. We keep our own backups.\n", "Report of the hosting provider, with our notes",
            EvidenceKind.VendorReport, 120, Larkfield.Ines, Larkfield.Mara, new Told { Scope = "Machine rooms in the north and the south", ReadBy = Larkfield.Ines.Name, ExpiresOn = year.Day(-40) }, stop);
        await AddAsync(records, "CHG-01", "changes-last-quarter.csv", Changes(), "All changes of the last quarter", EvidenceKind.Population, 6, Larkfield.Tobias, null, new Told { Environment = Setting.Production }, stop);
    }

    private static string Minutes =>
        $"""
        {SampleMark.Words}
        Security review. We went through the open findings in order. The leaver whose account stayed on for nine days was the first point. Ines showed how the account was found and what keeps it from happening
        again: the office tells operations a week before the last day, and the weekly list of accounts is now read by two people. Tobias reported on the firewall rule that was opened for a test and forgotten.
        It is closed, and rules now end by themselves. Mara asked what would hurt most if it failed tomorrow, and we agreed that it is the import of bank files, so it is next on the list for a second pair of eyes.

        """;

    private static string Review() => $"\"{SampleMark.Words}\",account,type,decision,removed\n" + string.Concat(Larkfield.People.Select(person => $",{person.Email},person,keep,\n")) + ",svc-backup,service,keep,\n,administrator,admin,keep,\n";

    /// <summary>Exactly one page of them; and one was approved by whoever asked for it, after it was deployed.</summary>
    private string Changes() => $"\"{SampleMark.Words}\",change,requester,approver,approved at,deployed at\n" + string.Concat(Enumerable.Range(1, 50).Select(number =>
    {
        var asked = Larkfield.Writer(number, 90 - number);
        var isBad = number == 37;
        return FormattableString.Invariant($",LED-{500 + number},{asked.Email},{(isBad ? asked : Larkfield.Writer(number + 1, 90 - number)).Email},{Words.Day(year.Day(isBad ? 90 - number - 2 : 90 - number + 1))},{Words.Day(year.Day(90 - number))}\n");
    }));

    private async Task AddAsync(CompanyRecords records, string control, string name, string text, string says, EvidenceKind kind, int ago, SamplePerson by, SamplePerson? accepted, Told told, CancellationToken stop)
    {
        var (id, at, bytes) = ($"sample-{Path.GetFileNameWithoutExtension(name)}", year.At(ago, 10), Encoding.UTF8.GetBytes(text));
        var format = FileKind.Of(name, new MemoryStream(bytes))!;
        var kept = await vault.KeepAsync(format.MediaType, new MemoryStream(bytes), stop);
        var inside = await InsideReader.ReadAsync(SampleMark.Company, id, format, bytes, 0, stop);
        var file = new EvidenceFile
        {
            Id = id,
            FileName = name,
            MediaType = format.MediaType,
            Bytes = kept.Bytes,
            Digest = kept.Digest.ToString(),
            Says = says,
            CoversFrom = year.Day(ago + 90),
            CoversTo = year.Day(ago),
            Kind = kind,
            Told = told.ToText(),
            AddedAt = at,
            AddedBy = by.Email,
            AcceptedAt = accepted is null ? null : at.AddHours(26),
            AcceptedBy = accepted?.Email,
        };
        await records.WriteAsync(async within =>
        {
            records.AddRange(file, inside, new EvidenceLink { Id = id, FileId = id, About = About.OfControl(control).Text, LinkedAt = at, LinkedBy = by.Email });
            await EvidenceSearch.Of(store.Database).KeepAsync(records, id, EvidenceBook.SearchedWords(file, inside.Words), stop);
            return await log.EnqueueAsync(SampleHistory.Told("evidence.uploaded", clock, at, new JsonObject { ["file"] = id, ["about"] = About.OfControl(control).Text, ["name"] = name, ["says"] = says, ["by"] = by.Email }, kept), within, stop);
        }, stop);
    }
}
