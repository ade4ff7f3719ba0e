using Microsoft.AspNetCore.Http;
using Plainproof.Storage;
using Plainproof.Web;

namespace Plainproof.Features.Room;

/// <summary>
/// What is open in a room: what the package itself shows, and the auditor's own samples and tests. A page that would judge from facts is closed,
/// because a room has none, and an empty picture would be a false one.
/// </summary>
internal static class RoomWalls
{
    public const string Root = $"/c/{RoomMark.Company}";
    public const string Home = $"{Root}/room";
    public const string Evidence = $"{Home}/evidence";
    public const string Deviations = $"{Home}/deviations";
    private const string Samples = $"{Root}/samples";
    private static readonly string[] Open = [Home, Samples, $"{Root}/evidence", $"{Root}/populations/frozen"];

    /// <summary>Nobody brings a sample into a room: it is where they are drawn.</summary>
    public static bool IsOpen(PathString path) => Open.Any(one => path.StartsWithSegments(one)) && !path.StartsWithSegments($"{Samples}/take");
}

/// <summary>The navigation of a room has its own pages and the samples.</summary>
internal sealed class RoomHidden : IHiddenWays
{
    public bool Hides(Way way) => !RoomWalls.IsOpen(way.Address);
}
