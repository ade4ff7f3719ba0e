using System.Diagnostics;
using System.Security.Cryptography;
using Npgsql;

namespace Plainproof.Tests.Servers;

/// <summary>
/// A real PostgreSQL on loopback with a folder of its own. It ends with the test process, also when that is killed:
/// the shell around it waits for its input to close, then stops the server and removes the folder.
/// </summary>
internal sealed class PostgresServer : IDisposable
{
    private const string Around = """
        "$1/postgres" -D "$2" -k "$2" >"$2/server.log" 2>&1 &
        server=$!
        cat >/dev/null
        kill -QUIT $server
        wait $server
        rm -rf "$2"
        """;

    private static readonly Lazy<PostgresServer> One = new(StartShared);
    private static int s_databases;
    private readonly Process? _around;

    private PostgresServer(Process? around, string folder, string connectionString)
    {
        (_around, Folder, ConnectionString) = (around, folder, connectionString);
        Port = new NpgsqlConnectionStringBuilder(connectionString).Port;
    }

    /// <summary>One server for the whole test run: the one that <c>PLAINPROOF_TEST_POSTGRES</c> names, or a private one.</summary>
    public static PostgresServer Shared => One.Value;

    /// <summary>As superuser, to the database <c>postgres</c>.</summary>
    public string ConnectionString { get; }

    public int Port { get; }

    /// <summary>The server's data folder; empty when the server is not ours.</summary>
    public string Folder { get; }

    /// <summary>What the server wrote to its log.</summary>
    public string Said => File.Exists(Path.Combine(Folder, "server.log")) ? File.ReadAllText(Path.Combine(Folder, "server.log")) : "";

    /// <summary>Starts a server of its own. Dispose stops it.</summary>
    /// <param name="settings">Lines of postgresql.conf, such as <c>ssl</c> = <c>on</c>; they win over ours.</param>
    /// <param name="hbaLines">All of pg_hba.conf; by default scram-sha-256 for everyone on loopback. The superuser must get in.</param>
    /// <param name="files">Files to lay into the data folder, such as <c>server.crt</c> and <c>server.key</c>; mode 0600.</param>
    /// <param name="port">Zero takes any free port.</param>
    public static PostgresServer Start(
        IReadOnlyDictionary<string, string>? settings = null, IEnumerable<string>? hbaLines = null,
        IReadOnlyDictionary<string, string>? files = null, int port = 0)
    {
        var folder = Directory.CreateTempSubdirectory("plainproof-pg-").FullName;
        var password = RandomNumberGenerator.GetHexString(24, lowercase: true);
        port = port == 0 ? Running.FreePort() : port;
        Prepare(folder, password);
        Configure(folder, port, settings, hbaLines, files);
        var around = Process.Start(AsPostgres(["sh", "-c", Around, "sh", Programs(), folder], keepInput: true))!;
        var server = new PostgresServer(around, folder, $"Host=127.0.0.1;Port={port};Username=postgres;Password={password};Database=postgres;Include Error Detail=true");
        server.WaitUntilItAnswers();
        return server;
    }

    /// <summary>
    /// A server as it should be: encrypted, sign-ins and changes logged, its change log copied away. The role <c>reader</c> may read what the
    /// manual of the source asks for, and nothing else.
    /// </summary>
    /// <param name="more">Settings that win over these.</param>
    public static PostgresServer StartSound(
        string certificate, string key, string readerPassword, IEnumerable<string> hbaLines, IReadOnlyDictionary<string, string>? more = null)
    {
        var settings = new Dictionary<string, string>
        {
            ["ssl"] = "on",
            ["ssl_cert_file"] = "server.crt",
            ["ssl_key_file"] = "server.key",
            ["log_connections"] = "on",
            ["log_disconnections"] = "on",
            ["logging_collector"] = "on",
            ["shared_preload_libraries"] = "pgaudit",
            ["pgaudit.log"] = "ddl, role",
            ["archive_mode"] = "on",
            ["archive_command"] = "true",
        };
        foreach (var (name, value) in more ?? new Dictionary<string, string>())
            settings[name] = value;
        var server = Start(settings, hbaLines, new Dictionary<string, string> { ["server.crt"] = certificate, ["server.key"] = key });
        server.AddReader(readerPassword);
        server.Execute("select pg_switch_wal()");
        return server;
    }

    /// <summary>Makes the role <c>reader</c> with the least rights.</summary>
    public void AddReader(string password) => Execute($"""
        create role reader login password '{password}';
        grant pg_read_all_settings, pg_read_all_stats to reader;
        grant select on pg_hba_file_rules to reader;
        grant execute on function pg_hba_file_rules() to reader;
        """);

    /// <summary>A connection string to a fresh, empty database of this server, as superuser.</summary>
    public string NewDatabase() => NewDatabase("");

    /// <summary>A copy of a database of this server that nobody uses, with all that is in it.</summary>
    public string CopyOf(string connectionString) => NewDatabase($" TEMPLATE {new NpgsqlConnectionStringBuilder(connectionString).Database}");

    /// <summary>Drops a database that <see cref="NewDatabase"/> gave, whoever still uses it.</summary>
    public void Drop(string connectionString) =>
        Execute($"DROP DATABASE {new NpgsqlConnectionStringBuilder(connectionString).Database} WITH (FORCE)");

    public string ConnectTo(string database, string? user = null, string? password = null)
    {
        var to = new NpgsqlConnectionStringBuilder(ConnectionString) { Database = database };
        if (user is not null)
            (to.Username, to.Password) = (user, password);
        return to.ConnectionString;
    }

    public void Execute(string sql, string? connectionString = null)
    {
        using var connection = new NpgsqlConnection((connectionString ?? ConnectionString) + ";Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        if (_around is null)
            return;
        _around.StandardInput.Close();
        if (!_around.WaitForExit(15_000))
            _around.Kill(entireProcessTree: true);
        _around.Dispose();
    }

    private string NewDatabase(string more)
    {
        var name = $"test_{Environment.ProcessId}_{Interlocked.Increment(ref s_databases)}";
        Execute($"CREATE DATABASE {name}{more}");
        return ConnectTo(name);
    }

    private static PostgresServer StartShared()
    {
        if (Environment.GetEnvironmentVariable("PLAINPROOF_TEST_POSTGRES") is { Length: > 0 } theirs)
            return new PostgresServer(null, "", theirs);
        var server = Start(new Dictionary<string, string> { ["fsync"] = "off", ["max_connections"] = "200" });
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Dispose();
        return server;
    }

    private static void Prepare(string folder, string password)
    {
        var passwordFile = Path.GetTempFileName();
        try
        {
            File.WriteAllText(passwordFile, password);
            if (Environment.IsPrivilegedProcess)
                Running.Run("chown", "postgres", folder, passwordFile);
            RunAsPostgres(Path.Combine(Programs(), "initdb"), "-D", folder, "-U", "postgres", "-A", "scram-sha-256", $"--pwfile={passwordFile}",
                "--locale=C.UTF-8", "-E", "UTF8", "-N");
        }
        finally
        {
            File.Delete(passwordFile);
        }
    }

    private static void Configure(
        string folder, int port, IReadOnlyDictionary<string, string>? settings, IEnumerable<string>? hbaLines, IReadOnlyDictionary<string, string>? files)
    {
        var all = new Dictionary<string, string> { ["port"] = $"{port}", ["listen_addresses"] = "127.0.0.1" };
        foreach (var (name, value) in settings ?? new Dictionary<string, string>())
            all[name] = value;
        File.AppendAllLines(Path.Combine(folder, "postgresql.conf"), all.Select(one => $"{one.Key} = '{one.Value.Replace("'", "''", StringComparison.Ordinal)}'"));
        File.WriteAllLines(Path.Combine(folder, "pg_hba.conf"), hbaLines ?? ["local all all scram-sha-256", "host all all 127.0.0.1/32 scram-sha-256"]);
        foreach (var (name, text) in files ?? new Dictionary<string, string>())
        {
            var path = Path.Combine(folder, name);
            File.WriteAllText(path, text);
            Running.Run("chmod", "600", path);
            if (Environment.IsPrivilegedProcess)
                Running.Run("chown", "postgres", path);
        }
    }

    private static void RunAsPostgres(params string[] command)
    {
        using var process = Process.Start(AsPostgres(command, keepInput: false))!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{string.Join(' ', command)} ended with {process.ExitCode}:\n{output}\n{errors.Result}");
    }

    /// <summary>PostgreSQL refuses to run as root, so root becomes the user postgres first.</summary>
    private static ProcessStartInfo AsPostgres(string[] command, bool keepInput)
    {
        string[] whole = Environment.IsPrivilegedProcess ? ["runuser", "-u", "postgres", "--", .. command] : command;
        return new ProcessStartInfo(whole[0], whole[1..])
        {
            WorkingDirectory = "/",
            RedirectStandardInput = keepInput,
            RedirectStandardOutput = !keepInput,
            RedirectStandardError = !keepInput,
        };
    }

    private static string Programs() =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin")).First(bin => File.Exists(Path.Combine(bin, "initdb")))
            : throw new InvalidOperationException("PostgreSQL is not installed here. Run: apt-get install postgresql, or set PLAINPROOF_TEST_POSTGRES.");

    private void WaitUntilItAnswers()
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                Execute("SELECT 1");
                return;
            }
            catch (NpgsqlException e)
            {
                if (waited.Elapsed.TotalSeconds > 30 || _around!.HasExited)
                    throw new InvalidOperationException($"PostgreSQL did not start on port {Port}; what starts it {(_around!.HasExited ? $"ended with {_around.ExitCode}" : "still runs")}. It said:\n{Said}", e);
                Thread.Sleep(50);
            }
        }
    }
}
