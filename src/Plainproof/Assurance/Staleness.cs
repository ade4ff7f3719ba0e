using System.Globalization;
using Plainproof.Facts;

namespace Plainproof.Assurance;

/// <summary>What was read too long ago says nothing of today.</summary>
internal static class Staleness
{
    public const int Days = 7;

    public static Coverage Judge(Coverage line, DateTimeOffset asOf) =>
        line.State == Completeness.Complete && line.At is { } at && asOf - at > TimeSpan.FromDays(Days)
            ? line with
            {
                State = Completeness.Stale,
                Why = string.Create(CultureInfo.InvariantCulture, $"It was last read on {at.UtcDateTime:yyyy-MM-dd}, more than {Days} days ago."),
                Mend = "Read it again: name it with --source.",
            }
            : line;
}
