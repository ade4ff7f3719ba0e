using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Plainproof.Assurance.Period;
using Plainproof.Features.Recurring;

namespace Plainproof.Features.Deviations;

internal enum FoundBy
{
    /// <summary>A check saw it.</summary>
    Check,

    /// <summary>Recurring work was late or missed.</summary>
    Calendar,
    Person,
}

/// <summary>One deviation of the window, whoever found it.</summary>
/// <param name="Key">The same each time it is asked for, so that an answer stays with it.</param>
/// <param name="Source">The check, or the control, that it was seen by.</param>
/// <param name="Controls">Ids of the controls that it touches.</param>
/// <param name="What">The item, in words.</param>
/// <param name="Until">Null while it is still so.</param>
internal sealed record SeenDeviation(string Key, FoundBy By, string Source, IReadOnlyList<string> Controls, string What, DateTimeOffset From, DateTimeOffset? Until)
{
    /// <summary>A deviation of a check touches each control that the check serves, and is one deviation.</summary>
    public static IEnumerable<SeenDeviation> Of(PeriodView view) =>
        view.Controls.SelectMany(course => course.Deviations.Select(one => (course.Control.Id, one))).GroupBy(pair => pair.one)
            .Select(group => Of(group.Key, [.. group.Select(pair => pair.Id).Distinct()]));

    public static SeenDeviation Of(Deviation one, IReadOnlyList<string> controls) => new(
        KeyOf("check", one.Check, one.Scope, one.Subject, one.From.UtcTicks.ToString(CultureInfo.InvariantCulture)), FoundBy.Check, one.Check,
        controls, one.Subject.Length == 0 ? one.Scope : one.Subject, one.From, one.Until);

    public static IEnumerable<SeenDeviation> Of(RecurringControl control, DateOnly first, DateOnly last) =>
        control.Over(first, last).Where(time => time.Deviates).Select(time => new SeenDeviation(
            KeyOf("due", control.Control.Id, "", "", Storage.Words.Day(time.Due)!), FoundBy.Calendar, control.Control.Id, [control.Control.Id],
            $"due {time.Due.ToString("d MMM yyyy", CultureInfo.InvariantCulture)}: {RecurringWords.Of(time.State)}", Stretch.Of(time.LastOnTime).To, EndOf(time)));

    /// <summary>Late work ends it when it was done. What was missed, or told too late, ends where the next round begins: it is mended no more.</summary>
    private static DateTimeOffset? EndOf(Occurrence time) => time.State switch
    {
        OccurrenceState.Overdue => null,
        OccurrenceState.Late => Stretch.Of(time.Told!.DoneOn).To,
        _ => Stretch.Of(time.Closes).To,
    };

    public static SeenDeviation Of(FoundDeviation found) => new(
        KeyOf("found", found.Id, "", "", ""), FoundBy.Person, found.ControlId, [found.ControlId], found.What, Stretch.Of(found.FirstDay).From, found.LastDay is { } day ? Stretch.Of(day).To : null);

    /// <summary>Oldest first. What a person found counts when it touches the days; the others are of the days already.</summary>
    public static IReadOnlyList<SeenDeviation> InOrder(IEnumerable<SeenDeviation> all, Stretch span) =>
        [.. all.Where(one => one.By != FoundBy.Person || (one.From < span.To && (one.Until ?? DateTimeOffset.MaxValue) > span.From)).OrderBy(one => one.From).ThenBy(one => one.Key, StringComparer.Ordinal)];

    /// <summary>Short enough for an address; 96 bits keep two from meeting by chance.</summary>
    private static string KeyOf(params string[] parts) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))))[..24];
}
