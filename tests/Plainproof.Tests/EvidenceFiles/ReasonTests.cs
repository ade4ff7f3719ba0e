using Plainproof.Catalog;
using Plainproof.Features.EvidenceFiles;
using Plainproof.Features.EvidenceFiles.Insides;
using Plainproof.Features.EvidenceFiles.Objections;
using Xunit;
using static Plainproof.Features.EvidenceFiles.EvidenceKind;
using static Plainproof.Features.EvidenceFiles.Objections.Verdict;

namespace Plainproof.Tests.EvidenceFiles;

/// <summary>Each of the 27 reasons, on files that it objects to, finds nothing in, and cannot tell about.</summary>
public sealed class ReasonTests
{
    private const string Minutes = "On Monday we met in the small room and went through the open findings one by one. Ann told how the move of the mail server went. Bob asked who watches the new alerts at night, and we agreed on a rota. The risk of the old printer was closed.";
    private static readonly DateOnly Today = new(2026, 9, 1);
    private static readonly AuditWindow Window = new("SOC 2 2026", new DateOnly(2026, 4, 1), new DateOnly(2026, 9, 30), true);

    private static readonly KnownPerson[] Staff =
    [
        new("Ann Lee", ["Ann Lee", "ann@acme.example", "a.lee@acme.example"], new DateOnly(2024, 1, 1), null, false),
        new("Bob Ray", ["Bob Ray", "bob@acme.example"], new DateOnly(2024, 1, 1), null, false),
        new("Cy Fox", ["Cy Fox", "cy@outside.example"], new DateOnly(2026, 1, 1), null, true),
        new("Dan Old", ["Dan Old", "dan@acme.example"], new DateOnly(2023, 1, 1), new DateOnly(2026, 2, 1), false),
    ];

    private static readonly Knowledge Known = new(
        Today, [Window], [new("Company directory", ["Company directory", "corp.acme.example"]), new("Shop database", ["Shop database", "db1.acme.example"])], ["old-shop"], Staff,
        [new("AC-05", "Leavers", false, [new DateOnly(2026, 7, 1)]), new("OWN-1", "Ours", true, [new DateOnly(2026, 6, 1)])], []);

    private static readonly Knowledge Nothing_ = Knowledge.None(Today);

    private static readonly Dictionary<int, Case[]> Cases = new()
    {
        [1] =
        [
            new(WouldBeSentBack, File(Screenshot)), new(WouldBeSentBack, File(Screenshot, new Told { Account = "a" })), new(CouldNotTell, File(Screenshot, new Told { Account = "a", CapturedOn = Day(5, 4) })),
            new(Clear, File(Screenshot, new Told { Account = "a", CapturedOn = Day(5, 4) }) with { AcceptedBy = "bob" }), new(NotMeant, File(Policy_)),
        ],
        [2] =
        [
            new(AuditorJudges, On(File(Export), Day(2, 1), Day(2, 28))), new(Clear, On(File(Export), Day(5, 1), Day(5, 31))), new(AuditorJudges, File(Export)), new(CouldNotTell, File(Document)),
            new(CouldNotTell, On(File(Export), Day(5, 1), Day(5, 31)), Nothing_), new(AuditorJudges, File(Minutes_, new Told { EventOn = Day(3, 1) })),
        ],
        [3] =
        [
            new(WouldBeSentBack, On(File(Document, controls: "OWN-1"), Day(5, 1), Day(5, 31))), new(Clear, On(File(Document, controls: "OWN-1"), Day(6, 1), Day(6, 30))), new(CouldNotTell, File(Document, controls: "OWN-1")),
            new(WouldBeSentBack, File(Screenshot, controls: "AC-05")), new(AuditorJudges, File(Screenshot, new Told { EventOn = Day(5, 1) }, controls: "AC-05")), new(Clear, File(Screenshot, new Told { EventOn = Day(8, 1) }, controls: "AC-05")),
        ],
        [4] =
        [
            new(WouldBeSentBack, File(Export, new Told { Environment = Setting.Test })), new(WouldBeSentBack, File(Export, new Told { Account = "https://staging.acme.example" })), new(Clear, File(Export, new Told { Environment = Setting.Production })),
            new(AuditorJudges, File(Export, new Told { Environment = Setting.Production, Account = "qa.acme.example" })), new(CouldNotTell, File(Export, new Told { Account = "latest.acme.example" })), new(NotMeant, File(Export, controls: "CHG-05")),
        ],
        [5] =
        [
            new(Clear, File(Export, new Told { Account = "https://db1.acme.example/x" })), new(AuditorJudges, File(Export, new Told { Account = "db9.elsewhere.example" })), new(WouldBeSentBack, File(Export, new Told { System = "old-shop" })),
            new(CouldNotTell, File(Export)), new(CouldNotTell, File(Export, new Told { Account = "db1.acme.example" }), Nothing_),
        ],
        [6] =
        [
            new(WouldBeSentBack, File(Population, text: "a,b\n1,2\n")), new(Clear, File(Population, new Told { System = "db" }, "a,b\n1,2\n")), new(CouldNotTell, File(Population, new Told { System = "db" })),
            new(AuditorJudges, With(File(Population, new Told { System = "db" }, "a,b\n1,2\n"), "Microsoft Excel")), new(NotMeant, File(Minutes_)),
        ],
        [7] =
        [
            new(WouldBeSentBack, File(Export)), new(Clear, File(Export, new Told { Query = "all merges of main" })), new(WouldBeSentBack, File(Nothing)), new(Clear, File(Nothing, new Told { Query = "incidents from April on" })), new(NotMeant, File(Policy_)),
        ],
        [8] =
        [
            new(AuditorJudges, File(Export, text: List(100))), new(WouldBeSentBack, File(Export, new Told { Rows = 240 }, List(100))), new(Clear, File(Export, new Told { Rows = 100 }, List(100))), new(CouldNotTell, File(Export, text: List(37))),
            new(CouldNotTell, File(Export)), new(AuditorJudges, File(Export, new Told { Query = "select * from x limit 37", Rows = 37 }, List(37))), new(NotMeant, File(Policy_)),
        ],
        [9] =
        [
            new(AuditorJudges, With(File(Screenshot), "GIMP 2.10")), new(AuditorJudges, File(Minutes_) with { Inside = Inside("x", made: Day(5, 4), changed: Day(5, 9)) }), new(Clear, File(Minutes_) with { Inside = Inside("x", made: Day(5, 4), changed: Day(5, 4)) }),
            new(CouldNotTell, File(Export, text: "a,b\n1,2\n")), new(CouldNotTell, File(Export)), new(NotMeant, File(Policy_)),
        ],
        [10] =
        [
            new(WouldBeSentBack, File(Screenshot, new Told { Picture = PictureState.Changed })), new(Clear, File(Screenshot, new Told { Picture = PictureState.Changed }) with { CopyOf = "original" }), new(CouldNotTell, File(Screenshot, name: "a.png")),
            new(AuditorJudges, File(Screenshot, name: "a-cropped.png")), new(Clear, File(Screenshot, new Told { Picture = PictureState.Whole }, name: "a.png")),
            new(AuditorJudges, File(Screenshot, name: "a.png") with { Inside = Inside("", InsideState.NoText, width: 300, height: 90) }), new(NotMeant, File(Policy_, name: "a.pdf")),
        ],
        [11] =
        [
            new(WouldBeSentBack, File(Policy_)), new(WouldBeSentBack, File(Policy_, new Told { Approver = "Ann" })), new(Clear, File(Policy_, new Told { Approver = "Ann", ApprovedOn = Day(3, 1) })),
            new(AuditorJudges, File(Policy_, new Told { Approver = "Ann", ApprovedOn = Day(5, 1) })), new(CouldNotTell, File(Policy_, new Told { Approver = "Ann", ApprovedOn = Day(5, 1) }), Nothing_),
            new(Clear, File(Policy_, new Told { Approver = "Ann", ApprovedOn = Day(5, 1) }), Beside(Other(Policy_) with { ApprovedOn = Day(1, 5) })),
        ],
        [12] =
        [
            new(WouldBeSentBack, File(Ticket, new Told { ApprovedOn = Day(5, 4), DoneOn = Day(5, 3) })), new(Clear, File(Ticket, new Told { ApprovedOn = Day(5, 3), DoneOn = Day(5, 4) })), new(CouldNotTell, File(Ticket)),
            new(CouldNotTell, File(Ticket, new Told { ApprovedOn = Day(5, 4), DoneOn = Day(5, 4) })), new(WouldBeSentBack, File(Export, text: "id,approved at,granted at\n1,2026-05-01,2026-05-02\n2,2026-05-03T10:00:00Z,2026-05-03T09:00:00Z\n")),
            new(Clear, File(Export, text: "id,approved at,granted at\n1,2026-05-01,2026-05-02\n")), new(CouldNotTell, File(Export, text: "id,approved at,granted at\n1,03/04/2026,2026-05-02\n")), new(CouldNotTell, File(Export, name: "list.png", controls: "CHG-01")), new(NotMeant, File(Export, text: "a,b\n1,2\n")),
        ],
        [13] =
        [
            new(WouldBeSentBack, File(Ticket, new Told { AskedBy = "Ann Lee", Approver = "a.lee@acme.example" })), new(Clear, File(Ticket, new Told { AskedBy = "Ann Lee", Approver = "bob@acme.example" })),
            new(CouldNotTell, File(Ticket, new Told { AskedBy = "Ann Lee", Approver = "somebody" })), new(CouldNotTell, File(Ticket)), new(WouldBeSentBack, File(Policy_, new Told { Author = "bob", Approver = "Bob" })),
            new(WouldBeSentBack, File(Export, text: "requester,approver\nann@acme.example,bob@acme.example\nBob Ray,bob@acme.example\n")), new(Clear, File(Export, text: "requester,approver\nann@acme.example,bob@acme.example\n")),
            new(CouldNotTell, File(Export, text: "requester,approver\nann@acme.example,\n")), new(CouldNotTell, File(Population, controls: "AC-01")), new(NotMeant, File(Screenshot)),
        ],
        [14] =
        [
            new(WouldBeSentBack, File(Export, text: "account,system\nann,db\n", controls: "AC-06")), new(Clear, File(Export, text: "account,system,decision,removed\nann,db,keep,\n", controls: "AC-06")), new(CouldNotTell, File(Screenshot, name: "a.png", controls: "AC-06")), new(NotMeant, File(Export, text: "a,b\n1,2\n")),
        ],
        [15] =
        [
            new(AuditorJudges, File(Export, text: "account,system\nadmin,Shop database\n", controls: "AC-06")), new(Clear, File(Export, text: "account,system\nadmin,Shop database\nroot,corp.acme.example\n", controls: "AC-06")),
            new(AuditorJudges, File(Export, text: "account,system\nann,Shop database\nbob,corp.acme.example\n", controls: "AC-06")), new(CouldNotTell, File(Export, text: "account,decision\nann,keep\n", controls: "AC-06")),
            new(CouldNotTell, File(Export, text: "account,system\nann,db\n", controls: "AC-06"), Nothing_), new(CouldNotTell, File(Screenshot, controls: "AC-06")), new(NotMeant, File(Export)),
        ],
        [16] =
        [
            new(AuditorJudges, File(Document, text: "Dan: corp.acme.example off on 1 February", controls: "AC-05")), new(Clear, File(Document, text: "Dan: corp.acme.example and Shop database off on 1 February", controls: "AC-05")),
            new(CouldNotTell, File(Screenshot, controls: "AC-05")), new(CouldNotTell, File(Document, text: "off", controls: "AC-05"), Nothing_), new(NotMeant, File(Document)),
        ],
        [17] =
        [
            new(WouldBeSentBack, On(File(Export, text: "name,trained\nAnn Lee,2026-05-01\nBob Ray,2026-05-01\n", controls: "HR-04"), Day(5, 1), Day(5, 31))),
            new(Clear, On(File(Export, text: "email,trained\nann@acme.example,x\nbob@acme.example,x\ncy@outside.example,x\n", controls: "HR-04"), Day(5, 1), Day(5, 31))),
            new(CouldNotTell, File(Export, text: "name,trained\nAnn Lee,x\n", controls: "HR-04"), Nothing_), new(CouldNotTell, File(Screenshot, controls: "HR-04")), new(CouldNotTell, File(Export, text: "course,score\nA,1\n", controls: "HR-04")), new(NotMeant, File(Export, text: "a,b\n1,2\n")),
        ],
        [18] =
        [
            new(WouldBeSentBack, File(Ticket, new Told { DoneOn = Day(5, 4) })), new(WouldBeSentBack, File(Ticket, text: "Status: closed")), new(Clear, File(Ticket, new Told { DoneOn = Day(5, 4), Proof = "screenshot of the rule" })), new(CouldNotTell, File(Ticket)),
            new(CouldNotTell, File(Ticket, text: "Status: open")), new(NotMeant, File(Minutes_)),
        ],
        [19] =
        [
            new(WouldBeSentBack, File(Export, text: "finding,status,reason,approver,until\nA,fixed,,,\nB,suppressed,,,\n", controls: "VUL-01")), new(Clear, File(Export, text: "finding,status,reason,approver,until\nA,fixed,,,\nB,suppressed,not reachable,Ann,2026-12-31\n", controls: "VUL-01")),
            new(AuditorJudges, File(Document, text: "Three findings were dismissed.", controls: "VUL-02")), new(Clear, File(Document, text: "All fixed.", controls: "VUL-02")), new(CouldNotTell, File(Screenshot, controls: "VUL-01")), new(NotMeant, File(Export)),
        ],
        [20] =
        [
            new(WouldBeSentBack, File(VendorReport)), new(WouldBeSentBack, On(File(VendorReport, new Told { Scope = "Hosting", ReadBy = "Ann", ExpiresOn = Day(8, 1) }), Day(1, 1), Day(7, 31))),
            new(Clear, On(File(VendorReport, new Told { Scope = "Hosting", ReadBy = "Ann" }), Day(1, 1), Day(6, 30))), new(AuditorJudges, On(File(VendorReport, new Told { Scope = "Hosting", ReadBy = "Ann" }), Day(1, 1), Day(2, 28))),
            new(CouldNotTell, File(VendorReport, new Told { Scope = "Hosting", ReadBy = "Ann" })), new(CouldNotTell, On(File(VendorReport, new Told { Scope = "Hosting", ReadBy = "Ann" }), Day(1, 1), Day(2, 28)), Nothing_), new(NotMeant, File(Policy_)),
        ],
        [21] =
        [
            new(WouldBeSentBack, File(PenetrationTest, new Told { Tester = "bob@acme.example", Scope = "Shop" })), new(WouldBeSentBack, File(PenetrationTest, new Told { Tester = "our own team", Scope = "Shop" })),
            new(CouldNotTell, File(PenetrationTest, new Told { Tester = "Breakers Ltd", Scope = "Shop" })), new(Clear, File(PenetrationTest, new Told { Tester = "Breakers Ltd", Scope = "Shop" }) with { AcceptedBy = "bob" }), new(CouldNotTell, File(PenetrationTest)), new(NotMeant, File(Policy_)),
        ],
        [22] =
        [
            new(WouldBeSentBack, File(Screenshot, controls: "AVL-03")), new(Clear, File(Export, text: "start,status\n2026-05-01,ok\n2026-05-02,ok\n", controls: "AVL-03")), new(AuditorJudges, File(Export, text: "setting,value\nbackup,on\n", controls: "AVL-03")),
            new(CouldNotTell, File(Document, text: "Backups run each night.", controls: "AVL-03")), new(NotMeant, File(Screenshot)),
        ],
        [23] =
        [
            new(AuditorJudges, File(Screenshot, says: "The dashboard is green")), new(Clear, File(Screenshot, says: "The dashboard is green"), Beside(Other(Export))), new(CouldNotTell, File(Screenshot)), new(Clear, File(Screenshot) with { AcceptedBy = "bob" }),
            new(Clear, File(Document, text: "We met.")), new(NotMeant, File(Export)),
        ],
        [24] =
        [
            new(WouldBeSentBack, File(Minutes_, new Told { People = "Ann" }, Minutes), Beside(Other(Minutes_) with { Likeness = Likeness.Of(Minutes.Replace("Monday", "Tuesday", StringComparison.Ordinal)), Mark = "other" })),
            new(WouldBeSentBack, File(Minutes_, new Told { People = "Ann" }, "Minutes of [Company name], " + Minutes)), new(Clear, File(Minutes_, new Told { People = "Ann" }, Minutes), Beside(Other(Minutes_) with { Likeness = Likeness.Of(string.Join(' ', Enumerable.Range(0, 90).Select(i => $"w{(char)('a' + (i % 26))}{(char)('a' + (i % 7))}"))), Mark = "other" })),
            new(AuditorJudges, File(Minutes_, text: Minutes)), new(CouldNotTell, File(Minutes_)), new(CouldNotTell, File(Minutes_, new Told { People = "Ann" }, "We met.")), new(NotMeant, File(Policy_)),
        ],
        [25] =
        [
            new(WouldBeSentBack, File(Document, text: "We guard all data well.")), new(AuditorJudges, File(Document, new Told { Author = "Ann" }, "We guard all data well.")), new(Clear, File(Document, new Told { Sources = "ticket 12" }, "We guard all data well.")),
            new(WouldBeSentBack, File(Document, new Told { Sources = "x" }, "As an AI language model I cannot look.")), new(CouldNotTell, File(Document)), new(NotMeant, File(Export)),
        ],
        [26] =
        [
            new(WouldBeSentBack, On(File(Document, text: "x"), Day(5, 1), Day(5, 31)), Beside(Other(Document) with { Mark = "mark", Days = (Day(1, 1), Day(1, 31)) })), new(Clear, On(File(Document, text: "x"), Day(5, 1), Day(5, 31)), Beside(Other(Document) with { Mark = "mark", Days = (Day(5, 1), Day(5, 31)) })),
            new(WouldBeSentBack, On(File(Document, text: "x"), Day(1, 1), Day(1, 31)) with { AddedOn = Day(2, 1), Links = [new(About.OfControl("GOV-01"), Day(5, 1))] }), new(Clear, On(File(Document, text: "x"), Day(1, 1), Day(1, 31)) with { AddedOn = Day(2, 1), Links = [new(About.OfControl("GOV-01"), Day(2, 1))] }),
            new(CouldNotTell, File(Document, text: "x")), new(CouldNotTell, On(File(Document), Day(5, 1), Day(5, 31)) with { Inside = null }),
        ],
        [27] =
        [
            new(WouldBeSentBack, File(Document) with { Inside = Inside("key", secrets: 1) }), new(AuditorJudges, File(Export, text: "name,salary,IBAN\nAnn,1,2\n")), new(AuditorJudges, File(Document, text: "Pay to DE89 3704 0044 0532 0130 00.")), new(Clear, File(Document, text: "Nothing private.")),
            new(CouldNotTell, File(Screenshot)), new(Clear, File(Screenshot) with { AcceptedBy = "bob" }),
        ],
    };

    private const EvidenceKind Minutes_ = EvidenceKind.Minutes;
    private const EvidenceKind Export = EvidenceKind.Export; // A namespace of the tests has this name too.
    private const EvidenceKind Policy_ = EvidenceKind.Policy;

    public static TheoryData<int> Numbers => [.. Enumerable.Range(1, 27)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Each_reason_objects_finds_nothing_or_says_that_it_could_not_tell(int number)
    {
        var reason = Assert.Single(Reasons.All, one => one.Number == number);
        foreach (var (one, i) in Cases[number].Select((one, i) => (one, i)))
        {
            var found = reason.Look(one.File, one.Known ?? Known);
            Assert.True(one.Expected == found.Verdict, $"{number}, case {i + 1}: {found.Verdict} instead of {one.Expected}. {found.What}");
            Assert.Equal(found.Verdict is CouldNotTell or AuditorJudges or WouldBeSentBack, found.What.Length > 0 && found.Mend.Length > 0);
        }

        Assert.Contains(Cases[number], one => one.Expected is AuditorJudges or WouldBeSentBack);
        Assert.Contains(Cases[number], one => one.Expected == Clear);
        Assert.True(number == 7 || Cases[number].Any(one => one.Expected == CouldNotTell)); // A query is there or it is not.
    }

    [Fact]
    public void There_are_27_reasons_and_all_say_in_plain_words_what_to_do()
    {
        Assert.Equal(Enumerable.Range(1, 27), Reasons.All.Select(reason => reason.Number));
        var texts = Reasons.All.SelectMany(reason => Cases[reason.Number].Select(one => reason.Look(one.File, one.Known ?? Known)).SelectMany(found => new[] { found.What, found.Mend }).Append(reason.Title).Append(reason.Why))
            .Concat(FileField.All.SelectMany(field => new[] { field.Label, field.Why }));
        Assert.Empty(texts.Select(Readability.Offence).OfType<string>());
        Assert.DoesNotContain(texts, text => text.Contains("compliant", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("a,b\n1,2\n\n3,4\n", 2L)]
    [InlineData("a;b\n\"1\n2\";x\n", 1L)]
    [InlineData("a\tb\n1\t2\n\fother\tsheet\n3\t4\n", 1L)]
    [InlineData("[{\"a\":1},{\"b\":2}]", 2L)]
    [InlineData("{\"items\":[{\"a\":1}]}", 1L)]
    [InlineData("{\"a\":1}", null)]
    [InlineData("[1,2]", null)]
    [InlineData("[{\"a\":1}", null)]
    [InlineData("only text\nand more\n", null)]
    [InlineData("", null)]
    public void Rows_are_counted_as_they_are_read(string text, long? rows)
    {
        Assert.Equal(rows, Table.Count(text));
        Assert.Equal(rows, Table.Of(text)?.Rows.Count);
    }

    [Fact]
    public void The_two_softened_reasons_never_say_that_it_would_be_sent_back_for_its_day_alone()
    {
        foreach (var file in new[] { On(File(Policy_, new Told { Approver = "Ann", ApprovedOn = Day(8, 1) }), Day(1, 1), Day(1, 2)), On(File(Export), Day(1, 1), Day(1, 2)) })
            Assert.All(Reasons.Look(file, Known).Where(one => one.Reason.Number is 2 or 11), one => Assert.NotEqual(WouldBeSentBack, one.Verdict));
    }

    private static DateOnly Day(int month, int day) => new(2026, month, day);

    private static Exhibit File(EvidenceKind kind, Told? told = null, string? text = null, string name = "list.csv", string controls = "GOV-01", string says = "What was asked") => new(
        "file", name, name.EndsWith(".png", StringComparison.Ordinal) ? "image/png" : "text/csv", says, kind, told ?? new Told(), null, null, Day(8, 1), null, [new(About.OfControl(controls), Day(8, 1))],
        text is null ? Inside("", InsideState.NoText) : Inside(text));

    private static Exhibit On(Exhibit file, DateOnly from, DateOnly to) => file with { CoversFrom = from, CoversTo = to };

    private static Exhibit With(Exhibit file, string program) => file with { Inside = Inside(file.Inside!.Words, file.Inside.State, program: program) };

    private static EvidenceInside Inside(string text, InsideState state = InsideState.Whole, string? program = null, DateOnly? made = null, DateOnly? changed = null, int? width = null, int? height = null, int secrets = 0) => new()
    {
        State = state,
        Words = text,
        LineCount = text.Contains(',', StringComparison.Ordinal) && text.Contains('\n', StringComparison.Ordinal) ? Table.Of(text)?.Rows.Count : null,
        Secrets = secrets,
        Masked = 0,
        MadeWith = program,
        MadeAt = made is { } first ? new DateTimeOffset(first, default, default) : null,
        ChangedAt = changed is { } last ? new DateTimeOffset(last, default, default) : null,
        Width = width,
        Height = height,
        Mark = "mark",
        Likeness = Likeness.Of(text),
    };

    private static OtherFile Other(EvidenceKind kind) => new("other", "The other one", kind, null, "", "", [About.OfControl("GOV-01")], null, null);

    private static Knowledge Beside(OtherFile other) => Known with { Others = [other] };

    private static string List(int rows) => "id,name\n" + string.Concat(Enumerable.Range(1, rows).Select(row => $"{row},item\n"));

    internal sealed record Case(Verdict Expected, Exhibit File, Knowledge? Known = null);
}
