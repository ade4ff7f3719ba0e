using Plainproof.Tests.Servers;

namespace Plainproof.EndToEnd.World;

/// <summary>Two real PostgreSQL servers: one with flaws, one as it should be. Both are read by a role with the least rights.</summary>
internal sealed class PlantedDatabases : IDisposable
{
    private const string Password = "correct-horse-7";
    private readonly TemporaryFolder _folder = new();
    private readonly TestCertificates _certificates;

    public PlantedDatabases()
    {
        _certificates = TestCertificates.In(_folder);
        PasswordFile = _folder.Write("password", Password + "\n");
        Flawed = PostgresServer.Start(
            new Dictionary<string, string> { ["password_encryption"] = "md5", ["fsync"] = "off" },
            ["local all all peer", "host all postgres 127.0.0.1/32 scram-sha-256", "host all reader 127.0.0.1/32 md5", "host shop all 10.0.0.0/8 trust"]);
        Flawed.AddReader(Password);
        Flawed.Execute("select pg_switch_wal()");
        Sound = PostgresServer.StartSound(
            File.ReadAllText(_certificates.Certificate), File.ReadAllText(_certificates.Key), Password,
            ["local all all peer", "hostssl all all 0.0.0.0/0 scram-sha-256", "host all all 127.0.0.1/32 scram-sha-256"], new Dictionary<string, string> { ["fsync"] = "off" });
    }

    public PostgresServer Flawed { get; }

    public PostgresServer Sound { get; }

    public string PasswordFile { get; }

    public IEnumerable<string> Sources => [At(Flawed), At(Sound, $"&sslmode=verify-full&ca={_certificates.Authority}")];

    public IReadOnlyList<Flaw> Flaws =>
    [
        new("database-login-rules", ScopeOf(Flawed), "lets everyone in from 10.0.0.0/8"),
        new("database-login-rules", ScopeOf(Flawed), "accepts md5 passwords from 127.0.0.1/32"),
        new("database-password-storage", ScopeOf(Flawed), "md5"),
        new("database-logins-logged", ScopeOf(Flawed), "Sign-ins are not logged"),
        new("database-changes-logged", ScopeOf(Flawed), "log_statement is none"),
        new("database-archiving", ScopeOf(Flawed), "Archiving of the change log is off"),
    ];

    public string At(PostgresServer server, string more = "") => $"postgresql=postgresql://reader@localhost:{server.Port}/postgres?password-file={PasswordFile}{more}";

    public static string ScopeOf(PostgresServer server) => $"postgresql:localhost-{server.Port}";

    public void Dispose()
    {
        Flawed.Dispose();
        Sound.Dispose();
        _folder.Dispose();
    }
}
