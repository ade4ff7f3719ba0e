using Plainproof.Facts;

namespace Plainproof.Features.Sample;

/// <summary>
/// Whom the made-up company buys from, pays and sells to. One vendor was reviewed late, one signed late, one is paid and on no list; one
/// deletion request took too long.
/// </summary>
internal static class SampleTrade
{
    private static readonly Supplier[] Suppliers =
    [
        new("V-1", "Northrack Hosting", "rents us machines", Larkfield.Pavel, ["customer data"], VendorRisk.Critical, 1800, Signed: 1805, Reviewed: [430, 110], Subservice: true),
        new("V-2", "Postbird Mail", "sends our mail", Larkfield.Ines, ["names", "e-mail addresses"], VendorRisk.Medium, 900, Signed: 901, Reviewed: [500, 300]),
        new("V-3", "Paywheel", "does the payroll", Larkfield.Mara, ["data of our people"], VendorRisk.High, 1000, Signed: 1010, Reviewed: [395, 12]),
        new("V-4", "Tickethaven", "keeps support tickets", Larkfield.Ines, ["customer data"], VendorRisk.High, 260, Signed: 90, Reviewed: [263]),
        new("V-5", "Errorlamp", "collects errors of the program", Larkfield.Tobias, ["technical data"], VendorRisk.Medium, 150, Ended: 40, Signed: 152, Reviewed: [151]),
        new("V-6", "Beanline", "brings coffee", Larkfield.Camille, [], VendorRisk.Low, 700),
    ];

    private static readonly (string Id, string Name, int Begun, int? Ended, int Accepted)[] Clients =
    [
        ("C-11", "Harbour Bakery", 1500, null, 1502), ("C-14", "Juniper Dental", 1300, 160, 1301), ("C-19", "Fernway Cycles", 900, null, 903), ("C-23", "Old Mill Press", 610, 60, 611),
        ("C-27", "Brightwater Yachts", 330, null, 334), ("C-28", "Stone & Lime", 240, null, 240), ("C-29", "Poppy Fields Care", 170, null, 166), ("C-30", "Tall Oak Schools", 33, null, 36),
    ];

    public static SampleReading Office(SampleCalendar year, int ago) => new SampleReading("push", "push:office", null, "take the vendor list and the payees of the ledger")
        .With("vendor", Suppliers.Where(one => one.Begun >= ago).Select(one => (one.Id, one.Told(year, ago))))
        .With("payee", Payees(year, ago));

    public static SampleReading Billing(SampleCalendar year, int ago) => new SampleReading("push", "push:billing", null, "take customers and deletion requests")
        .With("customer", Clients.Where(one => one.Begun >= ago).Select(one => (one.Id, new Customer(one.Id, one.Name, year.Day(one.Begun), Day(year, ago, one.Ended), $"contracts/{one.Id}.pdf", year.Day(one.Accepted)))))
        .With("deletion", Requests(year, ago).Select(one => (one.Id, one)));

    private static IEnumerable<(string Id, Payee Value)> Payees(SampleCalendar year, int ago)
    {
        foreach (var one in Suppliers.Where(one => one.Begun - 20 > ago))
            yield return (one.Id, new Payee($"K-{one.Id}", one.Name, PayeeKind.Vendor, year.Day(one.Begun - 20), LastPaid(year, ago, one.Begun - 20, one.Ended), one.Id));
        foreach (var (id, name, kind, first, last) in new (string, string, PayeeKind, int, int?)[]
        {
            ("K-31", "Quillmark Translations", PayeeKind.Vendor, 75, null), ("K-32", "Vera Oak", PayeeKind.Contractor, 280, 180), ("K-33", Larkfield.Lukas.Name, PayeeKind.Contractor, 30, null), ("K-1", "Tax office", PayeeKind.Other, 2200, null),
        })
            if (first > ago)
                yield return (id, new Payee(id, name, kind, year.Day(first), LastPaid(year, ago, first, last), AmountBand: "1,000 to 10,000"));
    }

    /// <summary>Everybody is paid every four weeks.</summary>
    private static DateOnly LastPaid(SampleCalendar year, int ago, int first, int? last) => year.Day(Math.Min(first, Math.Max(last ?? 0, (ago + 28) / 28 * 28)));

    private static IEnumerable<DeletionRequest> Requests(SampleCalendar year, int ago) => new (string Id, int Came, int Done, DeletionSubject About, DeletionOutcome Outcome, string? Customer)[]
    {
        ("D-1", 220, 175, DeletionSubject.Person, DeletionOutcome.Deleted, "C-19"), ("D-2", 158, 140, DeletionSubject.Customer, DeletionOutcome.Returned, "C-14"),
        ("D-3", 131, 125, DeletionSubject.Worker, DeletionOutcome.Refused, null), ("D-4", 58, 45, DeletionSubject.Customer, DeletionOutcome.Deleted, "C-23"), ("D-5", 9, -14, DeletionSubject.Person, DeletionOutcome.Deleted, "C-11"),
    }.Where(one => one.Came > ago).Select(one => one.Done > ago
        ? new DeletionRequest(one.Id, year.At(one.Came, 10), one.About, null, year.At(one.Done, 15), Larkfield.Ines.Email, one.Outcome, one.Customer, year.At(one.Done, 16), one.Outcome == DeletionOutcome.Refused ? "A law says how long wage slips are kept." : null)
        : new DeletionRequest(one.Id, year.At(one.Came, 10), one.About, CustomerId: one.Customer));

    /// <summary>A day is told once it has come.</summary>
    private static DateOnly? Day(SampleCalendar year, int ago, int? day) => day >= ago ? year.Day(day.Value) : null;

    private sealed record Supplier(
        string Id, string Name, string Service, SamplePerson Owner, IReadOnlyList<string> Data, VendorRisk Risk, int Begun, int? Ended = null, int? Signed = null, int[]? Reviewed = null, bool Subservice = false)
    {
        public Vendor Told(SampleCalendar year, int ago) => new(
            Id, Name, Service, Owner.Email, year.Day(Begun), Day(year, ago, Ended), Data, Risk,
            Day(year, ago, Reviewed?.Where(day => day >= ago).Select(day => (int?)day).Min()), Day(year, ago, Signed), Subservice);
    }
}
