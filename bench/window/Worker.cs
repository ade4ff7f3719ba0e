using Plainproof.Facts;

namespace Plainproof.Bench.Window;

/// <summary>Somebody of the company, with an account and a computer.</summary>
internal sealed class Worker(int number, DateOnly joined, string? manager)
{
    public string Login { get; } = $"user{number:0000}";

    public string Email => $"{Login}@{Office.Domain}";

    public DateOnly Joined { get; } = joined;

    public DateOnly? Left { get; set; }

    public DateTimeOffset SignedIn { get; set; }

    public DateTimeOffset ComputerSeen { get; set; }

    public DateTimeOffset LocalPasswordDue { get; set; }

    public DateTimeOffset PasswordChanged { get; set; }

    public DateOnly Trained { get; set; } = joined;

    public Person Person => new($"Given{number % 97} Family{number % 61}", Email, Joined, Left, manager, number % 9 == 0 ? "Engineer" : "Sales");

    public PersonRecords Records => new(Trained, Joined, Joined, Joined);

    public Account Account => new(Login, Enabled: Left is null, AccountNature.Person, Person.Name, Email, EmailVerified: true, $"S-1-5-21-1004336348-{number}", At(Joined));

    public AccountActivity Activity => new(SignedIn);

    public AccountPassword Password => new(PasswordChanged);

    /// <summary>Computers tell late, as Active Directory lets them.</summary>
    public Computer Computer => new($"pc{number:0000}", Enabled: Left is null, "Windows 11", "10.0.26100", ComputerSeen, SlackDays: 14);

    public ComputerLocalAdministrator LocalAdministrator => new(LocalPasswordDue);

    private static DateTimeOffset At(DateOnly day) => new(day, new TimeOnly(9, 0), TimeSpan.Zero);
}
