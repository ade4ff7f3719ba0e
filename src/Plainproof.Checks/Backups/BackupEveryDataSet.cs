using Plainproof.Facts;

namespace Plainproof.Checks.Backups;

/// <summary>Starts from the list of what must not be lost, not from the list of backups: what nobody backs up is on no list of jobs.</summary>
internal sealed class BackupEveryDataSet : EachCheck<DataSet>
{
    protected override Func<Dated<DataSet>, Outcome> Prepare(IFacts facts, Given given)
    {
        var backups = facts.Of<BackupSet>().Select(fact => fact.Value).Where(set => set.Newest is not null).ToList();
        return data => !data.Value.InScope ? Outcome.NotApplicable : PassWhen(backups.Any(backup => IsOf(backup, data.Value)));
    }

    protected override string Say(DataSet it, Dated about, Outcome outcome, Given given) => outcome switch
    {
        Outcome.NotApplicable => $"{it.Name} is not in scope.",
        Outcome.Pass => $"{it.Name} has a backup.",
        _ => $"No backup that was read holds {it.Name}.",
    };

    private static bool IsOf(BackupSet backup, DataSet data) =>
        backup.DataSet.Equals(data.Name, StringComparison.OrdinalIgnoreCase)
        || (data.Host is { } host && data.Path is { } path && backup.Host.Equals(host, StringComparison.OrdinalIgnoreCase)
            && backup.Paths.Any(own => path == own || path.StartsWith(own.TrimEnd('/') + "/", StringComparison.Ordinal)));
}
