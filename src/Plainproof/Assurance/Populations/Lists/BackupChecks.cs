using Plainproof.Facts;

namespace Plainproof.Assurance.Populations.Lists;

internal sealed class BackupChecks : EventPopulation<BackupVerification>
{
    public override string Id => "backup-checks";

    public override string Title => "Checks of backups";

    public override string Query => "Every check of stored backups for damage";

    public override string Connect => "Push the kind backup.verification.";

    public override IReadOnlyList<string> Columns { get; } = ["Clean", "Share read, percent", "By", "Remark"];

    protected override DateTimeOffset? EventOf(BackupVerification it, Course<BackupVerification> course) => it.At;

    protected override IReadOnlyList<string> Cells(BackupVerification it) =>
        [Cell.Of((bool?)it.Clean), it.SharePercent?.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture) ?? "", it.By ?? "", it.Note ?? ""];

    public override Func<Item, IEnumerable<Finding>> Census(Ground ground) => item =>
        ((BackupVerification)item.Told.Fact.Untyped).Clean
            ? [new Finding("The backups are not damaged", Verdict.Met, "The check found no damage.")]
            : [new Finding("The backups are not damaged", Verdict.NotMet, "The check found damage.")];
}
