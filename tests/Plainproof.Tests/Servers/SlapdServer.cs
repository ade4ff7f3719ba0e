namespace Plainproof.Tests.Servers;

/// <summary>A real OpenLDAP on ports of its own, filled before it starts.</summary>
internal sealed class SlapdServer : IDisposable
{
    public const string Suffix = "dc=ex,dc=test";
    public const string Reader = "cn=plainproof,dc=ex,dc=test";
    public const string ReaderPassword = "read-only-1";

    /// <summary>Reads what the manual of the source asks for, and nothing else.</summary>
    public const string LeastRights = $"""
        access to attrs=userPassword by anonymous auth by * none
        access to * by dn.exact="{Reader}" read by * none
        limits dn.exact="{Reader}" size=unlimited
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly Running _running;

    private SlapdServer(string ldif, string database, string overlays, bool withPolicies)
    {
        Certificates = TestCertificates.In(_folder);
        PlainPort = Running.FreePort();
        TlsPort = Running.FreePort();
        Directory.CreateDirectory(_folder.File("db"));
        var config = _folder.Write("slapd.conf", Config(database, overlays, withPolicies));
        Running.Run("/usr/sbin/slapadd", "-q", "-f", config, "-l", _folder.Write("data.ldif", ldif));
        _running = Running.Start("/usr/sbin/slapd", ["-d", "0", "-h", $"ldap://127.0.0.1:{PlainPort}/ ldaps://127.0.0.1:{TlsPort}/", "-f", config]);
        _running.WaitForPort(TlsPort);
        PasswordFile = _folder.Write("reader.pass", ReaderPassword + "\n");
    }

    public int PlainPort { get; }

    public int TlsPort { get; }

    public TestCertificates Certificates { get; }

    public string PasswordFile { get; }

    public static SlapdServer Start(string ldif, string database = LeastRights, string overlays = "overlay lastbind", bool withPolicies = true) =>
        new(Base + ldif, database, overlays, withPolicies);

    public string Source(string more = "") =>
        $"directory=ldaps://127.0.0.1:{TlsPort}?user={Reader}&password-file={PasswordFile}&ca={Certificates.Authority}&base={Suffix}&default-policy=cn=default,ou=policies,{Suffix}{more}";

    public string Write(string name, string text) => _folder.Write(name, text);

    /// <summary>A person as an administrator would enter one.</summary>
    public static string Person(string uid, string name, string more = "") => $"""

        dn: uid={uid},ou=people,{Suffix}
        objectClass: inetOrgPerson
        uid: {uid}
        cn: {name}
        sn: {name.Split(' ')[^1]}
        givenName: {name.Split(' ')[0]}
        userPassword: a-long-password-of-{uid}
        {more}

        """.Replace("\n\n\n", "\n\n");

    public void Dispose()
    {
        _running.Dispose();
        _folder.Dispose();
    }

    private const string Base = $"""
        dn: {Suffix}
        objectClass: dcObject
        objectClass: organization
        dc: ex
        o: Example

        dn: ou=people,{Suffix}
        objectClass: organizationalUnit
        ou: people

        dn: ou=groups,{Suffix}
        objectClass: organizationalUnit
        ou: groups

        dn: ou=policies,{Suffix}
        objectClass: organizationalUnit
        ou: policies

        dn: {Reader}
        objectClass: organizationalRole
        objectClass: simpleSecurityObject
        cn: plainproof
        userPassword: {ReaderPassword}


        """;

    private string Config(string database, string overlays, bool withPolicies) => $"""
        include /etc/ldap/schema/core.schema
        include /etc/ldap/schema/cosine.schema
        include /etc/ldap/schema/inetorgperson.schema
        include /etc/ldap/schema/nis.schema
        modulepath /usr/lib/ldap
        moduleload back_mdb
        {(withPolicies ? "moduleload ppolicy" : "")}
        moduleload lastbind
        pidfile {_folder.File("slapd.pid")}
        TLSCACertificateFile {Certificates.Authority}
        TLSCertificateFile {Certificates.Certificate}
        TLSCertificateKeyFile {Certificates.Key}
        database mdb
        maxsize 268435456
        suffix "{Suffix}"
        rootdn "cn=admin,{Suffix}"
        rootpw admin
        directory {_folder.File("db")}
        {database}
        {(withPolicies ? $"overlay ppolicy\nppolicy_default \"cn=default,ou=policies,{Suffix}\"" : "")}
        {overlays}

        """;
}
