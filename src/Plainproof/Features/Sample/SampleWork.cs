using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Plainproof.Facts;

namespace Plainproof.Features.Sample;

/// <summary>The code of the made-up company, and what its people did: changes, deployments, tickets, accesses, incidents, reviews.</summary>
internal static class SampleWork
{
    /// <summary>How far back the clone and the lists tell.</summary>
    private const int CommitsKept = 92;

    private static readonly string[] Topics =
    [
        "Round taxes per line", "Show the period on the balance", "Export to CSV by month", "Speed up the search of vouchers", "Refuse an empty posting text",
        "Sort accounts by number", "Keep the filter after saving", "Warn before a period closes", "Print the cash book", "Move attachments to the file store",
        "Tell who changed a voucher", "Read bank files in UTF-8", "Limit tries to sign in",
    ];

    public static SampleReading Code(SampleCalendar year, int ago) => new SampleReading("git", "git:ledger", null, "read the default branch")
        .With("repository", ("ledger", new Repository(
            "ledger", [".forge/build.yml"], ["packages.lock.json"], $"https://code.{Larkfield.Domain}/ledger.git", "main", Sha(Changes(ago).Last().Number), ago >= 255 ? null : "CODEOWNERS")))
        .With<RepositorySecret>("secret", ago is <= 301 and > 286 ? [("deploy.env:4", new RepositorySecret("deploy.env", 4, "API token", "lrk_****", "ledger"))] : [])
        .With("commit", Changes(ago).Where(change => change.Ago <= ago + CommitsKept).Select(change => (Sha(change.Number)[..12], Commit(year, change))));

    public static SampleReading Forge(SampleCalendar year, int ago) => new SampleReading("push", "push:forge", null, "take merges, tickets and deployments")
        .With("merge", Changes(ago).Select(change => ($"{change.Number}", Merge(year, change))))
        .With("ticket", Changes(ago).Select(change => (change.Ticket, new Ticket(
            change.Ticket, change.Topic, "change", year.At(change.Ago + 3, 9), change.Author.Email, change.Author.Email, year.At(change.Ago, 17)))))
        .With("deployment", Changes(ago).Select(change => ($"{change.Number}", new Deployment(
            $"R-{change.Number}", "ledger", "live", year.At(change.Ago, 18), change.Number == 57 ? DeploymentOutcome.RolledBack : DeploymentOutcome.Succeeded, change.Author.Email,
            Commit: Sha(change.Number), Version: $"7.{change.Number}", Change: $"#{change.Number}"))));

    /// <summary>The second review of the year came a month late.</summary>
    public static SampleReading Desk(SampleCalendar year, int ago) => new SampleReading("push", "push:desk", null, "take accesses, incidents, alerts and reviews")
        .With("grant", Larkfield.People.Where(person => person.Joined is < 364 && person.Joined > ago).Select(person => (person.Login, new AccessGrant(
            person.Email, person.Writes ? "code: write" : "office tools", year.At(person.Joined, 10), Larkfield.Ines.Email, Larkfield.Tobias.Email,
            person == Larkfield.Emil ? year.At(person.Joined - 2, 16) : year.At(person.Joined + 2, 16)))))
        .With("incident", new[]
        {
            (290, new Incident("INC-1", "Sign-in was down for half an hour", 2, year.At(290, 9), Larkfield.Pavel.Email, year.At(290, 9.2), year.At(290, 9.6), year.At(282, 14),
                "09:00 alert, 09:12 taken on, 09:36 solved", "The directory's certificate had ended.", "Certificates are watched now.")),
            (125, new Incident("INC-2", "Two nights without a backup of the ledger", 2, year.At(125, 7), Larkfield.Pavel.Email, year.At(125, 7.5), year.At(125, 15), year.At(119, 14),
                "07:00 noticed, 15:00 first whole backup", "The disk for dumps was full.", "Its free space raises an alert now.")),
        }.Where(one => one.Item1 > ago).Select(one => (one.Item2.Id, one.Item2)))
        .With("alert", Enumerable.Range(1, 9).Select(number => (Ago: 350 - number * 36, Number: number)).Where(one => one.Ago > ago).Select(one => ($"AL-{one.Number}", new Alert(
            $"AL-{one.Number}", one.Number % 3 == 0 ? "Many wrong passwords" : "Sign-in from a new country", one.Number % 2 == 0 ? AlertLevel.High : AlertLevel.Medium, year.At(one.Ago, 20),
            year.At(one.Ago, one.Number == 6 ? 58 : 23), Larkfield.Ines.Email, Explained: one.Number == 6 ? "It came on a Friday evening, before there was a rota." : null))))
        .With("review", new[] { 360, 236, 150, 61 }.Where(day => day > ago).SelectMany(day => new[] { "directory", "database", "code" }.Select(system => ($"{system} {day}", new AccessReview(
            system, Larkfield.Ines.Email, 20, 20,
            system == "code" && day == 236 ? [new Removal(Larkfield.Jonas.Email, "code: write", year.At(236, 11), year.At(235, 10))] : [], year.At(day, 15))))));

    /// <summary>Two changes a week, those of the year that were merged by then.</summary>
    private static List<Change> Changes(int ago) =>
        [.. Enumerable.Range(0, 106).Select(number => (Number: number, Ago: 368 - number * 7 / 2)).Where(one => one.Ago > ago).Select(one => new Change(one.Number + 1, one.Ago))];

    private static Commit Commit(SampleCalendar year, Change change) => new(
        Sha(change.Number), change.Author.Name, change.Author.Email, "Larkfield forge", $"forge@{Larkfield.Domain}", year.At(change.Ago, 16),
        Arrival.CodeHost, change.Ago > 220 ? SignatureState.None : SignatureState.Verified, change.Topic, "ledger", $"#{change.Number}");

    private static Merge Merge(SampleCalendar year, Change change)
    {
        var reviewer = Larkfield.Writer(change.Number + 1, change.Ago);
        return new Merge(
            $"#{change.Number}", "ledger", change.Author.Email, change.Author.Email, year.At(change.Ago, 16), change.Number is 90 or 41 ? [] : [new Approval(reviewer.Email, year.At(change.Ago, 14))],
            change.Topic, true, Emergency: change.Number == 90, ReviewedAfterAt: change.Number == 90 ? year.At(change.Ago - 6, 10) : null, [change.Ticket]);
    }

    private static string Sha(int number) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"larkfield {number}"))))[..40];

    private sealed record Change(int Number, int Ago)
    {
        public string Topic => Topics[Number % Topics.Length];

        public string Ticket => $"LED-{400 + Number}";

        public SamplePerson Author => Larkfield.Writer(Number, Ago);
    }
}
