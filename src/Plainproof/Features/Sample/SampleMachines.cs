using Plainproof.Facts;

namespace Plainproof.Features.Sample;

/// <summary>Two Linux machines and the database server of the made-up company.</summary>
internal static class SampleMachines
{
    public static SampleReading Host(SampleCalendar year, int ago, string name)
    {
        var scope = $"host:{name}";
        var isWeb = name == "web1";
        return new SampleReading("host", scope, "plainproof", "run the reading script over SSH")
            .With("host", ("core", new Host(name, "debian 12", "Debian GNU/Linux 12 (bookworm)", "6.1.0-40-amd64", HostForm.Virtual, year.Day(200), new DateOnly(2028, 6, 30))))
            .With("sshd", ("main", new SshServer("/etc/ssh/sshd_config", [22], ago >= 330 && !isWeb ? "yes" : "no", false, false, false, [], UsePam: true, MaxAuthTries: 4)))
            .With("account", Accounts(year, ago))
            .With("key", People(ago).Select(person => ($"{person.Login}/1", new AccountKey(
                Subjects.Of(scope, "account", person.Login), person.Login, AccountNature.Person, "ssh-ed25519", $"SHA256:sample{person.Login}", Comment: person.Email))))
            .With("privilege", People(ago).Select(person => ($"{person.Login}/sudo", new Privilege(
                Subjects.Of(scope, "account", person.Login), person.Login, "sudo", ["ops"], Full: true, AccountEnabled: SampleOffice.IsOn(person, ago))))
                .Prepend(("root/uid 0", new Privilege(Subjects.Of(scope, "account", "root"), "root", "uid 0", [], Full: true, AccountEnabled: true, BuiltIn: true))))
            .With("sudo", ("ops", new SudoRule("sudo", "%ops", AllCommands: true, NoPassword: isWeb && ago >= 262, [])), ("deploy", new SudoRule("sudo", "deploy", AllCommands: false, NoPassword: true, ["/usr/bin/systemctl restart ledger"])))
            .With("updates", ("core", new HostUpdates("apt", Automatic: isWeb || ago < 154, RestartKnown: true, AutomaticBy: "unattended-upgrades", Form: HostForm.Virtual)))
            .With("update", Waiting(ago, isWeb).Select(one => (one.Package, new PendingUpdate(one.Package, one.Installed))))
            .With("update", Waiting(ago, isWeb).Select(one => (one.Package, new UpdateAge(year.At(one.Out)))))
            .With("volume", ("root", new HostVolume("/", "/dev/mapper/root", "ext4", true, HostForm.Virtual, By: "LUKS")), isWeb
                ? ("files", new HostVolume("/srv/files", "/dev/mapper/files", "ext4", true, HostForm.Virtual, By: "LUKS"))
                : ("dump", new HostVolume("/srv/dump", "/dev/vdc1", "ext4", false, HostForm.Virtual)))
            .With("firewall", ("core", new HostFirewall(["nftables"], true, true, isWeb || ago < 210, HostForm.Virtual)))
            .With("listener", Listeners(ago, isWeb))
            .With("clock", ("core", new HostClock(true, "chrony", 0, HostForm.Virtual)))
            .With("logging", ("core", new HostLogging([$"rsyslog to logs.{Larkfield.Domain}:6514"], !isWeb || ago < 180, true, !isWeb || ago < 180 ? 41 : null, HostForm.Virtual)))
            .With("agent", ("core", new HostAgents(isWeb ? ["clamd"] : [], HostForm.Virtual)));
    }

    public static SampleReading Database(SampleCalendar year, int ago)
    {
        const string Scope = "postgresql:db1:5432";
        return new SampleReading("postgresql", Scope, "plainproof", "select from pg_roles, pg_hba_file_rules and pg_settings")
            .With("server", ("core", new DatabaseServer("PostgreSQL", "17.6", year.Day(200), new DateOnly(2029, 11, 8))))
            .With("server", ("core", new DatabaseTransport(true, true, ["10.20.0.12"], "scram-sha-256", "TLSv1.2")))
            .With("server", ("core", new DatabaseSessions([])))
            .With("rule", Rules(ago))
            .With("server", ("core", new DatabaseLogging(true, true, ago >= 100 ? "none" : "ddl", false, [], ["stderr"], true, [])))
            .With("server", ("core", new DatabaseArchive(true, true, "replica", false, ["db2"], year.At(ago + 1, 22.9))))
            .With("account",
                ("postgres", new Account("postgres", true, AccountNature.Service, BuiltIn: true)),
                ("ledger_app", new Account("ledger_app", true, AccountNature.Service)),
                ("pavel", new Account("pavel", true, AccountNature.Person, Email: Larkfield.Pavel.Email)))
            .With("privilege",
                ("postgres/superuser", new Privilege(Subjects.Of(Scope, "account", "postgres"), "postgres", "superuser", [], true, true, BuiltIn: true)),
                ("pavel/superuser", new Privilege(Subjects.Of(Scope, "account", "pavel"), "pavel", "superuser", [], true, true)));
    }

    private static IEnumerable<SamplePerson> People(int ago) =>
        new[] { Larkfield.Tobias, Larkfield.Pavel, Larkfield.Priya }.Where(person => person.Joined >= ago);

    private static IEnumerable<(string Id, Account Value)> Accounts(SampleCalendar year, int ago) =>
    [
        ("root", new Account("root", true, AccountNature.Service, BuiltIn: true)),
        ("deploy", new Account("deploy", true, AccountNature.Service, CreatedAt: year.At(900, 9))),
        .. People(ago).Select(person => (person.Login, new Account(person.Login, SampleOffice.IsOn(person, ago), AccountNature.Person, person.Name, person.Email))),
    ];

    /// <summary>In the third month an update waited too long on the database's machine.</summary>
    private static IEnumerable<(string Package, string Installed, int Out)> Waiting(int ago, bool isWeb)
    {
        if (!isWeb && ago is <= 287 and > 258)
            yield return ("openssl", "3.0.16-1", 288);
        if (isWeb && ago is 0 or 105)
            yield return ("nginx", "1.22.1-9", ago + 4);
    }

    /// <summary>Until the third month the database took connections from everywhere.</summary>
    private static IEnumerable<(string Id, HostListener Value)> Listeners(int ago, bool isWeb)
    {
        yield return ("tcp 22", new HostListener("tcp", "0.0.0.0", 22, false, "sshd"));
        if (isWeb)
            yield return ("tcp 443", new HostListener("tcp", "0.0.0.0", 443, false, "nginx"));
        else
            yield return ("tcp 5432", new HostListener("tcp", ago >= 273 ? "0.0.0.0" : "10.20.0.12", 5432, false, "postgres"));
    }

    private static IEnumerable<(string Id, DatabaseAuthRule Value)> Rules(int ago)
    {
        yield return ("1", new DatabaseAuthRule(1, "line 92", RuleReach.Local, ["all"], ["all"], "peer"));
        yield return ("2", new DatabaseAuthRule(2, "line 95", RuleReach.Encrypted, ["ledger"], ["ledger_app"], "scram-sha-256", "10.20.0.0/24"));
        if (ago >= 160)
            yield return ("3", new DatabaseAuthRule(3, "line 97", RuleReach.Any, ["all"], ["pavel"], "md5", "10.20.0.0/24"));
    }
}
