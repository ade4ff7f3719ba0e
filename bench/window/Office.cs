using Plainproof.Facts;

namespace Plainproof.Bench.Window;

/// <param name="SignIns">Of a hundred people, those of whom a new last sign-in is told on a working day.</param>
internal sealed record OfficeSize(int People, int SignIns);

/// <summary>
/// A made-up company as its systems know it, one day after the other: eight facts a person. On a working day people sign in, one in eleven
/// computers is told to be seen, some passwords change, six changes are merged for 250 people; in a year a fifth of them go and as many come.
/// </summary>
internal sealed class Office
{
    public const string Domain = "bench.example";
    private const int DaysOfMerges = 30;
    private readonly Random _dice;
    private readonly OfficeSize _size;
    private readonly List<Worker> _workers = [];
    private readonly List<Merge> _merges = [];
    private readonly string[] _heads;
    private DateTimeOffset _now;
    private int _hired;

    public Office(OfficeSize size, int seed, DateTimeOffset now)
    {
        (_size, _dice, _now) = (size, new Random(seed), now);
        _heads = [.. Enumerable.Range(0, size.People * 4 / 25).Select(_ => Commit())];
        for (var i = 0; i < size.People; i++)
            _workers.Add(Settled());
        for (var ago = DaysOfMerges; ago > 0; ago--)
            MergeSome(now.AddDays(-ago));
        Systems = [new MadeSystem("people", "people:roster", Roster), new MadeSystem("directory", $"directory:{Domain}", Directory), new MadeSystem("forge", $"forge:{Domain}", Forge)];
    }

    public IReadOnlyList<MadeSystem> Systems { get; }

    /// <summary>Lives up to the moment, which is a day later.</summary>
    public void Step(DateTimeOffset now)
    {
        _now = now;
        if (now.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
            return;
        foreach (var worker in _workers.Where(worker => worker.Left is null))
            Work(worker);
        MergeSome(now);
        if (_dice.Next(100 * 260) < _size.People * 20)
            HireAndPart();
        _workers.RemoveAll(worker => worker.Left < Day(now.AddDays(-400)));
        _merges.RemoveAll(merge => merge.MergedAt < now.AddDays(-DaysOfMerges));
    }

    private void Work(Worker worker)
    {
        if (_dice.Next(100) < _size.SignIns)
            worker.SignedIn = _now.AddMinutes(-_dice.Next(600));
        if (_dice.Next(11) == 0)
            worker.ComputerSeen = _now.AddMinutes(-_dice.Next(600));
        if (worker.LocalPasswordDue < _now)
            worker.LocalPasswordDue = _now.AddDays(30);
        if (_dice.Next(180) == 0)
            worker.PasswordChanged = _now.AddHours(-3);
        if (_dice.Next(250) == 0)
            worker.Trained = Day(_now);
    }

    private void HireAndPart()
    {
        var gone = _workers.Where(worker => worker.Left is null).ElementAt(_dice.Next(_size.People));
        gone.Left = Day(_now);
        var came = new Worker(_hired++, Day(_now), _workers[0].Email) { PasswordChanged = _now, SignedIn = _now, ComputerSeen = _now, LocalPasswordDue = _now.AddDays(30) };
        _workers.Add(came);
    }

    private void MergeSome(DateTimeOffset at)
    {
        for (var i = _size.People * 6 / 250; i > 0; i--)
        {
            var repository = _dice.Next(_heads.Length);
            _heads[repository] = Commit();
            _merges.Add(new Merge(
                $"#{_heads[repository][..6]}", $"repo{repository:00}", _workers[_dice.Next(9)].Login, _workers[_dice.Next(9)].Login, at.AddHours(-_dice.Next(1, 9)),
                [new Approval(_workers[_dice.Next(9)].Login, at.AddHours(-10))], "A change to how orders are counted", ChecksPassed: _dice.Next(40) > 0, Tickets: ["T-1"]));
        }
    }

    private Worker Settled() => new(_hired++, Day(_now.AddDays(-_dice.Next(20, 2000))), _workers.FirstOrDefault()?.Email)
    {
        PasswordChanged = _now.AddDays(-_dice.Next(180)),
        SignedIn = _now.AddHours(-_dice.Next(100)),
        ComputerSeen = _now.AddDays(-_dice.Next(12)),
        LocalPasswordDue = _now.AddDays(_dice.Next(30)),
        Trained = Day(_now.AddDays(-_dice.Next(360))),
    };

    private IEnumerable<Told> Roster() => [Told.Of("person", _workers, worker => worker.Email, worker => worker.Person), Told.Of("person", _workers, worker => worker.Email, worker => worker.Records)];

    private IEnumerable<Told> Directory() =>
    [
        Told.Of("account", Known, worker => worker.Login, worker => worker.Account),
        Told.Of("account", Known, worker => worker.Login, worker => worker.Activity),
        Told.Of("account", Known, worker => worker.Login, worker => worker.Password),
        Told.Of("computer", Known, worker => worker.Computer.Name, worker => worker.Computer),
        Told.Of("computer", Known, worker => worker.Computer.Name, worker => worker.LocalAdministrator),
        Told.Of("privilege", _workers.Take(8), worker => $"{worker.Login}/admins", worker => new Privilege($"directory:{Domain}/account/{worker.Login}", worker.Login, "Domain Admins", [], Full: true, AccountEnabled: worker.Left is null)),
        Told.Of("policy", ["default"], name => name, name => new PasswordPolicy(name, true, [], 14, 5, LockoutMinutes: 15, History: 5)),
        Told.Of("directory", ["root"], name => name, _ => new DirectoryState(Domain, "Active Directory", "2016")),
    ];

    private IEnumerable<Told> Forge() =>
    [
        Told.Of("repository", _heads.Index(), one => $"repo{one.Index:00}", one => new Repository($"repo{one.Index:00}", [".gitlab-ci.yml"], ["package-lock.json"], $"https://forge.{Domain}/repo{one.Index:00}", "main", one.Item, "CODEOWNERS")),
        Told.Of("merge", _merges, merge => merge.Id, merge => merge),
    ];

    /// <summary>Accounts and computers go a month after their people.</summary>
    private IEnumerable<Worker> Known => _workers.Where(worker => worker.Left is not { } left || left > Day(_now.AddDays(-30)));

    private string Commit()
    {
        Span<byte> id = stackalloc byte[20];
        _dice.NextBytes(id);
        return Convert.ToHexStringLower(id);
    }

    private static DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);
}
