using Plainproof.Facts;
using Plainproof.Features.People;

namespace Plainproof.Features.Sample;

/// <summary>Someone made up. Days count back from the end of the year.</summary>
/// <param name="Role">What they are in the workspace; null for those who do not use it.</param>
internal sealed record SamplePerson(string Name, string Title, int Joined, int? Left = null, Role? Role = null, bool Writes = false, Engagement Engagement = Engagement.Employee, string Domain = Larkfield.Domain)
{
    public string Login => Name.Split(' ')[0].ToLowerInvariant();

    public string Email => $"{Login}@{Domain}";

    public bool IsThere(int ago) => Joined >= ago && !(Left > ago);
}

/// <summary>
/// Larkfield Ledger, which does not exist: a small company that sells bookkeeping software. Its year has the flaws that real years have: a
/// leaver whose account stayed on, a directory that could not be read for a week, two backups that failed, a firewall with a hole.
/// </summary>
internal static class Larkfield
{
    public const string Title = "Larkfield Ledger (SAMPLE)";
    public const string Domain = "larkfield.example.test";

    public static SamplePerson Mara { get; } = new("Mara Lindqvist", "Founder", 2200, Role: Role.Owner);
    public static SamplePerson Tobias { get; } = new("Tobias Ferreira", "Head of engineering", 2200, Role: Role.Owner, Writes: true);
    public static SamplePerson Ines { get; } = new("Ines Okafor", "Operations and security", 1400, Role: Role.ControlOwner);
    public static SamplePerson Pavel { get; } = new("Pavel Horak", "System administrator", 1100, Role: Role.Member);
    public static SamplePerson Camille { get; } = new("Camille Roux", "Designer", 610);

    /// <summary>Left in the fourth month; the account stayed on for nine days.</summary>
    public static SamplePerson Jonas { get; } = new("Jonas Weber", "Developer", 800, Left: 247, Writes: true);
    public static SamplePerson Emil { get; } = new("Emil Kowalski", "Developer", 312, Writes: true);
    public static SamplePerson Hana { get; } = new("Hana Dvorak", "Tester", 224);
    public static SamplePerson Priya { get; } = new("Priya Raman", "Security engineer", 130, Role: Role.Member);
    public static SamplePerson Lukas { get; } = new("Lukas Meier", "Intern", 58, Engagement: Engagement.Contractor);

    /// <summary>Of the made-up firm; no person of the company.</summary>
    public static SamplePerson Edith { get; } = new("Edith Pike", "Auditor", 340, Role: Role.Auditor, Domain: "harrow-pike.example.test");

    public static IReadOnlyList<SamplePerson> People { get; } =
    [
        Mara, Tobias, Ines, new("Daniel Brandt", "Lead developer", 1500, Role: Role.Member, Writes: true), new("Yuki Tanabe", "Developer", 900, Writes: true),
        new("Sofia Marchetti", "Developer", 700, Writes: true), Pavel, new("Leila Haddad", "Head of support", 1300), Jonas, new("Grace Mensah", "Finance", 1000),
        new("Aidan Byrne", "Sales", 850), Camille, new("Ravi Iyer", "Developer", 520, Writes: true), new("Nora Eklund", "Support", 640, Left: 95), Emil, Hana, Priya, Lukas,
    ];

    /// <summary>One of those who write code, picked by a number.</summary>
    public static SamplePerson Writer(int number, int ago)
    {
        var there = People.Where(person => person.Writes && person.IsThere(ago)).ToList();
        return there[number % there.Count];
    }

    /// <summary>Who has a part in the workspace. They are in no table of people and can never sign in.</summary>
    public static IReadOnlyList<Member> Members(Company company) =>
    [
        .. People.Append(Edith).Where(person => person.Role is not null).Select(person => new Member(
            new Membership { Id = IdOf(person), CompanyId = company.Id, PersonId = IdOf(person), Role = person.Role!.Value, GivenAt = company.CreatedAt, GivenBy = "the sample" },
            new People.Person { Id = IdOf(person), Name = person.Name, Email = person.Email, JoinedAt = company.CreatedAt })),
    ];

    public static string IdOf(SamplePerson person) => $"sample-{person.Login}";
}
