using System.Net;
using Npgsql;

namespace Plainproof.Sources.PostgreSql;

/// <summary>Where and how to connect, from <c>postgresql://USER@HOST[:PORT]/DB</c> and options.</summary>
internal sealed record PostgreSqlTarget(
    string Host, int Port, string Database, string User, SslMode Tls, string? Authority, string? Certificate, string? Key, int Seconds, string? Socket)
{
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
        if (problems.Count > 0)
            throw new BadTarget(problems);

        var (host, socket) = (uri.IdnHost, target.Option("socket"));
        var database = Uri.UnescapeDataString(uri.AbsolutePath.Trim('/'));
        return new PostgreSqlTarget(
            host, uri.Port > 0 ? uri.Port : 5432, database.Length > 0 ? database : "postgres", Uri.UnescapeDataString(uri.UserInfo),
            target.Option("sslmode") is { } mode ? Modes[mode] : IsNear(host, socket) ? SslMode.Prefer : SslMode.VerifyFull,
            target.Option("ca"), target.Option("certificate"), target.Option("key"), seconds, socket);
    }

    /// <param name="password">Null when the server needs none (a certificate, peer).</param>
    public string Connection(string? password)
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
