using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Plainproof.Assurance.Period;
using Plainproof.Cli;
using Plainproof.Features.People;
using Plainproof.Features.Recurring;
using Plainproof.Features.Standing;
using Plainproof.Features.Window;
using Plainproof.Web;
using Words = Plainproof.Storage.Words;

namespace Plainproof.Features.Deviations;

/// <summary>A deviation that a person found, as typed.</summary>
internal sealed record FoundForm(string Control, string What, string First, string Last);

/// <summary>What the company says to deviations, as typed.</summary>
internal sealed record AnswerForm(IReadOnlyList<string> Keys, string Cause, string Reach, string MoreLikeIt, string Compensating, string Correction, string Response);

/// <summary>The deviations of a window, found by checks, by the calendar or by people, and what the company says to each.</summary>
internal sealed class DeviationBook(RecordedWork work, WindowBook window, RecurringBook recurring)
{
    public const int MostAtOnce = 500;
    private const int LongestText = 4000;

    /// <summary>Oldest first.</summary>
    public async Task<IReadOnlyList<SeenDeviation>> OverAsync(WindowDays days, CancellationToken stop)
    {
        var view = await window.ViewAsync(days, stop);
        var controls = await recurring.AllAsync(stop);
        var found = (await work.Records.Set<FoundDeviation>().AsNoTracking().ToListAsync(stop)).Select(SeenDeviation.Of);
        return SeenDeviation.InOrder((view is null ? [] : SeenDeviation.Of(view)).Concat(controls.SelectMany(control => SeenDeviation.Of(control, days.First, days.Last))).Concat(found), Stretch.Of(days.First, days.Last));
    }

    /// <summary>Every answer, newest first.</summary>
    public async Task<IReadOnlyList<DeviationAnswer>> AnswersAsync(CancellationToken stop) =>
        DeviationWords.NewestFirst(await work.Records.Set<DeviationAnswer>().AsNoTracking().ToListAsync(stop));

    /// <param name="once">Made when the form was shown; it becomes the id.</param>
    /// <exception cref="BadInput">Not theirs to do, or everything that is wrong with it, at once.</exception>
    public async Task FindAsync(string once, FoundForm typed, CancellationToken stop)
    {
        work.RequireAny("write down a deviation", Ability.UploadEvidence, Ability.WriteTests);
        var id = RecordedWork.Once(once);
        var fields = new TypedFields();
        var today = await window.TodayAsync();
        if (await recurring.OfAsync(typed.Control, stop) is null)
            fields.Problems.Add("Choose the control that it touches.");
        var (first, last) = (fields.Day(typed.First, "The first day", isNeeded: true), fields.Day(typed.Last, "The last day"));
        if (first > today || last > today)
            fields.Problems.Add("A day that has not come cannot have a deviation.");
        if (last < first)
            fields.Problems.Add("The last day lies before the first.");
        var what = fields.Text(typed.What, "What did not go as the control says", LongestText, 1);
        fields.OrBad();
        await work.ActAsync(async () =>
        {
            if (await work.Records.Set<FoundDeviation>().AnyAsync(one => one.Id == id, stop))
                return null;
            work.Records.Add(new FoundDeviation { Id = id, ControlId = typed.Control, What = what, FirstDay = first!.Value, LastDay = last, FoundAt = work.Now, FoundBy = work.By });
            return work.Tell("deviation.found", new JsonObject { ["deviation"] = id, ["control"] = typed.Control, ["what"] = what, ["firstDay"] = Words.Day(first), ["lastDay"] = Words.Day(last) });
        }, stop);
    }

    /// <param name="about">The deviations of the window; every key has to be one of them.</param>
    /// <param name="once">Made when the form was shown; it becomes the id.</param>
    /// <exception cref="BadInput">Not theirs to do, or everything that is wrong with it, at once.</exception>
    public Task AnswerAsync(string once, AnswerForm typed, IReadOnlyList<SeenDeviation> about, CancellationToken stop)
    {
        work.Require(Ability.Work, "answer a deviation");
        var id = RecordedWork.Once(once);
        var keys = typed.Keys.Distinct(StringComparer.Ordinal).ToList();
        var fields = new TypedFields();
        if (keys.Count is 0 or > MostAtOnce)
            fields.Problems.Add(keys.Count == 0 ? "Choose at least one deviation." : $"One answer can be about {MostAtOnce} deviations at most.");
        var seen = about.Where(one => keys.Contains(one.Key)).ToList();
        if (seen.Count < keys.Count)
            fields.Problems.Add("One of these deviations is not in this window. Choose them again from the list.");
        var reach = StandingParts.FromWord<Reach>(typed.Reach);
        if (reach is null)
            fields.Problems.Add("Say whether it is isolated, or whether the way of working allowed it.");
        var answer = new DeviationAnswer
        {
            Id = id,
            Keys = string.Join(' ', keys),
            Cause = fields.Text(typed.Cause, "The cause", LongestText, 1),
            Reach = reach ?? Reach.Isolated,
            MoreLikeIt = fields.Text(typed.MoreLikeIt, "Where you looked for more like it", LongestText, 1),
            Compensating = fields.Text(typed.Compensating, "What else kept harm away", LongestText),
            Correction = fields.Text(typed.Correction, "What you put right", LongestText, 1),
            Response = fields.Text(typed.Response, "What management says to it", LongestText),
            AnsweredAt = work.Now,
            AnsweredBy = work.By,
        };
        fields.OrBad();
        return work.ActAsync(async () =>
        {
            if (await work.Records.Set<DeviationAnswer>().AnyAsync(one => one.Id == id, stop))
                return null;
            work.Records.Add(answer);
            return work.Tell("deviation.answered", Told(answer, seen));
        }, stop);
    }

    /// <summary>The items by name, as far as an entry has room; the keys are all there.</summary>
    private static JsonObject Told(DeviationAnswer answer, List<SeenDeviation> seen) => new()
    {
        ["answer"] = answer.Id,
        ["deviations"] = new JsonArray([.. answer.All.Select(key => (JsonNode)key)]),
        ["items"] = new JsonArray([.. seen.Take(50).Select(one => (JsonNode)$"{one.Source} {one.What}")]),
        ["cause"] = answer.Cause,
        ["reach"] = Words.Of(answer.Reach),
        ["moreLikeIt"] = answer.MoreLikeIt,
        ["compensating"] = answer.Compensating,
        ["correction"] = answer.Correction,
        ["response"] = answer.Response,
    };
}
