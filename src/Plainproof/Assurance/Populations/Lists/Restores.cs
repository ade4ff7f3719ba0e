using Plainproof.Facts;

namespace Plainproof.Assurance.Populations.Lists;

internal sealed class Restores : EventPopulation<BackupRestore>
{
    private const string Question = "The restore worked, and somebody looked at the data";

    public override string Id => "restores";

    public override string Title => "Restores that were tried";

    public override string Query => "Every restore of a backup that was tried";

    public override string Connect => "Push the kind backup.restore after each try.";

    public override IReadOnlyList<string> Columns { get; } = ["Data set", "Worked", "Seconds", "Looked at by", "Remark"];

    protected override DateTimeOffset? EventOf(BackupRestore it, Course<BackupRestore> course) => it.At;

    protected override IReadOnlyList<string> Cells(BackupRestore it) =>
        [it.DataSet, Cell.Of((bool?)it.Worked), it.Seconds?.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture) ?? "", it.VerifiedBy ?? "", it.Note ?? ""];

    public override Func<Item, IEnumerable<Finding>> Census(Ground ground) => item => (BackupRestore)item.Told.Fact.Untyped switch
    {
        { Worked: false } it => [new Finding(Question, Verdict.NotMet, $"The restore of {it.DataSet} failed.")],
        { VerifiedBy: null or "" } it => [new Finding(Question, Verdict.CouldNotTell, $"The restore of {it.DataSet} worked. Nothing tells who looked at the data.")],
        var it => [new Finding(Question, Verdict.Met, $"The restore of {it.DataSet} worked, and {it.VerifiedBy} looked at the data.")],
    };
}
