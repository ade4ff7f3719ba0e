using Plainproof.Facts;

namespace Plainproof.Checks.People;

/// <summary>When someone works here. The last day is still a working day; a last day ahead changes nothing yet.</summary>
public static class Tenure
{
    public static bool HasLeft(this Person person, DateOnly today) => person.LeftOn < today;

    public static bool IsCurrent(this Person person, DateOnly today) => person.JoinedOn <= today && !person.HasLeft(today);

    /// <summary>Mondays to Fridays after one day, up to and including another. Public holidays count as working days.</summary>
    public static int WorkingDaysAfter(DateOnly day, DateOnly until)
    {
        if (until <= day)
            return 0;
        var days = until.DayNumber - day.DayNumber;
        var working = days / 7 * 5;
        for (var rest = day.AddDays(days / 7 * 7 + 1); rest <= until; rest = rest.AddDays(1))
            working += rest.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0 : 1;
        return working;
    }
}
