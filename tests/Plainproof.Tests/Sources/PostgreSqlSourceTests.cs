using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Plainproof.Checks;
using Plainproof.Facts;
using Plainproof.Sources;
using Plainproof.Tests.Servers;
using Xunit;

namespace Plainproof.Tests.Sources;

/// <summary>Two real servers: one with every flaw planted, one as it should be.</summary>
public sealed class PostgreSqlServers : IDisposable
{
    internal const string Password = "correct-horse-7";

    private readonly (string Certificate, string Key) _tls = SelfSigned();

    public PostgreSqlServers()
    {
        File.WriteAllText(Folder.File("ca.pem"), _tls.Certificate);
        File.WriteAllText(Folder.File("password"), Password + "\n");
        Flawed = PostgresServer.Start(
            new Dictionary<string, string>
            {
                ["listen_addresses"] = "127.0.0.1,127.0.0.2",
                ["password_encryption"] = "md5",
                ["archive_mode"] = "on",
                ["archive_command"] = "false --token=hunter2-archive",
            },
            [
                "local all all peer", "local shop all trust", "host all postgres 127.0.0.1/32 scram-sha-256", "host all reader 127.0.0.1/32 md5",
                "host shop all 10.0.0.0/8 trust", "host shop all 192.0.2.0/24 password", "hostnossl all all 198.51.100.0/24 md5",
                "host shop all 203.0.113.0/24 ldap ldapserver=l.example.test ldapbasedn=\"dc=x\" ldapbinddn=\"cn=x\" ldapbindpasswd=hunter2-ldap",
            ]);
        Flawed.AddReader(Password);
        Flawed.Execute($"""
            create role blind login password '{Password}';
            create role ops nologin; grant pg_execute_server_program to ops;
            create role team nologin; grant ops to team;
            create role mallory login; grant team to mallory;
            create role boss superuser nologin; create role deputy login; grant boss to deputy;
            create role mirror login replication;
            create role app login valid until '2027-01-01';
            select pg_switch_wal();
            """);
        Sound = PostgresServer.StartSound(
            _tls.Certificate, _tls.Key, Password, ["local all all peer", "hostnossl all all 10.0.0.0/8 reject", "hostssl all all 0.0.0.0/0 scram-sha-256", "host all all 127.0.0.1/32 scram-sha-256"]);
        Sound.Execute("create table customers (secret text); insert into customers values ('row-of-a-customer')");
    }

    internal TemporaryFolder Folder { get; } = new();

    internal PostgresServer Flawed { get; }

    internal PostgresServer Sound { get; }

    internal string PasswordFile => Folder.File("password");

    internal string Authority => Folder.File("ca.pem");

    internal string At(PostgresServer server, string user = "reader", string more = "") =>
        $"postgresql=postgresql://{user}@localhost:{server.Port}/postgres?password-file={PasswordFile}{more}";

    public void Dispose()
    {
        Flawed.Dispose();
        Sound.Dispose();
        Folder.Dispose();
    }

    private static (string Certificate, string Key) SelfSigned()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }
}

public sealed class PostgreSqlSourceTests(PostgreSqlServers servers) : IClassFixture<PostgreSqlServers>
{
    [Fact]
    public async Task Every_planted_flaw_is_found_with_the_least_rights()
    {
        var reading = await Reading.OfAsync(servers.At(servers.Flawed));

        Assert.All(reading.Lines, line => Assert.Equal(Completeness.Complete, line.State));
        Assert.Equal(9, reading.Lines.Count);
        Assert.Equal(["reader"], reading.Principals);
        Assert.Equal($"postgresql:localhost-{servers.Flawed.Port}", reading.Scope);
        var failed = reading.Check("database-login-rules").Where(result => result.Outcome == Outcome.Fail).Select(result => result.Message).ToList();
        Assert.Equal(
            [
                "The rule at line 4 accepts md5 passwords from 127.0.0.1/32. They can be worked out from what is sent.",
                "The rule at line 5 lets everyone in from 10.0.0.0/8 without any password.",
                "The rule at line 6 takes passwords in clear text from 192.0.2.0/24.",
                "The rule at line 7 accepts md5 passwords from 198.51.100.0/24. They can be worked out from what is sent.",
                "The rule at line 8 sends passwords for ldap over connections that need not be encrypted.",
            ],
            failed);
        Assert.Equal(Outcome.NotApplicable, reading.Check("database-login-rules").Single(result => result.Subject.EndsWith("auth-rule/2", StringComparison.Ordinal)).Outcome);
        Assert.Equal(Outcome.Fail, Only(reading, "database-password-storage"));
        Assert.Equal(Outcome.Fail, Only(reading, "database-logins-logged"));
        Assert.Equal(Outcome.Fail, Only(reading, "database-changes-logged"));
        Assert.Equal(Outcome.Fail, Only(reading, "database-archiving"));
        Assert.Equal(Outcome.NotApplicable, Only(reading, "database-tls"));
        Assert.Equal(Outcome.Pass, Only(reading, "database-supported", new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero)));
        Assert.Equal(Outcome.Fail, Only(reading, "database-supported", new DateTimeOffset(2027, 11, 12, 0, 0, 0, TimeSpan.Zero)));
    }

    [Fact]
    public async Task Rights_are_followed_through_roles_in_roles()
    {
        var reading = await Reading.OfAsync(servers.At(servers.Flawed));

        var rights = reading.Of<Privilege>();
        var programs = Assert.Single(rights, right => right is { AccountName: "mallory" });
        Assert.Equal(("pg_execute_server_program", true, true), (programs.Right, programs.Full, programs.AccountEnabled));
        Assert.Equal(["team", "ops", "pg_execute_server_program"], programs.Through);
        Assert.Contains(rights, right => right is { AccountName: "deputy", Right: "superuser", Full: true, Through: ["boss"] });
        Assert.Contains(rights, right => right is { AccountName: "mirror", Right: "replication", Full: false, Through: [] });
        Assert.DoesNotContain(rights, right => right.AccountName is "reader" or "app" or "blind");
        var accounts = reading.Of<Account>().ToDictionary(account => account.Name);
        Assert.False(accounts["ops"].CanSignIn);
        Assert.True(accounts["app"] is { CanSignIn: true, Enabled: true, BuiltIn: false });
        Assert.True(accounts["postgres"].BuiltIn);
        Assert.Equal(accounts.Count, reading.Coverage<Account>().Read);
        Assert.False(reading.Facts.Single(fact => fact is { Value: AccountPassword, Subject: var subject } && subject.EndsWith("/app", StringComparison.Ordinal)).Value is AccountPassword { NeverExpires: true });
    }

    [Fact]
    public async Task No_sound_setting_is_accused()
    {
        var reading = await Reading.OfAsync(servers.At(servers.Sound, more: $"&sslmode=verify-full&ca={servers.Authority}"));

        Assert.All(reading.Lines, line => Assert.Equal(Completeness.Complete, line.State));
        foreach (var check in CheckLibrary.All.Where(check => check.Info.Id.StartsWith("database-", StringComparison.Ordinal)))
            Assert.All(reading.Check(check.Info.Id), result => Assert.True(result.Outcome is Outcome.Pass or Outcome.NotApplicable, $"{check.Info.Id}: {result.Message}"));
        Assert.Equal(Outcome.Pass, Only(reading, "database-tls"));
        Assert.Equal(Outcome.Pass, Only(reading, "database-plain-sessions"));
        Assert.Equal(Outcome.Pass, Only(reading, "database-archiving"));
    }

    [Fact]
    public async Task Secrets_and_rows_of_tables_are_never_asked_for()
    {
        var both = string.Join('\n', (await Reading.OfAsync(servers.At(servers.Flawed))).Kept.Concat((await Reading.OfAsync(servers.At(servers.Sound))).Kept));

        Assert.DoesNotContain("hunter2", both);
        Assert.DoesNotContain(PostgreSqlServers.Password, both);
        Assert.DoesNotContain("row-of-a-customer", both);
        Assert.Contains("ldap", both);
    }

    [Fact]
    public async Task A_fact_points_at_its_row_in_the_kept_answer()
    {
        var reading = await Reading.OfAsync(servers.At(servers.Flawed));

        var rule = reading.Facts.Single(fact => fact.Value is DatabaseAuthRule { Line: "line 5" });
        var kept = reading.Kept.Single(text => Digest.FromBytes(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text))) == rule.At.Blob);
        using var document = System.Text.Json.JsonDocument.Parse(kept);
        Assert.Equal("/rows/4", rule.At.Path);
        Assert.Equal("trust", document.RootElement.GetProperty("rows")[4].GetProperty("method").GetString());
    }

    [Fact]
    public async Task What_a_role_may_not_see_is_denied_and_the_rest_is_read()
    {
        servers.Sound.Execute($"create role blind login password '{PostgreSqlServers.Password}'");
        var blind = await Reading.OfAsync(servers.At(servers.Sound, user: "blind"));

        Assert.Equal(Completeness.Complete, blind.Coverage<DatabaseServer>().State);
        Assert.Equal(Completeness.Complete, blind.Coverage<Account>().State);
        Assert.Equal(Completeness.Complete, blind.Coverage<Privilege>().State);
        Assert.Equal(Completeness.Denied, blind.Coverage<DatabaseTransport>().State);
        Assert.Equal(Completeness.Denied, blind.Coverage<DatabaseLogging>().State);
        Assert.Equal("As an administrator, run: GRANT pg_read_all_stats TO plainproof;", blind.Coverage<DatabaseSessions>().Mend);
        Assert.Equal(Completeness.Denied, blind.Coverage<DatabaseArchive>().State);
        Assert.Equal(Completeness.Denied, blind.Coverage<DatabaseAuthRule>().State);
        Assert.Contains("GRANT EXECUTE ON FUNCTION pg_hba_file_rules()", blind.Coverage<DatabaseAuthRule>().Mend);
        Assert.All(blind.Check("database-login-rules"), result => Assert.Equal(Reason.NoPermission, result.Reason));

        servers.Sound.Execute("grant select on pg_hba_file_rules to blind; grant pg_read_all_settings to blind");
        var half = await Reading.OfAsync(servers.At(servers.Sound, user: "blind"));
        Assert.Equal(Completeness.Denied, half.Coverage<DatabaseAuthRule>().State);
        Assert.Equal(Completeness.Complete, half.Coverage<DatabaseLogging>().State);
        Assert.Equal(Completeness.Denied, half.Coverage<DatabaseSessions>().State);
    }

    [Fact]
    public async Task A_setting_that_is_set_apart_for_our_own_role_is_not_taken_for_the_servers()
    {
        servers.Sound.Execute($"create role odd login password '{PostgreSqlServers.Password}'; grant pg_read_all_settings to odd; alter role odd set log_statement = 'all'");

        var reading = await Reading.OfAsync(servers.At(servers.Sound, user: "odd"));

        Assert.Equal(Completeness.Partial, reading.Coverage<DatabaseLogging>().State);
        Assert.Contains("RESET log_statement", reading.Coverage<DatabaseLogging>().Mend);
        servers.Sound.Execute("drop role odd");
    }

    [Fact]
    public async Task A_certificate_nobody_vouches_for_and_a_server_without_tls_are_refused()
    {
        var untrusted = await Reading.OfAsync(servers.At(servers.Sound, more: "&sslmode=verify-full"));
        Assert.All(untrusted.Lines, line => Assert.Equal(Completeness.Unreachable, line.State));
        Assert.Contains("could not be trusted", untrusted.Lines[0].Why);

        var open = await Reading.OfAsync(servers.At(servers.Flawed, more: "&sslmode=verify-full"));
        Assert.All(open.Lines, line => Assert.Equal(Completeness.Unreachable, line.State));
        Assert.Contains("does not speak TLS", open.Lines[0].Why);
        Assert.Empty(open.Facts);
    }

    [Fact]
    public async Task A_wrong_password_a_missing_database_and_a_closed_port_are_told_apart()
    {
        servers.Folder.Write("wrong", "nope");
        var wrong = await Reading.OfAsync($"postgresql=postgresql://reader@localhost:{servers.Sound.Port}/postgres?password-file={servers.Folder.File("wrong")}");
        Assert.All(wrong.Lines, line => Assert.Equal((Completeness.Denied, true), (line.State, line.Why!.Contains("refused the password of reader", StringComparison.Ordinal))));

        var missing = await Reading.OfAsync(servers.At(servers.Sound).Replace("/postgres?", "/nowhere?", StringComparison.Ordinal));
        Assert.Contains("no database nowhere", missing.Lines[0].Why);

        var closed = await Reading.OfAsync($"postgresql=postgresql://reader@127.0.0.1:17399/postgres?password-file={servers.PasswordFile}");
        Assert.All(closed.Lines, line => Assert.Equal(Completeness.Unreachable, line.State));
    }

    [Fact]
    public async Task A_server_that_says_nothing_ends_in_a_timeout()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var clock = Stopwatch.StartNew();

        var reading = await Reading.OfAsync(
            $"postgresql=postgresql://reader@127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}/postgres?password-file={servers.PasswordFile}&timeout=2");

        Assert.All(reading.Lines, line => Assert.Equal(Completeness.TimedOut, line.State));
        Assert.Equal(9, reading.Lines.Count);
        Assert.InRange(clock.Elapsed.TotalSeconds, 1, 6);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(500)]
    [InlineData(900)]
    [InlineData(2500)]
    [InlineData(4000)]
    public async Task Half_an_answer_is_never_taken_for_the_whole(int bytes)
    {
        using var cut = new CutLine(servers.Sound.Port, bytes);

        var reading = await Reading.OfAsync(servers.At(servers.Sound, more: "&sslmode=disable&timeout=5").Replace($":{servers.Sound.Port}/", $":{cut.Port}/", StringComparison.Ordinal));

        Assert.Equal(9, reading.Lines.Select(line => line.Aspect).Distinct().Count());
        Assert.Equal(9, reading.Lines.Count);
        Assert.Contains(reading.Lines, line => line.State is Completeness.Unreachable or Completeness.TimedOut);
        Assert.DoesNotContain(reading.Lines, line => line is { State: Completeness.Complete, Read: 0 });
    }

    [Fact]
    public async Task Every_problem_with_the_address_is_told_at_once()
    {
        var wrong = await Assert.ThrowsAsync<BadTarget>(() => Reading.OfAsync("postgresql=postgresql://u:secret@h/db?sslmode=maybe&ca=/no/such/file"));
        Assert.Equal(3, wrong.Problems.Count);
        Assert.DoesNotContain("secret@", string.Join(' ', wrong.Problems));
        await Assert.ThrowsAsync<BadTarget>(() => Reading.OfAsync("postgresql=mysql://u@h/db"));
    }

    [Fact]
    public void Rights_are_printed_as_statements_that_work()
    {
        var grants = new SourceLibrary(TimeProvider.System).Find("postgresql")!.Info.Offers.SelectMany(offer => offer.Permissions).Select(permission => permission.Grant).Distinct().ToList();

        servers.Sound.Execute(string.Join('\n', grants));

        servers.Sound.Execute("drop owned by plainproof; drop role plainproof");
    }

    private static Outcome Only(Reading reading, string check, DateTimeOffset? asOf = null)
    {
        var results = reading.Check(check, asOf);
        return Assert.Single(results).Outcome;
    }

    /// <summary>Passes bytes to a server, and cuts the line after so many came back.</summary>
    private sealed class CutLine : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

        public CutLine(int to, int after)
        {
            _listener.Start();
            _ = Task.Run(async () =>
            {
                using var near = await _listener.AcceptTcpClientAsync();
                using var far = new TcpClient("127.0.0.1", to);
                var up = near.GetStream().CopyToAsync(far.GetStream());
                var buffer = new byte[64];
                for (var left = after; left > 0;)
                {
                    var read = await far.GetStream().ReadAsync(buffer.AsMemory(0, Math.Min(left, buffer.Length)));
                    await near.GetStream().WriteAsync(buffer.AsMemory(0, read));
                    left -= read;
                }
            });
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public void Dispose() => _listener.Dispose();
    }
}
