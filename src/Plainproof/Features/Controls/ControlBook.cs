using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Plainproof.Catalog;
using Plainproof.Cli;
using Plainproof.Evidence;
using Plainproof.Features.People;
using Plainproof.Storage;
using Plainproof.Web;

namespace Plainproof.Features.Controls;

/// <summary>How a control is to read, as typed.</summary>
/// <param name="Criteria">Ids parted by blanks or commas; asked only of a company's own control.</param>
internal sealed record ControlWording(string Title, string Statement, string Owner, string Frequency, string Criteria, string Why, string Begins);

/// <summary>The company's own wording of its controls, and the controls that only it has.</summary>
internal sealed class ControlBook(RecordedWork work, Catalogue catalogue, TimeProvider clock)
{
    public const string WordedKind = "control.worded";
    private const int LongestTitle = 120;
    private const int LongestStatement = 2000;
    private const int LongestWords = 200;
    private const int ShortestReason = 5;

    public DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    /// <summary>Newest first: the day it begins, then when it was written.</summary>
    public async Task<IReadOnlyList<ControlVersion>> VersionsAsync(string control, CancellationToken stop) =>
        InOrder(await work.Records.Set<ControlVersion>().AsNoTracking().Where(version => version.ControlId == control).ToListAsync(stop));

    /// <summary>What holds today, by control; a control that reads as we suggest is not in it. An own control that begins later is, too.</summary>
    public async Task<IReadOnlyDictionary<string, ControlVersion>> HoldingAsync(CancellationToken stop) =>
        (await work.Records.Set<ControlVersion>().AsNoTracking().ToListAsync(stop)).GroupBy(version => version.ControlId, StringComparer.Ordinal)
            .Select(versions => Holding([.. versions], Today) ?? OwnToCome([.. versions])).OfType<ControlVersion>().ToDictionary(version => version.ControlId, StringComparer.Ordinal);

    /// <summary>Every wording of every control.</summary>
    public async Task<ILookup<string, ControlVersion>> AllAsync(CancellationToken stop) =>
        (await work.Records.Set<ControlVersion>().AsNoTracking().ToListAsync(stop)).ToLookup(version => version.ControlId, StringComparer.Ordinal);

    /// <summary>Each wording of one control with the days of a window in which it held, oldest first; null where none of the company's held.</summary>
    public static IReadOnlyList<(DateOnly From, DateOnly To, ControlVersion? Version)> InForce(IReadOnlyList<ControlVersion> versions, DateOnly first, DateOnly last)
    {
        var starts = versions.Select(version => version.Begins).Where(day => day > first && day <= last).Append(first).Distinct().Order().ToList();
        return [.. starts.Select((from, i) => (from, i + 1 < starts.Count ? starts[i + 1].AddDays(-1) : last, Holding(versions, from)))];
    }

    public static ControlVersion? Holding(IReadOnlyList<ControlVersion> versions, DateOnly day) => InOrder(versions).FirstOrDefault(version => version.Begins <= day);

    /// <summary>An own control before its first day reads as it will then; one of the catalogue reads as we suggest until its day.</summary>
    public static ControlVersion? OwnToCome(IReadOnlyList<ControlVersion> versions) => InOrder(versions).LastOrDefault() is { IsOwn: true } first ? first : null;

    /// <param name="seen">Id of the newest version that the page showed; empty when it showed none.</param>
    /// <param name="once">Made when the form was shown, so that it is written once.</param>
    /// <exception cref="BadInput">Not theirs to do; everything that is wrong with the wording, at once; or somebody else wrote meanwhile.</exception>
    public Task WriteAsync(string control, string seen, string once, ControlWording typed, CancellationToken stop)
    {
        work.Require(Ability.Work, "change a control");
        var id = RecordedWork.Once(once);
        var wording = Proven(typed, isOwn: ControlVersion.IsOwnId(control));
        return work.ActAsync(async () =>
        {
            var written = await work.Records.Set<ControlVersion>().Where(version => version.ControlId == control).OrderByDescending(version => version.WrittenAt).ThenByDescending(version => version.Id).ToListAsync(stop);
            if (written.Any(version => version.Id == id))
                return null;
            if ((written.FirstOrDefault()?.Id ?? "") != seen)
                throw new BadInput("Someone else changed this control while you had it open. Nothing was overwritten. Look at the new wording below, then make your change.");
            return Add(id, control, wording);
        }, stop);
    }

    /// <returns>The id that the new control was given.</returns>
    /// <inheritdoc cref="WriteAsync" />
    public async Task<string> AddOwnAsync(string once, ControlWording typed, CancellationToken stop)
    {
        work.Require(Ability.Work, "add a control");
        var id = RecordedWork.Once(once);
        var wording = Proven(typed, isOwn: true);
        var control = "";
        await work.ActAsync(async () =>
        {
            var own = await work.Records.Set<ControlVersion>().Where(version => version.ControlId.StartsWith("OWN-")).Select(version => new { version.Id, version.ControlId }).ToListAsync(stop);
            control = own.FirstOrDefault(one => one.Id == id)?.ControlId ?? "";
            if (control.Length > 0)
                return null;
            control = $"OWN-{own.Select(one => int.Parse(one.ControlId[4..], CultureInfo.InvariantCulture)).DefaultIfEmpty(0).Max() + 1}";
            return Add(id, control, wording);
        }, stop);
        return control;
    }

    private Entry Add(string id, string control, ControlVersion wording)
    {
        var now = Micros.Round(clock.GetUtcNow());
        var version = new ControlVersion
        {
            Id = id,
            ControlId = control,
            Begins = wording.Begins,
            Title = wording.Title,
            Statement = wording.Statement,
            Owner = wording.Owner,
            Frequency = wording.Frequency,
            Criteria = wording.Criteria,
            Why = wording.Why,
            WrittenAt = now,
            WrittenBy = work.By,
        };
        work.Records.Add(version);
        return Entry.Create(WordedKind, now, new JsonObject
        {
            ["control"] = control,
            ["begins"] = Words.Day(version.Begins),
            ["title"] = version.Title,
            ["statement"] = version.Statement,
            ["owner"] = version.Owner,
            ["frequency"] = version.Frequency,
            ["criteria"] = version.Criteria,
            ["why"] = version.Why,
            ["by"] = version.WrittenBy,
        });
    }

    private ControlVersion Proven(ControlWording typed, bool isOwn)
    {
        var fields = new TypedFields();
        var version = new ControlVersion
        {
            ControlId = "",
            Title = fields.Text(typed.Title, "The title", LongestTitle, 1),
            Statement = fields.Text(typed.Statement, "The sentence an auditor tests", LongestStatement, 1),
            Owner = fields.Text(typed.Owner, "Who answers for it", LongestWords, 1),
            Frequency = fields.Text(typed.Frequency, "How often", LongestWords, 1),
            Criteria = isOwn ? CriteriaOf(typed.Criteria, fields.Problems) : "",
            Why = fields.Text(typed.Why, "Why you change it", LongestStatement, ShortestReason),
            Begins = BeginsOn(typed.Begins, fields),
            WrittenAt = default,
            WrittenBy = "",
        };
        fields.OrBad();
        return version;
    }

    /// <summary>Law 3: a wording cannot have held before somebody wrote it.</summary>
    private DateOnly BeginsOn(string typed, TypedFields fields)
    {
        var day = fields.Day(typed, "The day it begins", isNeeded: true);
        if (day < Today)
            fields.Problems.Add("A wording cannot begin on a day that is over. Begin today, or later.");
        else if (day > Today.AddYears(2))
            fields.Problems.Add("That day is more than two years away. Check the year.");
        return day ?? default;
    }

    private string CriteriaOf(string typed, List<string> problems)
    {
        var ids = typed.Split([' ', ',', ';', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Select(id => id.ToUpperInvariant()).Distinct().ToList();
        if (ids.Count == 0)
            problems.Add("Name at least one criterion that the control serves, such as CC6.1.");
        foreach (var id in ids.Where(id => !catalogue.By.Criterion.Has(id)))
            problems.Add($"There is no criterion '{(id.Length > 20 ? id[..20] + "…" : id)}'. They are listed under Criteria.");
        return string.Join(' ', ids);
    }

    private static IReadOnlyList<ControlVersion> InOrder(IReadOnlyList<ControlVersion> versions) =>
        [.. versions.OrderByDescending(version => version.Begins).ThenByDescending(version => version.WrittenAt).ThenByDescending(version => version.Id, StringComparer.Ordinal)];
}
