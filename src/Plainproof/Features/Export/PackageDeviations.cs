using Microsoft.EntityFrameworkCore;
using Plainproof.Assurance.Period;
using Plainproof.Catalog;
using Plainproof.Features.Check;
using Plainproof.Features.Controls;
using Plainproof.Features.Deviations;
using Plainproof.Features.People;
using Plainproof.Features.Recurring;
using Plainproof.Storage;

namespace Plainproof.Features.Export;

/// <summary>
/// Every deviation of the days, as the page of deviations lists them, at the moment that the package stands at: the same whenever it is asked.
/// What the cut of the log does not tell of is left out.
/// </summary>
/// <param name="newest">The latest time that the log claims.</param>
internal sealed class PackageDeviations(RecordedWork work, PackageDays days, CheckRun picture, DateTimeOffset newest, string? mark)
{
    /// <summary>Without an engagement the list begins before anything was known.</summary>
    private static readonly DateOnly Ever = new(2000, 1, 1);

    private readonly List<Control> _controls = [.. InScope(picture)];
    private readonly Dictionary<string, string> _titles = picture.Readiness.Evaluations.ToDictionary(evaluation => evaluation.Check.Info.Id, evaluation => evaluation.Check.Info.Title, StringComparer.Ordinal);

    public async Task<PackedDeviations> OfAsync(CompanyStore store, CancellationToken stop)
    {
        var moment = store.Sample?.StandsAt ?? newest;
        var (first, last) = (days.First ?? Ever, days.Last ?? DateOnly.FromDateTime(moment.UtcDateTime));
        var told = (await work.Records.Set<FoundDeviation>().AsNoTracking().Where(one => one.FoundAt <= newest).ToListAsync(stop)).ToDictionary(one => SeenDeviation.Of(one).Key, StringComparer.Ordinal);
        var seen = SeenDeviation.InOrder(
            [.. await SeenByChecksAsync(store, Stretch.Of(first, last), moment, stop), .. await SeenByCalendarAsync(first, last, moment, stop), .. told.Values.Select(SeenDeviation.Of)], Stretch.Of(first, last));
        var answers = await AnswersAsync(stop);
        return new PackedDeviations(PackedDeviations.Words, days.First, days.Last, moment, [.. seen.Select(one => Packed(one, told.GetValueOrDefault(one.Key), answers[one.Key]))], mark);
    }

    private static IEnumerable<Control> InScope(CheckRun picture)
    {
        var criteria = picture.Readiness.Criteria.Select(view => view.Criterion.Id).ToHashSet(StringComparer.Ordinal);
        return picture.Catalogue.Controls.Controls.Where(control => control.Criteria.Any(criteria.Contains));
    }

    /// <summary>What a check says later of its end is not known yet.</summary>
    private async Task<IEnumerable<SeenDeviation>> SeenByChecksAsync(CompanyStore store, Stretch span, DateTimeOffset moment, CancellationToken stop)
    {
        if (span.From >= moment)
            return [];
        var stored = await store.PeriodAsync(span.From, span.To < moment ? span.To : moment, stop);
        var controls = picture.Readiness.Evaluations.Select(evaluation => evaluation.Check.Info)
            .ToDictionary(check => check.Id, check => _controls.Select(control => control.Id).Where(check.Controls.Contains).ToList(), StringComparer.Ordinal);
        return stored.Deviations.Where(one => controls.GetValueOrDefault(one.Check) is { Count: > 0 }).Select(one => SeenDeviation.Of(one.Until > moment ? one with { Until = null } : one, controls[one.Check]));
    }

    private async Task<IEnumerable<SeenDeviation>> SeenByCalendarAsync(DateOnly first, DateOnly last, DateTimeOffset moment, CancellationToken stop)
    {
        var rhythms = await work.Records.Set<ControlRhythm>().AsNoTracking().Where(one => one.WrittenAt <= newest).ToListAsync(stop);
        var told = await work.Records.Set<ControlOccurrence>().AsNoTracking().Where(one => one.ToldAt <= newest && (one.TakenBackAt == null || one.TakenBackAt > newest)).ToListAsync(stop);
        var own = (await work.Records.Set<ControlVersion>().AsNoTracking().Where(one => one.WrittenAt <= newest).ToListAsync(stop)).Select(OwnControl.Of).OfType<Control>().DistinctBy(control => control.Id);
        return RecurringControl.All(_controls.Concat(own), rhythms, told, DateOnly.FromDateTime(moment.UtcDateTime)).SelectMany(control => SeenDeviation.Of(control, first, last));
    }

    /// <summary>By the deviation that each is about, newest first.</summary>
    private async Task<ILookup<string, DeviationAnswer>> AnswersAsync(CancellationToken stop) =>
        DeviationWords.NewestFirst(await work.Records.Set<DeviationAnswer>().AsNoTracking().Where(answer => answer.AnsweredAt <= newest).ToListAsync(stop))
            .SelectMany(answer => answer.All.Select(key => (key, answer))).ToLookup(one => one.key, one => one.answer, StringComparer.Ordinal);

    private PackedDeviation Packed(SeenDeviation one, FoundDeviation? told, IEnumerable<DeviationAnswer> answers) => new(
        one.Key, one.What, one.Controls, one.From, one.Until, one.By, one.Source, told?.FoundBy ?? DeviationWords.Of(one, _titles), told?.FoundAt,
        [.. answers.Select(answer => new PackedReply(answer.All, answer.Reach, answer.Cause, answer.MoreLikeIt, answer.Compensating, answer.Correction, answer.Response, answer.AnsweredAt, answer.AnsweredBy))]);
}
