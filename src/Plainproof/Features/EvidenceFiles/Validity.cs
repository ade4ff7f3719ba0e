using Plainproof.Features.EvidenceFiles.Objections;

namespace Plainproof.Features.EvidenceFiles;

/// <summary>How long a file counts, where that is worth saying.</summary>
/// <param name="HasEnded">It counts no longer; false while it is about to run out.</param>
internal sealed record Validity(bool HasEnded, DateOnly Until, string Says)
{
    /// <summary>People hear of it this many days before.</summary>
    public const int Notice = 60;

    /// <returns>Null when there is nothing to say.</returns>
    public static Validity? Of(EvidenceFile file, DateOnly today, IReadOnlyList<AuditWindow> windows)
    {
        if (file.CountsUntil is { } until && until < today)
            return new Validity(true, until, $"ran out on {Say.Day(until)}");
        if (file.CountsUntil is { } last)
            return last <= today.AddDays(Notice) ? new Validity(false, last, $"runs out on {Say.Day(last)}") : null;
        if (file.CoversTo is not { } shown)
            return null;
        List<AuditWindow> open = [.. windows.Where(window => window.IsOpen)];
        return open.Count > 0 && open.All(window => shown < window.Begins) ? new Validity(true, shown, "its days ended before the window")
            : open.Count == 0 && shown < today.AddYears(-1) ? new Validity(true, shown, "its days ended over a year ago")
            : null;
    }
}
