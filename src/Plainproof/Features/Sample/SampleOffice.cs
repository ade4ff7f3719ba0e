using Plainproof.Facts;

namespace Plainproof.Features.Sample;

/// <summary>The roster and the directory of the made-up company.</summary>
internal static class SampleOffice
{
    public const string Directory = $"directory:{Larkfield.Domain}";

    /// <summary>In this week the directory did not answer.</summary>
    private const int Silent = 175;

    public static SampleReading Roster(SampleCalendar year, int ago) => new SampleReading("people", "people:roster", null, "read roster.csv")
        .With("person", Known(ago).Select(person => (person.Email, new Person(
            person.Name, person.Email, year.Day(person.Joined), LeftBy(person, ago) is { } left ? year.Day(left) : null,
            person == Larkfield.Mara ? null : Larkfield.Mara.Email, person.Title, person.Engagement))))
        .With("person", Known(ago).Select(person => (person.Email, Records(year, person, ago))));

    public static SampleReading Accounts(SampleCalendar year, int ago)
    {
        var reading = new SampleReading("directory", Directory, $"cn=plainproof,dc=larkfield,dc=example,dc=test", "search (objectClass=inetOrgPerson)")
            .With("account", Known(ago).Select(person => (person.Login, Account(year, person, ago))).Concat(Services(year, ago)))
            .With("account", Known(ago).Select(person => (person.Login, Activity(year, person, ago))).Concat(Services(year, ago).Select(one => (one.Id, new AccountActivity(year.At(ago + 1, 21))))))
            .With("account", Known(ago).Select(person => (person.Login, new AccountPassword(year.At(Math.Max(person.Joined % 190, ago), 10)))))
            .With("privilege", Administrators(ago).Select(person => ($"{person.Login}/admins", new Privilege(
                Subjects.Of(Directory, "account", person.Login), person.Login, "cn=admins", [], Full: true, AccountEnabled: IsOn(person, ago)))))
            .With("policy", ("default", new PasswordPolicy("default", true, [], ago >= 215 ? 8 : 14, 5, LockoutMinutes: 15, History: ago >= 215 ? 0 : 5)))
            .With("directory", ("root", new DirectoryState(Larkfield.Domain, "OpenLDAP")));
        return ago == Silent
            ? reading.Failing(Completeness.Unreachable, "No connection: the directory did not answer on port 636.", "Let the machine that reads reach the directory again.")
            : reading;
    }

    /// <summary>Those who came, also the ones who left since: rosters and directories keep them.</summary>
    public static IEnumerable<SamplePerson> Known(int ago) => Larkfield.People.Where(person => person.Joined >= ago);

    /// <summary>Accounts go off with their people, and Jonas's nine days late.</summary>
    public static bool IsOn(SamplePerson person, int ago) => person.Left is not { } left || ago > left || (person == Larkfield.Jonas && ago >= left - 9);

    /// <summary>A last day is entered two weeks ahead.</summary>
    private static int? LeftBy(SamplePerson person, int ago) => person.Left is { } left && ago <= left + 14 ? left : null;

    private static PersonRecords Records(SampleCalendar year, SamplePerson person, int ago)
    {
        var came = Math.Max(person.Joined, 0);
        return new PersonRecords(
            TrainedOn: Newest(year, ago, came - 10, person.Title is "Finance" or "Sales" ? 390 : 205, person.Title is "Finance" or "Sales" ? 755 : 560),
            ScreenedOn: Newest(year, ago, came + (person == Larkfield.Hana ? -3 : 12)),
            ConfidentialitySignedOn: Newest(year, ago, came + 5),
            PoliciesAcceptedOn: Newest(year, ago, came - 6, 300, 650));
    }

    /// <summary>The last of several days that had come by then, none before the first.</summary>
    private static DateOnly? Newest(SampleCalendar year, int ago, int first, params int[] later) =>
        later.Where(day => day < first).Append(first).Where(day => day >= ago).Select(day => (int?)day).Min() is { } newest ? year.Day(newest) : null;

    private static Account Account(SampleCalendar year, SamplePerson person, int ago) =>
        new(person.Login, IsOn(person, ago), AccountNature.Person, person.Name, person.Email, EmailVerified: true, CreatedAt: year.At(person.Joined, 9));

    /// <summary>Camille is on leave since the eighth month, and the account stayed on.</summary>
    private static AccountActivity Activity(SampleCalendar year, SamplePerson person, int ago) =>
        new(year.At(Math.Max(ago + 1 + person.Name.Length % 3, person == Larkfield.Camille ? 118 : person.Left ?? 0), 8 + person.Name.Length % 9));

    private static IEnumerable<(string Id, Account Value)> Services(SampleCalendar year, int ago)
    {
        yield return ("svc-backup", new Account("svc-backup", true, AccountNature.Service, "Nightly backups", CreatedAt: year.At(900, 9)));
        if (ago <= 190)
            yield return ("svc-build", new Account("svc-build", true, AccountNature.Service, "Build server", CreatedAt: year.At(192, 15)));
    }

    private static IEnumerable<SamplePerson> Administrators(int ago) =>
        new[] { Larkfield.Tobias, Larkfield.Pavel, Larkfield.Jonas, Larkfield.Priya }.Where(person => person.Joined >= ago && (person != Larkfield.Jonas || ago >= 238));
}
