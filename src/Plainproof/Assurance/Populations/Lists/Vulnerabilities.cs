using Plainproof.Facts;

namespace Plainproof.Assurance.Populations.Lists;

internal sealed class Vulnerabilities : EventPopulation<Weakness>
{
    public override string Id => "vulnerabilities";

    public override string Title => "Vulnerabilities";

    public override string Query => "Every weakness that a scanner first saw";

    public override string Connect => "Import what your scanners write, or push the kind vulnerability.finding.";

    public override string Limit => "Where the scanner does not tell when it first saw a weakness, the time is that of the first reading.";

    public override IReadOnlyList<string> Columns { get; } = ["Weakness", "Title", "In", "Package", "Level", "State", "Tool", "Fixed in", "Owner"];

    protected override DateTimeOffset? EventOf(Weakness it, Course<Weakness> course) => it.FirstSeen ?? course.FirstSeen;

    protected override IReadOnlyList<string> Cells(Weakness it) =>
        [it.Id, it.Title ?? "", it.Asset, it.Package ?? "", Cell.Of(it.Level), Cell.Of(it.State), it.Tool, it.FixedIn ?? "", it.Owner ?? ""];

    /// <summary>What a scanner no longer finds was open until then.</summary>
    public override Func<Item, IEnumerable<Finding>> Census(Ground ground)
    {
        var gone = ground.Facts.Of<Weakness>().Where(course => course.GoneAt is not null).ToDictionary(course => (course.Scope, course.Subject), course => course.GoneAt!.Value);
        return item => ground.Judge("weaknesses-fixed-in-time", item.Told.Fact, gone.TryGetValue((item.Scope, item.Subject), out var at) ? at : ground.Facts.AsOf) is { } finding ? [finding] : [];
    }
}
