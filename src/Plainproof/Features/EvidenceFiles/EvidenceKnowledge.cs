using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plainproof.Catalog;
using Plainproof.Facts;
using Plainproof.Features.Controls;
using Plainproof.Features.EvidenceFiles.Insides;
using Plainproof.Features.EvidenceFiles.Objections;
using Plainproof.Features.People;
using Plainproof.Features.Systems;
using Plainproof.Storage;
using Plainproof.Storage.Records;

namespace Plainproof.Features.EvidenceFiles;

/// <summary>Gathers what the reasons hold a file against: windows, systems, people, wordings of controls, and the other files.</summary>
internal sealed class EvidenceKnowledge(CompanyRecords records, CurrentCompany company, DataFolder data, Catalogue catalogue, TimeProvider clock)
{
    public async Task<Knowledge> GatherAsync(CancellationToken stop)
    {
        var today = await TodayAsync(stop);
        return new Knowledge(today, await WindowsAsync(stop), await SystemsAsync(stop), await LeftOutAsync(stop), await PeopleAsync(stop), await ControlsAsync(stop), await OthersAsync(stop));
    }

    /// <summary>The sample stands still at its day.</summary>
    public async Task<DateOnly> TodayAsync(CancellationToken stop) =>
        DateOnly.FromDateTime(((company.IsSample ? await SampleMark.FindAsync(data.DatabaseOf(company.Name), stop) : null)?.StandsAt ?? clock.GetUtcNow()).UtcDateTime);

    public static Exhibit ExhibitOf(EvidenceFile file, IEnumerable<EvidenceLink> links, EvidenceInside? inside) => new(
        file.Id, file.FileName, file.MediaType, file.Says, file.Kind, file.Saying, file.CoversFrom, file.CoversTo, Day(file.AddedAt), file.CopyOf,
        [.. links.Where(link => link.EndedAt is null).Select(link => new Link(About.Parse(link.About)!.Value, Day(link.LinkedAt)))], inside, file.AcceptedBy);

    private static DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);

    public async Task<IReadOnlyList<AuditWindow>> WindowsAsync(CancellationToken stop) =>
        [.. (await records.Set<Features.Engagements.Engagement>().AsNoTracking().ToListAsync(stop)).Select(one => new AuditWindow(one.Title, one.Begins, one.Ends, one.IsOpen)).OrderBy(window => window.Last)];

    private async Task<IReadOnlyList<KnownSystem>> SystemsAsync(CancellationToken stop) =>
        [.. (await records.Set<Connection>().AsNoTracking().Where(one => one.DisabledAt == null && one.Source != "people" && one.Source != "push" && one.Source != "import").OrderBy(one => one.Name).ToListAsync(stop))
            .Select(one => new KnownSystem(one.Name, [.. NamesOf(one).Distinct(StringComparer.OrdinalIgnoreCase)]))];

    /// <summary>People write the name, the host or the repository, seldom the whole address.</summary>
    private static IEnumerable<string> NamesOf(Connection one)
    {
        yield return one.Name;
        var place = one.Scope[(one.Scope.IndexOf(':') + 1)..];
        yield return place;
        yield return place.Split(':', '/')[0];
        if (Uri.TryCreate(one.Address, UriKind.Absolute, out var address) && address.Host.Length > 0)
            yield return address.Host;
    }

    private async Task<IReadOnlyList<string>> LeftOutAsync(CancellationToken stop) => await records.Set<Exclusion>().AsNoTracking().Where(one => one.EndedAt == null).Select(one => one.What).ToListAsync(stop);

    private async Task<IReadOnlyList<KnownControl>> ControlsAsync(CancellationToken stop) =>
        [.. (await records.Set<ControlVersion>().AsNoTracking().ToListAsync(stop)).GroupBy(version => version.ControlId, StringComparer.Ordinal).Select(control => new KnownControl(
            control.Key, catalogue.By.Control.TryGet(control.Key, out var known) ? known.Title : control.First().Title, ControlVersion.IsOwnId(control.Key), [.. control.Select(version => version.Begins).Distinct().Order()]))];

    /// <summary>Law 1: people are known only when each list of them was read to its end.</summary>
    private async Task<IReadOnlyList<KnownPerson>?> PeopleAsync(CancellationToken stop)
    {
        var aspect = Aspect.Of<Facts.Person>().Name;
        await using var connection = await data.DatabaseOf(company.Name).OpenAsync(stop);
        var states = await connection.Command(
            """
            SELECT c.state FROM coverage c JOIN (SELECT scope, MAX(at) AS at FROM coverage WHERE company = @company AND aspect = @aspect GROUP BY scope) newest ON newest.scope = c.scope AND newest.at = c.at
            WHERE c.company = @company AND c.aspect = @aspect
            """, ("company", company.Name), ("aspect", aspect)).ListAsync(row => row.GetString(0), stop);
        if (states.Count == 0 || states.Any(state => state != Words.Of(Completeness.Complete)))
            return null;
        var people = await connection.Command(
            """
            SELECT f.value FROM fact_course c JOIN fact_version f ON f.company = c.company AND f.course = c.number
            WHERE c.company = @company AND c.aspect = @aspect AND f.closed_at IS NULL
            """, ("company", company.Name), ("aspect", aspect))
            .ListAsync(row => JsonSerializer.Deserialize<Facts.Person>(row.GetFieldValue<byte[]>(0), FactJson.Options)!, stop);
        return [.. people.Select(person => new KnownPerson(person.Name, [person.Name, person.Email, .. person.OtherEmails ?? []], person.JoinedOn, person.LeftOn, person.Engagement == Facts.Engagement.Contractor))];
    }

    private async Task<IReadOnlyList<OtherFile>> OthersAsync(CancellationToken stop)
    {
        var files = await records.Set<EvidenceFile>().AsNoTracking().ToListAsync(stop);
        var marks = (await records.Set<EvidenceInside>().AsNoTracking().Select(one => new { one.Id, one.Mark, one.Likeness }).ToListAsync(stop)).ToDictionary(one => one.Id, StringComparer.Ordinal);
        var links = (await records.Set<EvidenceLink>().AsNoTracking().Where(link => link.EndedAt == null).ToListAsync(stop)).ToLookup(link => link.FileId);
        return [.. files.Select(file => new OtherFile(
            file.Id, file.Says, file.Kind, ExhibitOf(file, [], null).Days, marks.GetValueOrDefault(file.Id)?.Mark ?? "", marks.GetValueOrDefault(file.Id)?.Likeness ?? "",
            [.. links[file.Id].Select(link => About.Parse(link.About)!.Value)], file.Saying.ApprovedOn, file.CopyOf))];
    }
}
