using Plainproof.Facts;

namespace Plainproof.Assurance.Populations.Lists;

/// <summary>A reading tells the newest backup of each data set, so each new one that a reading told is an item.</summary>
internal sealed class Backups : PopulationKind
{
    public override string Id => "backups";

    public override string Title => "Backups";

    public override string Query => "Every backup that was the newest of its data set when somebody looked";

    public override string Connect => "Connect the store of your backups (restic), or push the kind backup.set.";

    public override string Limit => "Backups made between two readings are not on the list one by one.";

    public override IReadOnlyList<string> Columns { get; } = ["Data set", "Machine", "Folders", "On the company's list"];

    public override IReadOnlyList<Aspect> Reads { get; } = [Aspect.Of<BackupSet>()];

    public override IEnumerable<Item> Items(WindowFacts facts) =>
        from course in facts.Of<BackupSet>()
        from told in course.Versions
        where told.Value.Newest is { } at && at >= facts.Lived.From && at < facts.Lived.To
        group told by (course.Subject, At: told.Value.Newest!.Value) into same
        let it = same.Last().Value
        select new Item($"{same.Key.Subject} {Cell.Of(same.Key.At)}", same.Key.At, IsDay: false, [it.DataSet, it.Host, Cell.Of(it.Paths), Cell.Of(it.Declared)], same.Last().Version);
}
