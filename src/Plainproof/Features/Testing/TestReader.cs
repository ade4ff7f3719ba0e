using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Plainproof.Assurance.Populations;
using Plainproof.Catalog;
using Plainproof.Features.Controls;
using Plainproof.Features.Engagements;
using Plainproof.Features.Papers;
using Plainproof.Features.People;
using Plainproof.Features.Populations;
using Plainproof.Features.Sampling;

namespace Plainproof.Features.Testing;

/// <summary>Reads the auditor's tests. The one place that keeps them from everybody else (law 5).</summary>
internal sealed class TestReader(
    RecordedWork work, CurrentCompany company, Catalogue catalogue, EngagementBook engagements, ControlBook wordings, PaperReader papers, SamplingBook samples, TestGrid grid, Freezing freezing)
{
    private static readonly TestPart[] Window = [TestPart.Design, TestPart.Operation];
    private static readonly TestPart[] Photo = [TestPart.Design];

    /// <summary>Null for everybody but auditors, and where there is no such engagement.</summary>
    public async Task<TestedEngagement?> OfAsync(string engagement, CancellationToken stop)
    {
        if (!company.May(Ability.SeeTests) || await engagements.OfAsync(engagement, stop) is not { } it)
            return null;
        var worded = await wordings.AllAsync(stop);
        var tests = (await work.Records.Set<ControlTest>().AsNoTracking().Where(test => test.Engagement == engagement).ToListAsync(stop)).OrderBy(test => test.WrittenAt).ThenBy(test => test.Id, StringComparer.Ordinal).ToLookup(test => test.Control, StringComparer.Ordinal);
        var promised = (await papers.PromisedAsync(it, stop)).Select(one => one.Control.Id).ToHashSet(StringComparer.Ordinal);
        var drawn = it.Begins is null ? [] : await SamplesAsync(it, stop);
        return new TestedEngagement(it, [.. Controls(it, worded).Select(control => new TestedControl(
            control, promised.Contains(control.Id), [.. Wordings(it, control, [.. worded[control.Id]], tests[control.Id])],
            [.. drawn.Where(one => one.Sample.ControlList().Contains(control.Id))], it.Begins is null ? Photo : Window)).Where(one => one.Wordings.Count > 0)]);
    }

    /// <summary>The items of a control's samples, in that part of the window in which a wording held. An item that names no day is in the last part.</summary>
    /// <exception cref="Evidence.EvidenceException">The sealed rows are damaged or gone.</exception>
    public async Task<ItemTally> TallyAsync(TestedControl control, TestedWording wording, CancellationToken stop)
    {
        if (control.Wordings.Count == 1)
            return control.Tally;
        var ticks = new List<Tick>();
        foreach (var one in control.Samples)
        {
            var rows = await freezing.RowsAsync(one.Frozen, stop);
            ticks.AddRange(one.Sample.RowList().Where(number => Holding(DayOf(rows.Rows[number - 1].Cells().GetValueOrDefault(Population.TimeColumn, ""))) == wording).Select(one.Of));
        }

        return ItemTally.Of(ticks);

        TestedWording Holding(DateOnly? day) => control.Wordings.FirstOrDefault(part => part.From <= day && day <= part.To) ?? control.Wordings[^1];
    }

    private static DateOnly? DayOf(string when) => DateOnly.TryParseExact(when.Length > 10 ? when[..10] : when, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private IEnumerable<Control> Controls(Engagement it, ILookup<string, ControlVersion> worded)
    {
        var criteria = catalogue.Criteria.Criteria.Where(one => it.CategoryList.Contains(one.Category)).Select(one => one.Id).ToHashSet(StringComparer.Ordinal);
        var own = worded.Where(some => ControlVersion.IsOwnId(some.Key)).OrderBy(some => some.Key.Length).ThenBy(some => some.Key, StringComparer.Ordinal).Select(some => OwnControl.Of(ControlBook.Holding([.. some], it.Ends))).OfType<Control>();
        return catalogue.Controls.Controls.Concat(own).Where(control => control.Criteria.Any(criteria.Contains));
    }

    private static IEnumerable<TestedWording> Wordings(Engagement it, Control control, IReadOnlyList<ControlVersion> versions, IEnumerable<ControlTest> tests) =>
        ControlBook.InForce(versions, it.Begins ?? it.Ends, it.Ends).Where(part => part.Version is not null || !ControlVersion.IsOwnId(control.Id)).Select(part => new TestedWording(
            part.Version?.Id ?? "", part.From, part.To, part.Version?.Title ?? control.Title, part.Version?.Statement ?? control.Statement, part.Version?.Frequency ?? control.Frequency.Text, part.Version?.Owner ?? control.Owner,
            [.. tests.Where(test => test.Wording == (part.Version?.Id ?? ""))]));

    /// <summary>Of lists that were frozen for the engagement, or within its days.</summary>
    private async Task<IReadOnlyList<TestedSample>> SamplesAsync(Engagement it, CancellationToken stop)
    {
        var frozen = (await freezing.AllAsync(null, stop)).Where(one => one.Engagement == it.Id || (one.Engagement is null && one.FirstDay >= it.Begins && one.LastDay <= it.Ends)).ToDictionary(one => one.Id, StringComparer.Ordinal);
        var tested = new List<TestedSample>();
        foreach (var sample in (await samples.AllAsync(stop)).Where(one => one.DroppedAt is null && frozen.ContainsKey(one.Population)))
            tested.Add(new TestedSample(sample, frozen[sample.Population], await grid.AttributesAsync(sample.Id, stop), await grid.TicksAsync(sample.Id, stop)));
        return tested;
    }
}
