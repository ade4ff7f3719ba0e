using Plainproof.Facts;

namespace Plainproof.Checks.Databases;

/// <summary>The change log is copied away, lately and without a failure since.</summary>
internal sealed class DatabaseArchiving : EachCheck<DatabaseArchive>
{
    protected override Outcome Judge(DatabaseArchive it, Given given) =>
        it.Standby ? Outcome.NotApplicable : PassWhen(it is { Enabled: true, HasMethod: true } && !IsFailing(it) && IsRecent(it, given));

    protected override string Say(DatabaseArchive it, Dated about, Outcome outcome, Given given) => outcome switch
    {
        Outcome.NotApplicable => "This server only follows another one. Archiving is that one's work.",
        Outcome.Pass => $"The change log was last copied away on {it.LastArchivedAt:yyyy-MM-dd HH:mm} UTC.",
        _ when !it.Enabled => "Archiving of the change log is off. What was written since the last full backup would be lost.",
        _ when !it.HasMethod => "Archiving is on, but no command or library is set, so nothing is copied.",
        _ when IsFailing(it) => $"Archiving last failed on {it.LastFailedAt:yyyy-MM-dd HH:mm} UTC and has not worked since.",
        _ when it.LastArchivedAt is { } at => $"The change log was last copied away on {at:yyyy-MM-dd HH:mm} UTC, {(given.AsOf - at).TotalHours:0} hours ago.",
        _ => "Archiving is on, and nothing has been copied away yet.",
    };

    private static bool IsFailing(DatabaseArchive it) => it.LastFailedAt is { } failed && (it.LastArchivedAt is not { } worked || failed > worked);

    private static bool IsRecent(DatabaseArchive it, Given given) =>
        it.LastArchivedAt is { } at && (given.AsOf - at).TotalHours <= given["archiveHours"];
}
