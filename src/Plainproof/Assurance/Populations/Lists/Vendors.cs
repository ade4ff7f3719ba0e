using Plainproof.Facts;

namespace Plainproof.Assurance.Populations.Lists;

internal sealed class Vendors : PopulationKind
{
    private const string Began = "began";
    private const string Ended = "ended";

    public override string Id => "vendors";

    public override string Title => "Vendors";

    public override string Query => "Every vendor that was used at some moment, with those that began and ended";

    public override string Connect => "Push the kind vendor.core from your vendor list, and payee.core from your ledger.";

    public override string Limit => "The time is the first day of use. Where none is told, it is when Plainproof first saw the vendor.";

    public override IReadOnlyList<string> Columns { get; } = ["Number", "Name", "What it does", "In these days", "Last day", "Owner", "Data it gets", "Risk", "Reviewed", "Agreement signed", "Subservice organisation"];

    public override IReadOnlyList<Aspect> Reads { get; } = [Aspect.Of<Vendor>()];

    public override IReadOnlyList<Aspect> Beside { get; } = [Aspect.Of<Payee>()];

    public override IEnumerable<Item> Items(WindowFacts facts) => Lasting.Of<Vendor>(facts, it => new Span(it.BegunOn, it.EndedOn), it => Cells(it, facts));

    public override Func<Item, IEnumerable<Finding>> Census(Ground ground) => new VendorCensus(ground).Of;

    public override IEnumerable<Comparison> Compare(Population population, Ground ground)
    {
        const string Title = "Vendors against payees";
        if (!ground.Facts.WasLookedAt(Aspect.Of<Payee>()))
            return [Comparison.NotDone(Id, Title, "vendors", "payees", "No source tells of payees. Push the kind payee.core from your ledger.")];
        var listed = population.Items.Select(item => (item.Id, Vendor: (Vendor)item.Told.Fact.Untyped)).ToList();
        var paid = Payees.Of(ground.Facts, PayeeKind.Vendor).Select(item => (item.Id, Payee: (Payee)item.Told.Fact.Untyped)).ToList();
        var (vendors, payees) = (new KnownNames(listed.SelectMany(one => NamesOf(one.Vendor))), new KnownNames(paid.SelectMany(one => NamesOf(one.Payee))));
        var unpaid = listed.Where(one => !payees.HasOneOf(NamesOf(one.Vendor))).ToList();
        return
        [
            new Comparison(
                Id, Title, "vendors", "payees", listed.Count - unpaid.Count,
                [.. unpaid.Select(one => new Difference($"left:{one.Id}", one.Vendor.Name, "No payment to it in these days is told."))],
                [.. paid.Where(one => !vendors.HasOneOf(NamesOf(one.Payee))).Select(one => new Difference($"right:{one.Id}", one.Payee.Name, $"It is paid since {Cell.Of((DateOnly?)one.Payee.FirstPaidOn)}, and is on no vendor list of these days."))]),
        ];
    }

    private static IEnumerable<string?> NamesOf(Vendor it) => [it.Id, it.Name];

    private static IEnumerable<string?> NamesOf(Payee it) => [it.VendorId, it.Name];

    private static IReadOnlyList<string> Cells(Vendor it, WindowFacts facts) =>
    [
        it.Id, it.Name, it.Service, InTheseDays(it, facts), Cell.Of(it.EndedOn), it.Owner ?? "", it.Data is { Count: 0 } ? "none" : Cell.Of(it.Data), it.Risk is { } risk ? Cell.Of(risk) : "",
        Cell.Of(it.ReviewedOn), Cell.Of(it.AgreementSignedOn), Cell.Of((bool?)it.Subservice),
    ];

    private static string InTheseDays(Vendor it, WindowFacts facts) => Cell.Of(new[] { (it.BegunOn, Began), (it.EndedOn, Ended) }
        .Where(one => Lasting.MomentOf(one.Item1) is { } at && at >= facts.Lived.From && at < facts.Lived.To).Select(one => one.Item2));
}
