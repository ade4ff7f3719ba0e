using Plainproof.Cli;
using Plainproof.Features.Engagements;
using Plainproof.Storage;

namespace Plainproof.Features.Window;

/// <summary>The days to look at.</summary>
/// <param name="Engagement">Whose window they are; null for any other days.</param>
internal sealed record WindowDays(DateOnly First, DateOnly Last, Engagement? Engagement)
{
    public const int MostDays = 400;
    private const int UsualDays = 90;

    public int Count => Last.DayNumber - First.DayNumber + 1;

    /// <summary>What is asked for; else the open engagement whose window has begun; else the last months.</summary>
    /// <exception cref="BadInput">No days, or no such engagement.</exception>
    public static WindowDays Choose(IReadOnlyList<Engagement> all, DateOnly today, string? engagement, string? from, string? to)
    {
        if (from is { Length: > 0 } || to is { Length: > 0 })
            return new WindowDays(DayOf(from, "from"), DayOf(to, "to"), null) is { Count: >= 1 and <= MostDays } asked
                ? asked
                : throw new BadInput($"A window has at least one day, and at most {MostDays}. 'from' is the first of them, 'to' the last.");
        if (engagement is { Length: > 0 })
            return all.FirstOrDefault(one => one.Id == engagement) is { } wanted
                ? Of(wanted, today)
                : throw new BadInput("There is no such engagement.");
        return all.FirstOrDefault(one => one.IsOpen && one.Begins <= today) is { } lived ? Of(lived, today) : new WindowDays(today.AddDays(1 - UsualDays), today, null);
    }

    /// <exception cref="BadInput">It is no day.</exception>
    public static DateOnly DayOf(string? typed, string name)
    {
        try
        {
            return Words.Day(typed) is { Year: > 1 and < 9999 } day ? day : throw new FormatException();
        }
        catch (FormatException)
        {
            throw new BadInput($"'{name}' is a day such as 2027-03-31.");
        }
    }

    private static WindowDays Of(Engagement it, DateOnly today) => it.Begins is { } first
        ? new WindowDays(first, it.Ends, it)
        : new WindowDays((it.Ends < today ? it.Ends : today).AddDays(1 - UsualDays), it.Ends < today ? it.Ends : today, it);
}
