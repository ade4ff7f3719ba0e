namespace Plainproof.Sources.Host;

/// <summary>Where a host is, and who asks.</summary>
internal sealed record HostAddress(
    string Host, int Port, string User, int TimeoutSeconds, IReadOnlyList<string> KeyFiles, string? Password, string? Passphrase,
    string? Fingerprint, IReadOnlyList<string> KnownHostsFiles)
{
    /// <summary>A private key as text, when it was given on a page.</summary>
    public string? KeyText { get; private init; }

    /// <summary>Lines of known_hosts, when they were given on a page.</summary>
    public string? KnownText { get; private init; }

    private const int UsualPort = 22;
    private const int UsualTimeout = 20;

    public string Scope => Port == UsualPort ? $"host:{Host}" : $"host:{Host}:{Port}";

    public static int TimeoutOf(Target target) => target.Number("timeout", UsualTimeout, 1, 600);

    /// <summary>Null for this host.</summary>
    /// <exception cref="BadTarget">Lists every problem at once.</exception>
    public static HostAddress? Of(Target target)
    {
        if (target.Address is null)
            return null;
        if (!Uri.TryCreate(target.Address, UriKind.Absolute, out var uri) || uri.Scheme != "ssh" || uri.Host.Length == 0 || uri.AbsolutePath is not ("" or "/"))
            throw new BadTarget($"host: '{target.Address}' is not an address of a host. Write ssh://USER@HOST[:PORT], or leave it out to read this host.");
        var problems = new List<string>();
        if (uri.UserInfo.Length == 0)
            problems.Add($"host: the address names no user. Write ssh://USER@{uri.Host}.");
        if (uri.UserInfo.Contains(':', StringComparison.Ordinal))
            problems.Add("host: a password does not belong in the address, where others can see it. Use password-file=PATH or password-env=VARIABLE.");
        if (problems.Count > 0)
            throw new BadTarget(problems);
        return new HostAddress(
            uri.IdnHost.Trim('[', ']').ToLowerInvariant(), uri.Port < 0 ? UsualPort : uri.Port, Uri.UnescapeDataString(uri.UserInfo), TimeoutOf(target),
            [], null, null, target.Option("fingerprint"), KnownFiles(target))
        { KnownText = target.Pasted("known-hosts") };
    }

    /// <summary>Adds what opens the door. Reads files, so only when a connection is about to be made.</summary>
    public HostAddress WithWays(Target target)
    {
        var password = target.Secret("password");
        if (target.IsFilled)
            return WithGiven(target, password);
        IReadOnlyList<string> keys = target.Option("key-file") is { } named ? [named] : password is null ? [.. UsualKeys().Where(File.Exists)] : [];
        if (keys.Count == 0 && password is null)
            throw new BadTarget($"host: nothing opens ssh://{User}@{Host}. Give a key with key-file=PATH, or a password with password-file=PATH.");
        return this with { KeyFiles = keys, Password = password, Passphrase = target.Secret("passphrase") };
    }

    /// <summary>Only what was given on the page: the keys of this machine's account open nothing for others.</summary>
    private HostAddress WithGiven(Target target, string? password) => target.Pasted("key-file") is not null || password is not null
        ? this with { KeyText = target.Pasted("key-file"), Password = password, Passphrase = target.Secret("passphrase") }
        : throw new BadTarget($"host: nothing opens ssh://{User}@{Host}. Give a private key, or a password.");

    private static IEnumerable<string> UsualKeys() => new[] { "id_ed25519", "id_ecdsa", "id_rsa" }.Select(InSshFolder);

    private static IReadOnlyList<string> KnownFiles(Target target) =>
        target.IsFilled ? [] : target.Option("known-hosts") is { } named ? [named] : [InSshFolder("known_hosts"), "/etc/ssh/ssh_known_hosts"];

    private static string InSshFolder(string name) => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".ssh", name);
}
