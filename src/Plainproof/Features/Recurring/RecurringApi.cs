using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Plainproof.Assurance.Period;
using Plainproof.Cli;
using Plainproof.Features.Api;
using Plainproof.Features.People;
using Plainproof.Features.Standing;
using Words = Plainproof.Storage.Words;

namespace Plainproof.Features.Recurring;

/// <summary>Recurring work, for scripts: a review that a tool runs can be written down by it.</summary>
internal sealed class RecurringApi : IApiDoor
{
    public string Title => "Recurring work";

    public void Map(ApiRoutes routes)
    {
        var recurring = routes.Company.MapGroup("/recurring");
        recurring.MapGet("", ListAsync).Needs(Scope.Read).Is("listRecurring", "List recurring work", "Each control that has a rhythm, with every time it was due in the days asked for. Without days: the last year and the next.");
        recurring.MapPut("/{control}/rhythm", SetAsync).Needs(Scope.Work).Is("setRhythm", "Say how often a control is done", "It holds from a day on, today or later. What was due before stays due.")
            .Example("""{ "cadence": "quarterly", "begins": "2030-01-10", "firstDue": "2030-03-31", "graceDays": 14, "why": "We agreed on this with our auditor." }""");
        recurring.MapPost("/{control}/done", DoneAsync).Needs(Scope.Work, Ability.UploadEvidence).Is("recordDone", "Write down that a control was done", "For one due day. The day it happened and the day it is written down are kept apart.")
            .Example("""{ "dueOn": "2027-03-31", "doneOn": "2027-03-30", "says": "Ann and Bob went through all 41 accounts. Two were taken away." }""");
    }

    private static async Task<RecurringList> ListAsync(
        RecurringBook book, CancellationToken stop,
        [Description("The first day, such as 2027-01-01.")] DateOnly? from = null, [Description("The last day.")] DateOnly? to = null)
    {
        var today = await book.TodayAsync();
        var (first, last) = (from ?? today.AddYears(-1), to ?? today.AddYears(1));
        if (last < first || last > today.AddYears(5))
            throw new BadInput("'to' is a day after 'from', and at most five years away.");
        return new RecurringList(today, [.. (await book.AllAsync(stop)).Where(one => one.Rhythms.Count > 0).Select(one => RecurringAnswer.Of(one, first, last))]);
    }

    private static async Task<RecurringAnswer> SetAsync([Description("The id of the control.")] string control, Sent<RhythmSent> sent, RecurringBook book, CancellationToken stop)
    {
        var it = sent.Value;
        await KnownAsync(control, book, stop);
        await book.SetAsync(control, SentOnce.Of(it.Once), new RhythmForm(it.Cadence is { } cadence ? StandingParts.WordOf(cadence) : "", Words.Day(it.FirstDue) ?? "", it.GraceDays?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "", Words.Day(it.Begins)!, it.Why), stop);
        return await AnswerAsync(control, book, stop);
    }

    private static async Task<RecurringAnswer> DoneAsync([Description("The id of the control.")] string control, Sent<DoneSent> sent, RecurringBook book, CancellationToken stop)
    {
        var it = sent.Value;
        await KnownAsync(control, book, stop);
        await book.RecordAsync(control, SentOnce.Of(it.Once), new DoneForm(Words.Day(it.DueOn)!, Words.Day(it.DoneOn)!, it.Says, it.NothingFoundIn ?? "", it.File ?? ""), stop);
        return await AnswerAsync(control, book, stop);
    }

    private static async Task KnownAsync(string control, RecurringBook book, CancellationToken stop)
    {
        if (await book.OfAsync(control, stop) is null)
            throw new NotThere($"There is no control '{control}' in the scope of this company.");
    }

    private static async Task<RecurringAnswer> AnswerAsync(string control, RecurringBook book, CancellationToken stop)
    {
        var today = await book.TodayAsync();
        return RecurringAnswer.Of((await book.OfAsync(control, stop))!, today.AddYears(-1), today.AddYears(1));
    }
}

internal sealed record RecurringList(DateOnly Today, IReadOnlyList<RecurringAnswer> Controls);

/// <param name="Cadence">How often, today; null when nothing is due any more.</param>
internal sealed record RecurringAnswer(string Control, string Title, Cadence? Cadence, int? GraceDays, IReadOnlyList<OccurrenceAnswer> Times)
{
    public static RecurringAnswer Of(RecurringControl it, DateOnly first, DateOnly last)
    {
        var (told, rhythm) = (it.Told.ToDictionary(one => one.Id, StringComparer.Ordinal), it.Holding);
        return new RecurringAnswer(it.Control.Id, it.Control.Title, rhythm?.Cadence, rhythm?.GraceDays, [.. it.Over(first, last).Select(one => OccurrenceAnswer.Of(one, one.Told is { } said ? told[said.Id] : null))]);
    }
}

/// <param name="LastOnTime">The due day with its days of grace.</param>
/// <param name="Closes">The last day on which it can be done, late, for this due day.</param>
/// <param name="DoneOn">The day it was done on, as somebody said.</param>
/// <param name="ToldAt">When they wrote it down.</param>
/// <param name="NothingFoundIn">Where they looked, when there was nothing to do.</param>
/// <param name="File">The evidence file that shows it; null when it is said only.</param>
internal sealed record OccurrenceAnswer(
    DateOnly Due, DateOnly LastOnTime, DateOnly Closes, OccurrenceState State, DateOnly? DoneOn, DateTimeOffset? ToldAt, string? ToldBy, string? Says, string? NothingFoundIn, string? File)
{
    public static OccurrenceAnswer Of(Occurrence one, ControlOccurrence? told) => new(
        one.Due, one.LastOnTime, one.Closes, one.State, told?.DoneOn, told?.ToldAt, told?.ToldBy, told?.Says, told is { IsNil: true } ? told.Search : null, told?.FileId);
}

/// <param name="Cadence">Left out: nothing is due from that day on.</param>
/// <param name="Begins">Today or later.</param>
/// <param name="FirstDue">Needed with a cadence.</param>
/// <param name="GraceDays">Left out: what we suggest.</param>
/// <param name="Once">An id of your own. Sending it again sets nothing.</param>
internal sealed record RhythmSent(DateOnly Begins, string Why, Cadence? Cadence = null, DateOnly? FirstDue = null, int? GraceDays = null, Guid? Once = null);

/// <param name="DueOn">The due day it was done for.</param>
/// <param name="DoneOn">The day it was done on.</param>
/// <param name="NothingFoundIn">When there was nothing to do: where you looked.</param>
/// <param name="File">The id of an evidence file.</param>
/// <param name="Once">An id of your own. Sending it again adds nothing.</param>
internal sealed record DoneSent(DateOnly DueOn, DateOnly DoneOn, string Says, string? NothingFoundIn = null, string? File = null, Guid? Once = null);
