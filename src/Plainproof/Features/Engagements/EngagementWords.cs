using Plainproof.Features.Standing;

namespace Plainproof.Features.Engagements;

internal static class EngagementWords
{
    public static string Kind(EngagementKind kind) => kind == EngagementKind.TypeTwo ? "Type II: a movie, over a window" : "Type I: a photo, on one day";

    public static string Days(Engagement it) => it.Begins is { } first ? $"{StandingParts.Day(first)} to {StandingParts.Day(it.Ends)} ({it.WindowDays} days)" : $"as of {StandingParts.Day(it.Ends)}";
}
