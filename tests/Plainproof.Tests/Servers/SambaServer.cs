using System.Text;
using Xunit;

namespace Plainproof.Tests.Servers;

/// <summary>
/// A real Active Directory domain controller (Samba) on its fixed ports, so there is only one at a time, and only root can start it.
/// It is provisioned once for all tests that ask for it (20 to 30 s) and filled while it is down.
/// </summary>
public sealed partial class SambaServer : IDisposable
{
    public const string Root = "DC=corp,DC=example,DC=test";

    /// <summary>An ordinary user with the rights that the source asks for.</summary>
    public const string Reader = "plainproof@corp.example.test";

    /// <summary>An ordinary user with no right beyond what every user has.</summary>
    public const string Ordinary = "ordinary@corp.example.test";

    /// <summary>A user whom the domain keeps from seeing sign-in times.</summary>
    public const string Blind = "blind@corp.example.test";

    private const string Password = "Read-0nly-password";
    private const string SchemaUpdates = "--option=dsdb:schema update allowed = true";

    private readonly FileStream _turn = Turn();
    private readonly TemporaryFolder _folder = new();
    private readonly Running _running;

    public SambaServer()
    {
        Certificates = TestCertificates.In(_folder, "dc");
        Running.Run(
            "/usr/bin/samba-tool", "domain", "provision", "--realm=CORP.EXAMPLE.TEST", "--domain=CORP", "--server-role=dc", "--dns-backend=NONE",
            "--adminpass=Adm1n-Pass.word", "--host-name=dc1", "--host-ip=127.0.0.1", $"--targetdir={_folder.File("s")}",
            "--option=interfaces = lo", "--option=bind interfaces only = yes");
        File.WriteAllText(Config, Settings());
        Load(SambaDomain.Schema, SchemaUpdates);
        Load(SambaDomain.SchemaUse, SchemaUpdates);
        Load(SambaDomain.People(Password));
        Running.Run("/usr/bin/ldbmodify", "-H", Directory.GetFiles(_folder.File("s", "private", "sam.ldb.d"), "DC*.ldb").Single(), _folder.Write("load.ldif", SambaDomain.Past));
        Grant("CN=Password Settings Container,CN=System", "plainproof", "(A;CI;GR;;;{0})");
        Grant("OU=Staff", "blind", "(OD;CIIO;RP;5f202010-79a5-11d0-9020-00c04fc2d4cf;bf967aba-0de6-11d0-a285-00aa003049e2;{0})");
        PasswordFile = _folder.Write("reader.pass", Password);
        _running = Running.Start("/usr/sbin/samba", ["-F", "--no-process-group", "-M", "single", "-s", Config, "--debug-stdout"]);
        _running.WaitForPort(636, seconds: 60);
    }

    internal TestCertificates Certificates { get; }

    public string PasswordFile { get; }

    /// <summary>Waits until no other test run on this machine has one. It is held until the file is closed, or the process ends.</summary>
    private static FileStream Turn()
    {
        for (var waited = 0; ; waited++)
        {
            try
            {
                return new FileStream(Path.Combine(Path.GetTempPath(), "plainproof-samba.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (waited < 1200)
            {
                Thread.Sleep(1000);
            }
        }
    }

    private string Config => _folder.File("s", "etc", "smb.conf");

    public string Source(string user = Reader, string more = "") =>
        $"directory=ldaps://127.0.0.1?user={user}&password-file={PasswordFile}&ca={Certificates.Authority}&timeout=60{more}";

    public void Dispose()
    {
        _running.Dispose();
        _folder.Dispose();
        _turn.Dispose();
    }

    private void Load(string ldif, params string[] options) =>
        Running.Run("/usr/bin/ldbmodify", ["-H", _folder.File("s", "private", "sam.ldb"), "--relax", .. options, _folder.Write("load.ldif", ldif)]);

    private void Grant(string at, string user, string rule)
    {
        var sid = Running.Run("/usr/bin/ldbsearch", "-H", _folder.File("s", "private", "sam.ldb"), $"(sAMAccountName={user})", "objectSid")
            .Split('\n').Single(line => line.StartsWith("objectSid: ", StringComparison.Ordinal))["objectSid: ".Length..].Trim();
        Running.Run(
            "/usr/bin/samba-tool", "dsacl", "set", "-s", Config, "-H", _folder.File("s", "private", "sam.ldb"), $"--objectdn={at},{Root}",
            "--action=allow", $"--sddl={string.Format(System.Globalization.CultureInfo.InvariantCulture, rule, sid)}");
    }

    private string Settings()
    {
        var at = _folder.File("s");
        return $"""
            [global]
                netbios name = DC1
                workgroup = CORP
                realm = CORP.EXAMPLE.TEST
                server role = active directory domain controller
                server services = rpc, ldap, cldap, kdc
                disable netbios = yes
                interfaces = lo
                bind interfaces only = yes
                lock directory = {at}
                state directory = {at}/state
                cache directory = {at}/cache
                private dir = {at}/private
                binddns dir = {at}/bind-dns
                pid directory = {at}/run
                ncalrpc dir = {at}/run/ncalrpc
                log file = {at}/log.%m
                tls enabled = yes
                tls keyfile = {Certificates.Key}
                tls certfile = {Certificates.Certificate}
                tls cafile = {Certificates.Authority}

            """;
    }
}

/// <summary>The tests that share the one domain controller.</summary>
[CollectionDefinition("samba")]
public sealed class SambaTests : ICollectionFixture<SambaServer>;

/// <summary>What the test domain holds: planted flaws beside healthy accounts.</summary>
internal static class SambaDomain
{
    public const int Many = 1600;

    private const string Root = SambaServer.Root;

    /// <summary>The attribute that Windows LAPS brings with it.</summary>
    public static string Schema => $"""
        dn: CN=ms-LAPS-PasswordExpirationTime,CN=Schema,CN=Configuration,{Root}
        changetype: add
        objectClass: attributeSchema
        attributeID: 1.2.840.113556.1.6.44.1.1
        attributeSyntax: 2.5.5.16
        oMSyntax: 65
        isSingleValued: TRUE
        lDAPDisplayName: msLAPS-PasswordExpirationTime
        adminDisplayName: ms-LAPS-PasswordExpirationTime
        schemaIDGUID:: {Convert.ToBase64String(new Guid("7e3f2b1a-58c4-4f6e-9d21-0a1b2c3d4e5f").ToByteArray())}

        """;

    public static string SchemaUse => $"""
        dn: CN=Computer,CN=Schema,CN=Configuration,{Root}
        changetype: modify
        add: mayContain
        mayContain: msLAPS-PasswordExpirationTime

        """;

    /// <summary>The master key was last changed 400 days ago, and dan is no new account. The directory's own door would not let us say so.</summary>
    public static string Past => $"dn: CN=krbtgt,CN=Users,{Root}\nchangetype: modify\nreplace: pwdLastSet\npwdLastSet: {DateTimeOffset.UtcNow.AddDays(-400).ToFileTime()}\n\n"
        + $"dn: CN=dan,OU=Staff,{Root}\nchangetype: modify\nreplace: whenCreated\nwhenCreated: 20240101000000.0Z\n\n";

    /// <summary>
    /// Ann, carl and con are well; bob left and is on; cleo left and is off; dan is idle; eve is nobody we know;
    /// nev, lax and pre have exceptions for their passwords; sql is a service; prim rules through a primary group.
    /// </summary>
    public static string People(string password)
    {
        var text = new StringBuilder($"dn: OU=Staff,{Root}\nchangetype: add\nobjectClass: organizationalUnit\n\n");
        text.Append(Person("ann", "Ann Lee", 0x200, 3)).Append(Person("bob", "Bob Ray", 0x200, 3)).Append(Person("carl", "Carl Poe", 0x200, 3))
            .Append(Person("cleo", "Cleo Fry", 0x202, 3)).Append(Person("con", "Con Day", 0x200, 3)).Append(Person("dan", "Dan Orr", 0x200, 300))
            .Append(Person("eve", "Eve Moss", 0x200, 3)).Append(Person("nev", "Nev Ash", 0x10200, 3)).Append(Person("lax", "Lax Bay", 0x220, 3))
            .Append(Person("pre", "Pre Cox", 0x400200, 3)).Append(Person("prim", "Prim Dee", 0x200, 3))
            .Append(Person("sql", "Sql Service", 0x10200, 3, "servicePrincipalName: MSSQL/db1"));
        foreach (var reader in new[] { "plainproof", "ordinary", "blind" })
            text.Append(Person(reader, reader, 0x200, 3, $"clearTextPassword:: {Convert.ToBase64String(Encoding.Unicode.GetBytes(password))}"));
        text.Append(Group("helpdesk", "CN=carl,OU=Staff", "CN=prim,OU=Staff")).Append(Group("it-ops", "CN=helpdesk,OU=Staff"));
        text.Append(Add("CN=helpdesk,OU=Staff", "member", "CN=it-ops,OU=Staff"));
        text.Append(Add("CN=Domain Admins,CN=Users", "member", "CN=ann,OU=Staff")).Append(Add("CN=Domain Admins,CN=Users", "member", "CN=it-ops,OU=Staff"));
        text.Append(Weak).Append(Computers()).Append(ManyMembers());
        text.Append($"dn: CN=Administrator,CN=Users,{Root}\nchangetype: modify\nreplace: lastLogonTimestamp\nlastLogonTimestamp: {DateTimeOffset.UtcNow.AddDays(-3).ToFileTime()}\n\n");
        return text.ToString();
    }

    /// <summary>Everyone but eve and the service accounts.</summary>
    public static string Roster()
    {
        var today = DateTimeOffset.UtcNow;
        var text = new StringBuilder("Display name;Email;Start date;Last day of work;Employment contract\n");
        foreach (var name in new[] { "Ann Lee", "Carl Poe", "Con Day", "Dan Orr", "Nev Ash", "Lax Bay", "Pre Cox", "Prim Dee" })
            text.Append($"{name};{name.Split(' ')[0].ToLowerInvariant()}@corp.example.test;2020-01-01;;{(name == "Con Day" ? "Contractor" : "Permanent")}\n");
        return text.Append($"Bob Ray;bob@corp.example.test;2020-01-01;{today.AddDays(-30):yyyy-MM-dd};Permanent\n")
            .Append($"Cleo Fry;cleo@corp.example.test;2020-01-01;{today.AddDays(-40):yyyy-MM-dd};Permanent\n").ToString();
    }

    private static string Weak => $"""
        dn: CN=weak,CN=Password Settings Container,CN=System,{Root}
        changetype: add
        objectClass: msDS-PasswordSettings
        msDS-PasswordSettingsPrecedence: 10
        msDS-PasswordReversibleEncryptionEnabled: FALSE
        msDS-PasswordHistoryLength: 2
        msDS-PasswordComplexityEnabled: FALSE
        msDS-MinimumPasswordLength: 6
        msDS-MinimumPasswordAge: 0
        msDS-MaximumPasswordAge: -9223372036854775808
        msDS-LockoutThreshold: 0
        msDS-LockoutObservationWindow: 0
        msDS-LockoutDuration: 0
        msDS-PSOAppliesTo: CN=helpdesk,OU=Staff,{Root}


        """;

    private static string Person(string name, string whole, int control, int daysAgo, string more = "") => $"""
        dn: CN={name},OU=Staff,{Root}
        changetype: add
        objectClass: user
        sAMAccountName: {name}
        displayName: {whole}
        givenName: {whole.Split(' ')[0]}
        sn: {whole.Split(' ')[^1]}
        mail: {name}@corp.example.test
        userPrincipalName: {name}@corp.example.test
        userAccountControl: {control}
        lastLogonTimestamp: {DateTimeOffset.UtcNow.AddDays(-daysAgo).ToFileTime()}
        {more}
        """.TrimEnd() + "\n\n";

    private static string Group(string name, params string[] members) =>
        $"dn: CN={name},OU=Staff,{Root}\nchangetype: add\nobjectClass: group\nsAMAccountName: {name}\n{string.Concat(members.Select(member => $"member: {member},{Root}\n"))}\n";

    private static string Add(string at, string attribute, string value) =>
        $"dn: {at},{Root}\nchangetype: modify\nadd: {attribute}\n{attribute}: {value},{Root}\n\n";

    private static string Computers()
    {
        var due = DateTimeOffset.UtcNow.AddDays(10).ToFileTime();
        string[] all = [Computer("PC1", 0x1000, 3, ""), Computer("PC2", 0x1000, 3, $"msLAPS-PasswordExpirationTime: {due}"), Computer("PC3", 0x1002, 3, ""), Computer("PC4", 0x1000, 300, $"msLAPS-PasswordExpirationTime: {due}")];
        return string.Concat(all);
    }

    private static string Computer(string name, int control, int daysAgo, string more) => $"""
        dn: CN={name},CN=Computers,{Root}
        changetype: add
        objectClass: computer
        sAMAccountName: {name}$
        userAccountControl: {control}
        operatingSystem: Windows 11 Pro
        lastLogonTimestamp: {DateTimeOffset.UtcNow.AddDays(-daysAgo).ToFileTime()}
        {more}
        """.TrimEnd() + "\n\n";

    /// <summary>A group of more members than the directory gives at once, in a group of operators. All of them are switched off.</summary>
    private static string ManyMembers()
    {
        var text = new StringBuilder($"dn: OU=Many,{Root}\nchangetype: add\nobjectClass: organizationalUnit\n\n");
        for (var i = 0; i < Many; i++)
            text.Append($"dn: CN=m{i},OU=Many,{Root}\nchangetype: add\nobjectClass: user\nsAMAccountName: m{i}\nuserAccountControl: 514\n\n");
        text.Append($"dn: CN=many,OU=Many,{Root}\nchangetype: add\nobjectClass: group\nsAMAccountName: many\n");
        for (var i = 0; i < Many; i++)
            text.Append($"member: CN=m{i},OU=Many,{Root}\n");
        return text.Append('\n').Append(Add("CN=Print Operators,CN=Builtin", "member", "CN=many,OU=Many")).ToString();
    }
}
