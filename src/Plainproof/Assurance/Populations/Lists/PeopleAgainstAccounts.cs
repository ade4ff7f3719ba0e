using Plainproof.Facts;

namespace Plainproof.Assurance.Populations.Lists;

/// <summary>The roster against the accounts of directories, and the head count from the first day to the last.</summary>
internal sealed class PeopleAgainstAccounts(Population population, Ground ground)
{
    private readonly Dictionary<string, IdentityLink> _links = ground.Snapshot.Of<IdentityLink>().DistinctBy(link => link.Subject, StringComparer.Ordinal).ToDictionary(link => link.Subject, link => link.Value, StringComparer.Ordinal);

    public IEnumerable<Comparison> OfHires() =>
    [
        Against("hires-accounts", "People who joined against new accounts", "people who joined", "new accounts", IsNew,
            (name, some) => some.Count == 0 ? $"{name} has no account in a directory that was read." : null,
            who => who is null ? "It belongs to nobody on the roster." : $"It belongs to {who}, who did not join in these days."),
        HeadCount(),
    ];

    public IEnumerable<Comparison> OfLeavers() =>
    [
        Against("leavers-accounts", "People who left against accounts that went off", "people who left", "accounts that went off", WentOff,
            (name, some) => some.Count == 0 ? $"No account of {name} is known." : some.FirstOrDefault(IsOn) is { } on ? $"{on.Newest.Value.Name} in {on.Scope} is still on." : null,
            who => who is null ? "It belongs to nobody on the roster." : $"It belongs to {who}, who did not leave in these days."),
        HeadCount(),
    ];

    /// <param name="lacks">What the accounts of somebody on the list lack; null when they are in both lists.</param>
    /// <param name="odd">What to say of an account whose owner, by name, is not on the list.</param>
    private Comparison Against(string id, string title, string left, string right, Func<Course<Account>, bool> happened, Func<string, IReadOnlyList<Course<Account>>, string?> lacks, Func<string?, string> odd)
    {
        if (Accounts() is not { Count: > 0 } accounts)
            return Comparison.NotDone(id, title, left, right, "No system is connected that tells of accounts. Connect a directory.");
        var ofPerson = accounts.Where(account => PersonOf(account) is not null).ToLookup(account => PersonOf(account)!, StringComparer.Ordinal);
        var listed = population.Items.Select(item => item.Subject).ToHashSet(StringComparer.Ordinal);
        var onlyLeft = population.Items.Select(item => (item.Id, ((Person)item.Told.Fact.Untyped).Name, Lacks: lacks(((Person)item.Told.Fact.Untyped).Name, [.. ofPerson[item.Subject]]))).Where(one => one.Lacks is not null).ToList();
        return new Comparison(
            id, title, left, right, population.Items.Count - onlyLeft.Count,
            [.. onlyLeft.Select(one => new Difference($"left:{one.Id}", one.Name, one.Lacks!))],
            [.. accounts.Where(account => happened(account) && !(PersonOf(account) is { } person && listed.Contains(person)))
                .Select(account => new Difference($"right:{account.Subject}", $"{account.Newest.Value.Name} in {account.Scope}", odd(_links.GetValueOrDefault(account.Subject)?.PersonName)))]);
    }

    /// <summary>Of directories where one is read, else of every system. Programs and what comes with a system have no person behind them.</summary>
    private List<Course<Account>> Accounts()
    {
        var all = ground.Facts.Of<Account>().Where(course => course.Newest.Value is { BuiltIn: false, CanSignIn: true } it && it.Nature != AccountNature.Service && _links.GetValueOrDefault(course.Subject)?.How != "service register").ToList();
        var directories = all.Where(course => course.Scope.StartsWith("directory:", StringComparison.Ordinal)).ToList();
        return directories.Count > 0 ? directories : all;
    }

    private string? PersonOf(Course<Account> account) => _links.GetValueOrDefault(account.Subject)?.Person;

    private bool IsOn(Course<Account> account) => account.GoneAt is null && account.Newest.Value.Enabled;

    /// <summary>By the day that the system tells; else it was not there at an earlier look and then it was.</summary>
    private bool IsNew(Course<Account> account) => account.Newest.Value.CreatedAt is { } made ? Lived(made)
        : Lived(account.FirstSeen) && ground.Facts.LooksAt(Aspect.Of<Account>()).Any(look => look.Line.Scope == account.Scope && look.IsWhole && look.At < account.FirstSeen);

    private bool WentOff(Course<Account> account) =>
        (account.GoneAt is { } gone && Lived(gone) && account.Newest.Value.Enabled)
        || account.Versions.Zip(account.Versions.Skip(1)).Any(pair => pair.First.Value.Enabled && !pair.Second.Value.Enabled && Lived(pair.Second.Version.FirstSeen));

    private bool Lived(DateTimeOffset at) => at >= ground.Facts.Lived.From && at < ground.Facts.Lived.To;

    /// <summary>Active before the first day, and who came, less who left, is active after the last: by the roster as it was read then.</summary>
    private Comparison HeadCount()
    {
        const string Title = "Head count";
        var looks = ground.Facts.LooksAt(Aspect.Of<Person>()).Where(look => look.IsWhole).Select(look => look.At).ToList();
        if (looks.Count == 0)
            return Comparison.NotDone("head-count", Title, "the roster at the start", "the roster at the end", "No roster was read in full.");
        var (start, end) = (ground.Facts.Lived.From, ground.Facts.Lived.To);
        var atStart = ActiveAt(start > looks[0] ? start : looks[0], DateOnly.FromDateTime(start.UtcDateTime).AddDays(-1));
        var atEnd = ActiveAt(looks.FirstOrDefault(look => look >= end, looks[^1]), DateOnly.FromDateTime(end.AddTicks(-1).UtcDateTime));
        var (came, left) = (SubjectsOf(new Hires()), SubjectsOf(new Leavers()));
        return new Comparison(
            "head-count", Title, "the roster at the start", "the roster at the end", atStart.Keys.Count(atEnd.ContainsKey),
            [.. atStart.Where(one => !atEnd.ContainsKey(one.Key) && !left.Contains(one.Key)).Select(one => new Difference($"left:{one.Key}", one.Value.Name, "On the roster at the start, not at the end, and no last day was told."))],
            [.. atEnd.Where(one => !atStart.ContainsKey(one.Key) && !came.Contains(one.Key)).Select(one => new Difference($"right:{one.Key}", one.Value.Name, $"On the roster at the end, not at the start. The first day that is told is {Cell.Of((DateOnly?)one.Value.JoinedOn)}."))],
            new HeadCount(start, end, atStart.Count, came.Count, left.Count, atEnd.Count));
    }

    private HashSet<string> SubjectsOf(PopulationKind kind) => kind.Items(ground.Facts).Select(item => item.Subject).ToHashSet(StringComparer.Ordinal);

    /// <summary>Who works here when a day has ended, by what the roster told at a moment.</summary>
    private Dictionary<string, Person> ActiveAt(DateTimeOffset at, DateOnly day) =>
        (from course in ground.Facts.Of<Person>()
         let person = course.At(at)?.Value
         where person is not null && person.JoinedOn <= day && !(person.LeftOn <= day)
         select (course.Subject, person)).ToDictionary(one => one.Subject, one => one.person, StringComparer.Ordinal);
}
