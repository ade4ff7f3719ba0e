using System.Security.Cryptography;
using Plainproof.Facts;

namespace Plainproof.Sources.Host;

/// <summary>The one script that reads a host, with the parts that are wanted switched on.</summary>
internal sealed record HostScript(string Text, string Token)
{
    private static readonly Lazy<string> Body = new(Load);

    /// <summary>What each aspect needs of the script. What is not named comes with every run.</summary>
    private static readonly Dictionary<string, string[]> Parts = new(StringComparer.Ordinal)
    {
        ["host.sshd"] = ["sshd"],
        ["account.core"] = ["accounts", "keys"],
        ["account.password"] = ["accounts"],
        ["account.activity"] = ["accounts", "activity"],
        ["account.privilege"] = ["accounts", "sudo", "keys"],
        ["host.sudo"] = ["accounts", "sudo"],
        ["account.key"] = ["accounts", "keys"],
        ["host.updates"] = ["updates"],
        ["host.update"] = ["updates"],
        ["host.update.age"] = ["updates"],
        ["host.volume"] = ["volumes"],
        ["host.firewall"] = ["firewall"],
        ["host.listener"] = ["listeners"],
        ["host.clock"] = ["clock"],
        ["host.logging"] = ["logging"],
    };

    public static HostScript For(IReadOnlySet<Aspect> wanted)
    {
        var token = "@" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));
        var parts = wanted.SelectMany(aspect => Parts.GetValueOrDefault(aspect.Name) ?? []).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return new HostScript($"T={token}\nWANT='{string.Join(' ', parts)}'\n{Body.Value}", token);
    }

    private static string Load()
    {
        using var stream = typeof(HostScript).Assembly.GetManifestResourceStream("Host/host.sh")
            ?? throw new InvalidOperationException("Host/host.sh is not in this build.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
