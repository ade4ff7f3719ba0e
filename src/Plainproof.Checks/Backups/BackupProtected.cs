using Plainproof.Facts;

namespace Plainproof.Checks.Backups;

/// <summary>A copy is encrypted, elsewhere, and cannot be deleted by whoever writes it.</summary>
internal sealed class BackupProtected : EachCheck<BackupProtection>
{
    protected override Outcome Judge(BackupProtection it, Given given) =>
        it.Encrypted == false || it.OffSite == false || it.DeletionLocked == false ? Outcome.Fail
        : it is { Encrypted: true, OffSite: true, DeletionLocked: true } ? Outcome.Pass
        : Outcome.NeedsReview;

    protected override string Say(BackupProtection it, Dated about, Outcome outcome, Given given) => outcome switch
    {
        Outcome.Pass => "The copy is encrypted, elsewhere, and locked against deletion.",
        Outcome.Fail => $"The copy ({it.Where}) is {Words(it, false)}.",
        _ => $"Show for the copy ({it.Where}) whether it is {Words(it, null)}. Its address does not tell.",
    };

    private static string Words(BackupProtection it, bool? like) => string.Join(" and ", new[]
    {
        it.Encrypted == like ? (like is null ? "encrypted" : "not encrypted") : null,
        it.OffSite == like ? (like is null ? "elsewhere" : "in the same place as the data") : null,
        it.DeletionLocked == like ? (like is null ? "locked against deletion" : "not locked against deletion") : null,
    }.Where(word => word is not null));
}
