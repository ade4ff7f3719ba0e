using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Npgsql;

namespace Plainproof.Sources.PostgreSql;

/// <summary>Where and how to connect, from <c>postgresql://USER@HOST[:PORT]/DB</c> and options.</summary>
internal sealed record PostgreSqlTarget(
    string Host, int Port, string Database, string User, SslMode Tls, string? Authority, string? Certificate, string? Key, int Seconds, string? Socket)
{
    /// <summary>Certificates as text; null when they are files of this machine, or none.</summary>
    public PastedCertificates? Pasted { get; private init; }

    private static readonly Dictionary<string, SslMode> Modes = new(StringComparer.Ordinal)
    {
        ["disable"] = SslMode.Disable,
        ["prefer"] = SslMode.Prefer,
        ["require"] = SslMode.Require,
        ["verify-ca"] = SslMode.VerifyCA,
        ["verify-full"] = SslMode.VerifyFull,
    };

    public string Scope => $"postgresql:{Host}-{Port}";

    /// <summary>True when no network lies between, so that TLS protects nothing.</summary>
    private static bool IsNear(string host, string? socket) =>
        socket is not null || host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    public static PostgreSqlTarget Of(Target target)
    {
        var problems = new List<string>();
        if (!Uri.TryCreate(target.Address, UriKind.Absolute, out var uri) || uri.Scheme is not ("postgresql" or "postgres") || uri.Host.Length == 0)
            throw new BadTarget($"{target.AsTyped}: the address must look like postgresql://USER@HOST:PORT/DATABASE.");
        if (uri.UserInfo.Contains(':'))
            problems.Add("postgresql: a password does not belong in the address, where others can see it. Use password-file=PATH or password-env=VARIABLE.");
        if (uri.UserInfo.Length == 0)
            problems.Add("postgresql: the address has no user. Write postgresql://USER@HOST/DATABASE.");
        if (target.Option("sslmode") is { } typed && !Modes.ContainsKey(typed))
            problems.Add($"postgresql: sslmode={typed} is not known. Use one of {string.Join(", ", Modes.Keys)}.");
        foreach (var file in new[] { "ca", "certificate", "key" })
            if (target.Option(file) is { } path && !File.Exists(path))
                problems.Add($"postgresql: {file}={path} is not a file that can be read. Check the path.");
        var seconds = Limit(target, problems);
        var pasted = PastedCertificates.Of(target, problems);
        if (problems.Count > 0)
            throw new BadTarget(problems);

        var (host, socket) = (uri.IdnHost, target.Option("socket"));
        var database = Uri.UnescapeDataString(uri.AbsolutePath.Trim('/'));
        return new PostgreSqlTarget(
            host, uri.Port > 0 ? uri.Port : 5432, database.Length > 0 ? database : "postgres", Uri.UnescapeDataString(uri.UserInfo),
            target.Option("sslmode") is { } mode ? Modes[mode] : IsNear(host, socket) ? SslMode.Prefer : SslMode.VerifyFull,
            target.Option("ca"), target.Option("certificate"), target.Option("key"), seconds, socket)
        { Pasted = pasted };
    }

    /// <summary>A connection that is not open yet.</summary>
    /// <param name="password">Null when the server needs none (a certificate, peer).</param>
    public NpgsqlConnection Connect(string? password)
    {
        if (Pasted is null)
            return new NpgsqlConnection(Connection(password));
        var builder = new NpgsqlDataSourceBuilder(Connection(password));
        if (Pasted.Roots is { } roots)
            builder.UseRootCertificates(roots);
        builder.UseSslClientAuthenticationOptionsCallback(tls => tls.ClientCertificates = Pasted.Own is { } own ? [own] : []);
        return builder.Build().CreateConnection();
    }

    private static string Nowhere => OperatingSystem.IsWindows() ? "NUL" : "/dev/null";

    private string Connection(string? password)
    {
        var words = new NpgsqlConnectionStringBuilder
        {
            Host = Socket ?? Host.Trim('[', ']'),
            Port = Port,
            Database = Database,
            Username = User,
            SslMode = Socket is null ? Tls : SslMode.Disable,
            RootCertificate = Authority,
            SslCertificate = Certificate,
            SslKey = Key,
            Timeout = Seconds,
            CommandTimeout = Seconds,
            CancellationTimeout = 2000,
            Pooling = false,
            MaxAutoPrepare = 0,
            ApplicationName = "plainproof",
            IncludeErrorDetail = false,
        };
        if (password is not null)
            words.Password = password;
        if (Pasted is not null)
        {
            words.Passfile = Nowhere; // The passwords of this machine's account are not for what somebody fills in on a page,
            words.Password ??= "none"; // nor is the one in PGPASSWORD.
        }

        if (!IsNear(Host, Socket) && Tls < SslMode.Require)
            words.RequireAuth = "!Password"; // An open line must never carry the password itself.
        return words.ConnectionString;
    }

    private static int Limit(Target target, List<string> problems)
    {
        try
        {
            return target.Number("timeout", 20, 1, 600);
        }
        catch (BadTarget e)
        {
            problems.AddRange(e.Problems);
            return 20;
        }
    }
}

/// <summary>What was pasted on a page in place of files. There for every target that was filled in, also when nothing was pasted.</summary>
/// <param name="Roots">Authorities that may have signed the server's certificate; null takes those of this machine.</param>
/// <param name="Own">Our certificate with its key.</param>
internal sealed record PastedCertificates(X509Certificate2Collection? Roots, X509Certificate2? Own)
{
    public static PastedCertificates? Of(Target target, List<string> problems)
    {
        if (!target.IsFilled)
            return null;
        if (target.Pasted("certificate") is null != target.Pasted("key") is null)
            problems.Add("postgresql: a client certificate and its key belong together. Paste both, or neither.");
        return new PastedCertificates(
            Read("ca", target.Pasted("ca"), RootsIn, problems),
            target.Pasted("key") is { } key ? Read("certificate", target.Pasted("certificate"), pem => OwnIn(pem, key), problems) : null);
    }

    private static X509Certificate2Collection RootsIn(string pem)
    {
        var roots = new X509Certificate2Collection();
        roots.ImportFromPem(pem);
        return roots.Count > 0 ? roots : throw new CryptographicException("It holds no certificate.");
    }

    private static X509Certificate2 OwnIn(string pem, string key) => X509Certificate2.CreateFromPem(pem, key);

    private static T? Read<T>(string option, string? pem, Func<string, T> read, List<string> problems) where T : class
    {
        try
        {
            return pem is null ? null : read(pem);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            problems.Add($"postgresql: what was pasted for {option} cannot be read: {e.Message} Paste the whole text, from -----BEGIN to -----END.");
            return null;
        }
    }
}
