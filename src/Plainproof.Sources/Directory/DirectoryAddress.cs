using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Plainproof.Sources.Directories;

internal enum Protection
{
    Tls,
    StartTls,

    /// <summary>Passwords travel readable. Only when the person asked for it in so many words.</summary>
    None,
}

/// <summary>Where the directory is and how to sign in, checked as a whole before anything is tried.</summary>
internal sealed record DirectoryAddress(
    string Host, int Port, Protection Protection, string User, string Password, string? Base,
    X509Certificate2Collection? Trust, int PageSize, TimeSpan Timeout, IReadOnlyList<string> AdministratorGroups, string? DefaultPolicy)
{
    public string Text => $"{Host}:{Port}";

    /// <summary>The part of the scope after the colon: the domain, or the branch when only a branch is read.</summary>
    public string Domain =>
        (Base is { } given && (DomainOf(given) ?? given.ToLowerInvariant()) is { Length: > 0 } ofBase ? ofBase
            : User.Contains('@') ? User[(User.LastIndexOf('@') + 1)..].ToLowerInvariant()
            : DomainPartOf(User) is { Length: > 0 } ofUser ? ofUser
            : Host.ToLowerInvariant()).Replace('/', '_');

    /// <exception cref="BadTarget">Lists every problem at once.</exception>
    public static DirectoryAddress Parse(Target target)
    {
        var problems = new List<string>();
        var (host, port, secure) = ParseUri(target, problems);
        var protection = ParseProtection(target, secure, problems);
        var user = target.Option("user") ?? "";
        if (user.Length == 0)
            problems.Add($"{target.Source}: user= is needed: the name of a read-only account, as user@domain or as a distinguished name.");
        var password = Try(() => target.Secret("password"), problems) ?? "";
        if (password.Length == 0)
            problems.Add($"{target.Source}: the password is empty. Put it in the file named by password-file=PATH. A directory takes an empty one for 'anonymous'.");
        var trust = ParseTrust(target, problems);
        var pageSize = Try(() => target.Number("page-size", 1000, 1, 5000), problems);
        var timeout = Try(() => target.Number("timeout", 20, 1, 600), problems);
        var groups = (target.Option("admin-groups") ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return problems.Count > 0
            ? throw new BadTarget(problems)
            : new DirectoryAddress(host, port, protection, user, password, target.Option("base"), trust, pageSize, TimeSpan.FromSeconds(timeout), groups, target.Option("default-policy"));
    }

    /// <summary><c>dc=corp,dc=example</c> as <c>corp.example</c>; null when the name holds anything else.</summary>
    public static string? DomainOf(string name)
    {
        var parts = name.Split(',', StringSplitOptions.TrimEntries);
        return parts.All(part => part.StartsWith("dc=", StringComparison.OrdinalIgnoreCase)) ? DomainPartOf(name) : null;
    }

    private static string DomainPartOf(string name) => string.Join('.', name.Split(',', StringSplitOptions.TrimEntries)
        .Where(part => part.StartsWith("dc=", StringComparison.OrdinalIgnoreCase))
        .Select(part => part[3..].ToLowerInvariant()));

    private static (string Host, int Port, bool Secure) ParseUri(Target target, List<string> problems)
    {
        if (Uri.TryCreate(target.Address, UriKind.Absolute, out var uri) && uri.Scheme is "ldap" or "ldaps" && uri.Host.Length > 0 && uri.AbsolutePath is "/" or "")
        {
            var secure = uri!.Scheme == "ldaps";
            return (uri.IdnHost.Trim('[', ']'), uri.Port > 0 ? uri.Port : secure ? 636 : 389, secure);
        }

        problems.Add($"{target.Source}: '{target.Address}' is no address of a directory. Write ldaps://HOST or ldaps://HOST:PORT, and the branch as base=DN.");
        return ("", 0, true);
    }

    private static Protection ParseProtection(Target target, bool secure, List<string> problems)
    {
        var (start, plain) = (target.Option("starttls") == "true", target.Option("plain") == "true");
        if (secure && (start || plain))
            problems.Add($"{target.Source}: ldaps:// is encrypted from the start. Leave out starttls and plain, or write ldap://.");
        if (!secure && start == plain)
            problems.Add($"{target.Source}: ldap:// sends the password readable. Write ldaps://, or add starttls=true. Only on a test machine add plain=true.");
        return secure ? Protection.Tls : start ? Protection.StartTls : Protection.None;
    }

    private static X509Certificate2Collection? ParseTrust(Target target, List<string> problems)
    {
        var pasted = target.Pasted("ca");
        if ((pasted is null ? target.Option("ca") : "what was pasted") is not { } path)
            return null;
        var trust = new X509Certificate2Collection();
        try
        {
            if (pasted is null)
                trust.ImportFromPemFile(path);
            else
                trust.ImportFromPem(pasted);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            problems.Add($"{target.Source}: cannot read ca={path}: {e.Message}");
            return null;
        }

        if (trust.Count == 0)
            problems.Add($"{target.Source}: ca={path} holds no certificate. It must be a PEM file that starts with -----BEGIN CERTIFICATE-----.");
        return trust;
    }

    private static T? Try<T>(Func<T> read, List<string> problems)
    {
        try
        {
            return read();
        }
        catch (BadTarget e)
        {
            problems.AddRange(e.Problems);
            return default;
        }
    }

    /// <summary>Names the server for the TLS check; an address stays an address.</summary>
    public string TlsName => IPAddress.TryParse(Host, out var address) ? address.ToString() : Host;
}
