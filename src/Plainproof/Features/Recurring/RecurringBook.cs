using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Plainproof.Assurance.Period;
using Plainproof.Cli;
using Plainproof.Evidence;
using Plainproof.Features.Controls;
using Plainproof.Features.EvidenceFiles;
using Plainproof.Features.People;
using Plainproof.Features.Standing;
using Plainproof.Web;
using Control = Plainproof.Catalog.Control;
using Words = Plainproof.Storage.Words;

namespace Plainproof.Features.Recurring;

/// <summary>How often a control is to be done, as typed.</summary>
/// <param name="Cadence">The word of a <see cref="Assurance.Period.Cadence"/>; empty when nothing is to be due any more.</param>
internal sealed record RhythmForm(string Cadence, string FirstDue, string Grace, string Begins, string Why);

/// <summary>What was done, as typed.</summary>
/// <param name="Search">Where they looked, when there was nothing to do; else empty.</param>
internal sealed record DoneForm(string DueOn, string DoneOn, string Says, string Search, string File);

/// <summary>One control that comes round.</summary>
/// <param name="Rhythms">In the order they were written.</param>
/// <param name="Told">What was not taken back.</param>
internal sealed record RecurringControl(Control Control, IReadOnlyList<ControlRhythm> Rhythms, IReadOnlyList<ControlOccurrence> Told, DateOnly Today)
{
    /// <summary>Each control with what was written and told of it, of all that is given.</summary>
    public static IReadOnlyList<RecurringControl> All(IEnumerable<Control> controls, IEnumerable<ControlRhythm> rhythms, IEnumerable<ControlOccurrence> told, DateOnly today)
    {
        var written = rhythms.OrderBy(one => one.WrittenAt).ThenBy(one => one.Id, StringComparer.Ordinal).ToLookup(one => one.ControlId, StringComparer.Ordinal);
        var done = told.OrderBy(one => one.DueOn).ThenBy(one => one.ToldAt).ToLookup(one => one.ControlId, StringComparer.Ordinal);
        return [.. controls.Select(control => new RecurringControl(control, [.. written[control.Id]], [.. done[control.Id]], today))];
    }

    public ControlRhythm? Holding => Rhythms.Where(rhythm => rhythm.Begins <= Today).OrderBy(rhythm => rhythm.Begins).ThenBy(rhythm => rhythm.WrittenAt).LastOrDefault();

    /// <summary>Due from the first to the last day, oldest first.</summary>
    public IReadOnlyList<Occurrence> Over(DateOnly first, DateOnly last) =>
        Occurrences.Of([.. Rhythms.Select(rhythm => rhythm.Promise)], [.. Told.Select(one => one.Told)], first, last, Today);

    /// <summary>What can be done now or comes next; null when nothing is due any more.</summary>
    public Occurrence? Next => Over(Today.AddYears(-1), Today.AddYears(2)).FirstOrDefault(one => one.IsOpen);
}

/// <summary>The controls that people do every week, month, quarter or year: when each is due, and what became of it.</summary>
internal sealed class RecurringBook(RecordedWork work, CurrentCompany company, ControlBook controls, EvidenceBook files, Standings standings, TimeProvider clock)
{
    public const int MostGrace = 90;
    private const int LongestText = 2000;
    private const int ShortestSearch = 10;

    /// <summary>Several parts of one page ask for it. Forgotten as soon as something is written down.</summary>
    private Task<IReadOnlyList<RecurringControl>>? _all;

    public async Task<DateOnly> TodayAsync() => DateOnly.FromDateTime((await standings.StoreAsync(company.Name)).Now(clock).UtcDateTime);

    /// <summary>Every control in scope, and the company's own, as it comes round; also those without a rhythm.</summary>
    public Task<IReadOnlyList<RecurringControl>> AllAsync(CancellationToken stop) => _all ??= LoadAsync(null, stop);

    /// <returns>Null when there is no such control.</returns>
    public async Task<RecurringControl?> OfAsync(string control, CancellationToken stop) => (await LoadAsync(control, stop)).SingleOrDefault();

    /// <summary>Everything that was ever written down for one control, newest first, with what was taken back.</summary>
    public async Task<IReadOnlyList<ControlOccurrence>> HistoryAsync(string control, CancellationToken stop) =>
        await work.Records.Set<ControlOccurrence>().AsNoTracking().Where(one => one.ControlId == control).OrderByDescending(one => one.DueOn).ThenByDescending(one => one.ToldAt).ToListAsync(stop);

    /// <param name="once">Made when the form was shown, so that it is set once.</param>
    /// <exception cref="BadInput">Not theirs to do, or everything that is wrong with it, at once.</exception>
    public async Task SetAsync(string control, string once, RhythmForm typed, CancellationToken stop)
    {
        work.Require(Ability.Work, "say how often a control is done");
        var id = RecordedWork.Once(once);
        if (await OfAsync(control, stop) is null)
            throw new BadInput("There is no such control.");
        var rhythm = Proven(typed, control, id, await TodayAsync());
        await ActAsync(async () =>
        {
            if (await work.Records.Set<ControlRhythm>().AnyAsync(one => one.Id == id, stop))
                return null;
            work.Records.Add(rhythm);
            return work.Tell("control.rhythm-set", Told(rhythm));
        }, stop);
    }

    /// <summary>Sets the suggested rhythm of several controls that have none yet.</summary>
    /// <exception cref="BadInput">Not theirs to do, or everything that is wrong with it, at once.</exception>
    public async Task BeginAsync(IReadOnlyList<(string Control, string Cadence, string FirstDue)> chosen, CancellationToken stop)
    {
        work.Require(Ability.Work, "say how often a control is done");
        var (today, all) = (await TodayAsync(), await AllAsync(stop));
        var (rhythms, problems) = (new List<ControlRhythm>(), new List<string>());
        foreach (var (control, cadence, firstDue) in chosen.Where(one => all.Any(known => known.Control.Id == one.Control && known.Rhythms.Count == 0)))
        {
            try
            {
                rhythms.Add(Proven(new RhythmForm(cadence, firstDue, "", Words.Day(today)!, "The first rhythm."), control, Guid.CreateVersion7().ToString("D"), today));
            }
            catch (BadInput bad)
            {
                problems.AddRange(bad.Problems.Select(problem => $"{control}: {problem}"));
            }
        }

        if (chosen.Count == 0)
            problems.Add("Tick at least one control.");
        if (problems.Count > 0)
            throw new BadInput(problems);
        await ActAsync(async () =>
        {
            var ids = rhythms.ConvertAll(rhythm => rhythm.ControlId);
            var set = await work.Records.Set<ControlRhythm>().Where(one => ids.Contains(one.ControlId)).Select(one => one.ControlId).ToListAsync(stop);
            var wanted = rhythms.Where(rhythm => !set.Contains(rhythm.ControlId)).ToList();
            if (wanted.Count == 0)
                return null;
            work.Records.AddRange(wanted);
            return work.Tell("control.rhythms-set", new JsonObject { ["controls"] = new JsonArray([.. wanted.Select(Told)]) });
        }, stop);
    }

    /// <param name="once">Made when the form was shown, so that it is written down once.</param>
    /// <exception cref="BadInput">Not theirs to do, or everything that is wrong with it, at once.</exception>
    public async Task RecordAsync(string control, string once, DoneForm typed, CancellationToken stop)
    {
        work.Require(Ability.UploadEvidence, "write down that a control was done");
        var id = RecordedWork.Once(once);
        var recurring = await OfAsync(control, stop) ?? throw new BadInput("There is no such control.");
        if (await work.Records.Set<ControlOccurrence>().AnyAsync(one => one.Id == id, stop))
            return;
        var done = await ProvenAsync(typed, recurring, id, stop);
        await ActAsync(async () =>
        {
            if (await work.Records.Set<ControlOccurrence>().AnyAsync(one => one.Id == id || (one.ControlId == control && one.DueOn == done.DueOn && one.TakenBackAt == null), stop))
                return null;
            work.Records.Add(done);
            return work.Tell("control.done", new JsonObject
            {
                ["occurrence"] = id,
                ["control"] = control,
                ["dueOn"] = Words.Day(done.DueOn),
                ["doneOn"] = Words.Day(done.DoneOn),
                ["says"] = done.Says,
                ["nothingFoundIn"] = done.IsNil ? done.Search : null,
                ["file"] = done.FileId,
            });
        }, stop);
    }

    /// <summary>What was written down by mistake stays on record, and counts no more.</summary>
    /// <exception cref="BadInput">Not theirs to do, or no reason.</exception>
    public async Task TakeBackAsync(string control, string id, string why, CancellationToken stop)
    {
        work.Require(Ability.UploadEvidence, "take back what was written down");
        var fields = new TypedFields();
        var reason = fields.Text(why, "Why you take it back", LongestText, 1);
        fields.OrBad();
        await ActAsync(async () =>
        {
            var stored = await work.Records.Set<ControlOccurrence>().SingleOrDefaultAsync(one => one.Id == id && one.ControlId == control, stop) ?? throw new BadInput("There is nothing like that to take back.");
            if (stored.TakenBackAt is not null)
                return null;
            (stored.TakenBackAt, stored.TakenBackBy, stored.TakenBackWhy) = (work.Now, work.By, reason);
            return work.Tell("control.done-taken-back", new JsonObject { ["occurrence"] = id, ["control"] = control, ["dueOn"] = Words.Day(stored.DueOn), ["why"] = reason });
        }, stop);
    }

    private Task ActAsync(Func<Task<Entry?>> act, CancellationToken stop)
    {
        _all = null;
        return work.ActAsync(act, stop);
    }

    /// <param name="only">Null for every control.</param>
    private async Task<IReadOnlyList<RecurringControl>> LoadAsync(string? only, CancellationToken stop)
    {
        var today = await TodayAsync();
        var rhythms = await work.Records.Set<ControlRhythm>().AsNoTracking().Where(one => only == null || one.ControlId == only).ToListAsync(stop);
        var told = await work.Records.Set<ControlOccurrence>().AsNoTracking().Where(one => one.TakenBackAt == null && (only == null || one.ControlId == only)).ToListAsync(stop);
        return RecurringControl.All((await ControlsAsync(stop)).Where(control => only is null || control.Id == only), rhythms, told, today);
    }

    private async Task<IEnumerable<Control>> ControlsAsync(CancellationToken stop)
    {
        var worded = await controls.HoldingAsync(stop);
        return (await standings.OfAsync(company.Name)).Controls.Select(view => worded.TryGetValue(view.Control.Id, out var mine) ? view.Control with { Title = mine.Title } : view.Control)
            .Concat(worded.Values.Select(OwnControl.Of).OfType<Control>().OrderBy(control => control.Id.Length).ThenBy(control => control.Id, StringComparer.Ordinal));
    }

    private ControlRhythm Proven(RhythmForm typed, string control, string id, DateOnly today)
    {
        var fields = new TypedFields();
        var cadence = StandingParts.FromWord<Cadence>(typed.Cadence);
        if (cadence is null && typed.Cadence.Length > 0)
            fields.Problems.Add("Choose how often: weekly, monthly, quarterly, half-yearly or yearly.");
        var begins = fields.Day(typed.Begins, "The day it begins", isNeeded: true);
        if (begins < today)
            fields.Problems.Add("It cannot begin on a day that is over. Begin today, or later.");
        var firstDue = typed.Cadence.Length == 0 ? begins : fields.Day(typed.FirstDue, "The first day it is due", isNeeded: true);
        if (firstDue < begins)
            fields.Problems.Add("The first day it is due lies before the day it begins.");
        else if (cadence is { } every && begins is { } from && firstDue > Occurrences.Step(from, every, 1).AddDays(31))
            fields.Problems.Add("The first day it is due is more than a round and a month away. Bring it closer, or choose a longer round.");
        var rhythm = new ControlRhythm
        {
            Id = id,
            ControlId = control,
            Begins = begins ?? default,
            Cadence = cadence,
            FirstDue = firstDue ?? default,
            GraceDays = GraceOf(typed.Grace, cadence, fields.Problems),
            Why = fields.Text(typed.Why, "Why", LongestText, 1, "Say in a few words why. Your auditor will ask."),
            WrittenAt = work.Now,
            WrittenBy = work.By,
        };
        fields.OrBad();
        return rhythm;
    }

    /// <summary>Never as long as a round: then nothing would ever be late.</summary>
    private static int GraceOf(string typed, Cadence? cadence, List<string> problems)
    {
        if (cadence is not { } every)
            return 0;
        var most = RecurringWords.MostGrace(every);
        if (typed.Trim().Length == 0)
            return RecurringWords.UsualGrace(every);
        if (int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days <= most)
            return days;
        problems.Add($"Days of grace are a number from 0 to {most}.");
        return 0;
    }

    private async Task<ControlOccurrence> ProvenAsync(DoneForm typed, RecurringControl recurring, string id, CancellationToken stop)
    {
        var fields = new TypedFields();
        var (due, done) = (fields.Day(typed.DueOn, "The day it was due", isNeeded: true), fields.Day(typed.DoneOn, "The day it was done", isNeeded: true));
        if (due is { } day && done is { } on)
            fields.Problems.AddRange(ProblemsOf(recurring, day, on));
        var search = typed.Search.Trim();
        if (search.Length > 0)
            search = fields.Text(search, "Where you looked", LongestText, ShortestSearch, "Say where you looked, and how: which list, which search, which days. Otherwise “nothing” proves nothing.");
        var file = typed.File.Trim() is { Length: > 0 } named ? named : null;
        if (file is not null && await files.OfAsync(file, stop) is null)
            fields.Problems.Add("There is no such file. Choose one of the list.");
        var occurrence = new ControlOccurrence
        {
            Id = id,
            ControlId = recurring.Control.Id,
            DueOn = due ?? default,
            DoneOn = done ?? default,
            Says = fields.Text(typed.Says, "What was done", LongestText, 1),
            Search = search,
            FileId = file,
            ToldAt = work.Now,
            ToldBy = work.By,
        };
        fields.OrBad();
        return occurrence;
    }

    private static IEnumerable<string> ProblemsOf(RecurringControl recurring, DateOnly due, DateOnly done)
    {
        if (done > recurring.Today)
            yield return "That day has not come yet.";
        if (recurring.Over(due, due).FirstOrDefault() is not { } occurrence)
            yield return $"Nothing was due on {StandingParts.Day(due)}.";
        else if (occurrence.Told is not null)
            yield return $"What was due on {StandingParts.Day(due)} is written down already. Take that back first.";
        else if (done < occurrence.Opens || done > occurrence.Closes)
            yield return $"For {StandingParts.Day(due)} it counts when done from {StandingParts.Day(occurrence.Opens)} to {StandingParts.Day(occurrence.Closes)}. Choose another due day, or another day.";
    }

    private static JsonObject Told(ControlRhythm rhythm) => new JsonObject
    {
        ["control"] = rhythm.ControlId,
        ["begins"] = Words.Day(rhythm.Begins),
        ["cadence"] = rhythm.Cadence is { } cadence ? Words.Of(cadence) : null,
        ["firstDue"] = rhythm.Cadence is null ? null : Words.Day(rhythm.FirstDue),
        ["graceDays"] = rhythm.GraceDays,
        ["why"] = rhythm.Why,
    };
}
