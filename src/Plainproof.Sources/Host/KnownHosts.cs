using System.IO.Enumeration;
using System.Security.Cryptography;
using System.Text;

namespace Plainproof.Sources.Host;

/// <summary>
/// The host keys that may be trusted: a fingerprint given by name, or the known_hosts files of OpenSSH (sshd(8)).
/// A key that is not known is never accepted.
/// </summary>
internal sealed class KnownHosts
{
    private readonly HostAddress _address;
    private readonly List<Entry> _entries;

    private KnownHosts(HostAddress address, List<Entry> entries) => (_address, _entries) = (address, entries);

    public string HowToAccept { get; private set; } = "";

    /// <summary>Kinds of key known for the host; empty when a fingerprint decides.</summary>
    public IReadOnlySet<string> TypesKnown => _address.Fingerprint is null
        ? _entries.Where(entry => !entry.Revoked).Select(entry => entry.Type).ToHashSet(StringComparer.Ordinal)
        : new HashSet<string>();

    /// <exception cref="BadTarget">A file that was named is not there, or a fingerprint is not of the form SHA256:...</exception>
    public static KnownHosts For(HostAddress address)
    {
        if (address.Fingerprint is { } fingerprint && !fingerprint.StartsWith("SHA256:", StringComparison.Ordinal))
            throw new BadTarget($"host: fingerprint={fingerprint} must have the form SHA256:..., as ssh-keygen -l prints it.");
        var entries = new List<Entry>();
        if (address.KnownText is { } known)
            entries.AddRange(known.ReplaceLineEndings("\n").Split('\n').Select(Entry.Parse).OfType<Entry>().Where(entry => entry.IsFor(Spelling(address))));
        foreach (var file in address.KnownHostsFiles)
        {
            if (File.Exists(file))
                entries.AddRange(File.ReadLines(file).Select(line => Entry.Parse(line)).OfType<Entry>().Where(entry => entry.IsFor(Spelling(address))));
            else if (address.KnownHostsFiles.Count == 1)
                throw new BadTarget($"host: there is no file {file}, which known-hosts names. Make it with: ssh-keyscan -p {address.Port} {address.Host}");
        }

        return new KnownHosts(address, entries);
    }

    /// <summary>rsa-sha2-512 and rsa-sha2-256 are ways to use a key of type ssh-rsa (RFC 8332).</summary>
    public static string TypeOf(string algorithm) => algorithm.StartsWith("rsa-sha2-", StringComparison.Ordinal) ? "ssh-rsa" : algorithm;

    /// <summary>Null when the key may be trusted; otherwise why not, in words.</summary>
    public string? WhyNot(string algorithm, byte[] key)
    {
        var shown = "SHA256:" + Convert.ToBase64String(SHA256.HashData(key)).TrimEnd('=');
        var encoded = Convert.ToBase64String(key);
        if (_entries.Any(entry => entry.Revoked && entry.Key == encoded))
            return Refuse($"{_address.Host} shows a key that is marked as revoked: {shown}.", "Do not connect. Ask who runs the host.");
        if (_address.Fingerprint is { } expected)
        {
            return expected.TrimEnd('=') == shown ? null : Refuse(
                $"{_address.Host} shows the key {shown}, and the fingerprint given is {expected}.", "Ask who runs the host which is right. Someone may stand between.");
        }

        if (_entries.Any(entry => !entry.Revoked && entry.Key == encoded))
            return null;
        var accept = $"Compare it with: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub on the host. If it is the same, add fingerprint={shown}";
        return _entries.Any(entry => !entry.Revoked && entry.Type == TypeOf(algorithm))
            ? Refuse($"{_address.Host} shows another key than the one known for it: {shown}.", "Find out why it changed before you go on: someone may stand between. Then mend the known_hosts file.")
            : Refuse($"The key of {_address.Host} is not known: {shown}.", accept);
    }

    private string Refuse(string why, string accept)
    {
        HowToAccept = accept;
        return why;
    }

    private static string Spelling(HostAddress address) => address.Port == 22 ? address.Host : $"[{address.Host}]:{address.Port}";

    /// <summary>One line: <c>[marker] hosts type key</c>. Lines for certificate authorities are left out: they name no host key.</summary>
    private sealed record Entry(string Hosts, string Type, string Key, bool Revoked)
    {
        public static Entry? Parse(string line)
        {
            var words = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0 || words[0].StartsWith('#') || words[0] == "@cert-authority")
                return null;
            var from = words[0] == "@revoked" ? 1 : 0;
            return words.Length < from + 3 ? null : new Entry(words[from], words[from + 1], words[from + 2], from == 1);
        }

        public bool IsFor(string host)
        {
            if (Hosts.StartsWith("|1|", StringComparison.Ordinal))
                return IsHashOf(host);
            var matches = false;
            foreach (var pattern in Hosts.Split(','))
            {
                if (pattern.StartsWith('!') && Fits(pattern[1..], host))
                    return false;
                matches |= Fits(pattern, host);
            }

            return matches;
        }

        private static bool Fits(string pattern, string host) => FileSystemName.MatchesSimpleExpression(pattern.Replace("\\", "\\\\", StringComparison.Ordinal), host);

        /// <summary><c>|1|salt|HMAC-SHA1(salt, host)</c>, both in base 64.</summary>
        private bool IsHashOf(string host)
        {
            var parts = Hosts.Split('|');
            Span<byte> salt = stackalloc byte[64];
            if (parts.Length != 4 || !Convert.TryFromBase64String(parts[2], salt, out var length))
                return false;
#pragma warning disable CA5350 // OpenSSH fixes this function for its file; nothing rests on its strength here.
            return Convert.ToBase64String(HMACSHA1.HashData(salt[..length], Encoding.UTF8.GetBytes(host))) == parts[3];
#pragma warning restore CA5350
        }
    }
}
