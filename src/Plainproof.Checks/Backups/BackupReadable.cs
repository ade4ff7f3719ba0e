using Plainproof.Facts;

namespace Plainproof.Checks.Backups;

/// <summary>The store of backups can be loaded as a restore would load it.</summary>
internal sealed class BackupReadable : EachCheck<BackupRepository>
{
    protected override Outcome Judge(BackupRepository it, Given given) => PassWhen(it.Readable);

    protected override string Say(BackupRepository it, Dated about, Outcome outcome, Given given) => outcome == Outcome.Pass
        ? $"{it.Tool} {it.ToolVersion} could load the list of stored data."
        : $"The backup store is damaged: {it.Problem}.";
}
