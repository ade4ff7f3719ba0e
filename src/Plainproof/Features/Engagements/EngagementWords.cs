using System.Globalization;

namespace Plainproof.Features.Engagements;

internal static class EngagementWords
{
    public static string Kind(EngagementKind kind) => kind == EngagementKind.TypeTwo ? "Type II: a movie, over a window" : "Type I: a photo, on one day";

    public static string Days(Engagement it) => it.Begins is { } first ? $"{Day(first)} to {Day(it.Ends)} ({it.WindowDays} days)" : $"as of {Day(it.Ends)}";

    private static string Day(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
}
