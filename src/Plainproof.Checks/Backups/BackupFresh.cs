using Plainproof.Facts;

namespace Plainproof.Checks.Backups;

/// <summary>The newest backup of each data set is not older than the data loss that the company accepts (its RPO).</summary>
internal sealed class BackupFresh : EachCheck<BackupSet>
{
    protected override Outcome Judge(BackupSet it, Given given) =>
        IsFresh(it, given) ? Outcome.Pass
        : it.Declared == false ? Outcome.NeedsReview
        : Outcome.Fail;

    protected override string Say(BackupSet it, Dated about, Outcome outcome, Given given) => outcome switch
    {
        Outcome.Pass => $"{it.DataSet} was last backed up on {it.Newest:yyyy-MM-dd HH:mm} UTC.",
        Outcome.NeedsReview => $"{it.DataSet} was last backed up on {it.Newest:yyyy-MM-dd}. It is not on your list. Is it retired?",
        _ when it.Newest is null => $"There is no backup of {it.DataSet} at all.",
        _ when it.Newest > given.AsOf => $"The newest backup of {it.DataSet} is dated {it.Newest:yyyy-MM-dd HH:mm} UTC, in the future. Check the clock.",
        _ => $"{it.DataSet} was last backed up on {it.Newest:yyyy-MM-dd HH:mm} UTC, {(given.AsOf - it.Newest.Value).TotalHours:0} hours ago.",
    };

    /// <summary>A date in the future is a wrong clock, and would look fresh for ever.</summary>
    private static bool IsFresh(BackupSet it, Given given) =>
        it.Newest is { } newest && (given.AsOf - newest).TotalHours <= given["lossHours"] && (newest - given.AsOf).TotalHours <= 1;
}
