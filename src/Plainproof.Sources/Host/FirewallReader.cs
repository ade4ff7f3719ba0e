using System.Text.Json;
using Plainproof.Facts;

namespace Plainproof.Sources.Host;

/// <summary>Whether a firewall of this host drops what no rule allows.</summary>
internal static class FirewallReader
{
    private const string What = "the rules of the firewall";

    public static async Task ReadAsync(HostReading reading)
    {
        if (!reading.Wants<HostFirewall>())
            return;
        var there = reading.Transcript.Find("firewall-there");
        if (reading.TroubleWith(there, What) is { } trouble)
        {
            await reading.CoverAsync<HostFirewall>(trouble);
            return;
        }

        var tools = new List<string>();
        var refused = new List<Trouble>();
        bool drops4 = false, drops6 = false, active = false;
        void Take(string section, string tool, Func<Section, (bool Four, bool Six, bool Active)> judge)
        {
            if (reading.Transcript.Find(section) is not { } found)
                return;
            if (reading.TroubleWith(found, What) is { } bad)
            {
                if (!IsNoSuchFirewall(found))
                    refused.Add(bad);
                return;
            }

            var (four, six, on) = judge(found);
            (drops4, drops6, active) = (drops4 || four, drops6 || six, active || on);
            if (on)
                tools.Add(tool);
        }

        Take("nft", "nftables", Nft);
        Take("iptables", "iptables", section => Dropping(section) is var (drops, on) ? (drops, false, on) : default);
        Take("ip6tables", "ip6tables", section => Dropping(section) is var (drops, on) ? (false, drops, on) : default);
        Take("ufw", "ufw", Ufw);
        Take("firewalld", "firewalld", section => section.Texts.Any(line => line.Trim() == "running") ? (true, true, true) : default);

        drops6 |= !HasOpenIpv6(there!);
        if ((drops4 && drops6) || refused.Count == 0)
            await reading.OneAsync(new HostFirewall(tools, active, drops4, drops6, reading.Form), there!.FirstLine);
        else
            await reading.CoverAsync<HostFirewall>(refused.FirstOrDefault(bad => bad.State == Completeness.Denied) ?? refused[0]);
    }

    /// <summary>The tool is there and the kernel or service behind it is not: that firewall is off, and so says the tool.</summary>
    private static bool IsNoSuchFirewall(Section section) =>
        section.Complaint.Contains("not running", StringComparison.OrdinalIgnoreCase)
        || section.Texts.Any(line => line.Trim() == "not running")
        || section.Complaint.Contains("Table does not exist", StringComparison.OrdinalIgnoreCase)
        || section.Complaint.Contains("Protocol not supported", StringComparison.OrdinalIgnoreCase)
        || section.Complaint.Contains("Failed to initialize nft", StringComparison.OrdinalIgnoreCase);

    /// <summary>Any global IPv6 address; lines are those of /proc/net/if_inet6, whose fourth field 00 means global.</summary>
    private static bool HasOpenIpv6(Section there) => there.Texts
        .Where(line => line.StartsWith("inet6 ", StringComparison.Ordinal))
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Any(f => f.Length >= 5 && f[4] == "00");

    private static (bool Four, bool Six, bool Active) Ufw(Section section) =>
        section.Texts.Any(line => line.Trim() == "Status: active")
            ? section.Texts.Any(line => line.StartsWith("Default: deny (incoming)", StringComparison.Ordinal) || line.StartsWith("Default: reject (incoming)", StringComparison.Ordinal)) ? (true, true, true) : (false, false, true)
            : default;

    /// <summary>The INPUT chain's policy, or a last rule that refuses everything.</summary>
    private static (bool Drops, bool Active) Dropping(Section section)
    {
        var rules = section.Texts.Where(line => line.StartsWith("-A INPUT ", StringComparison.Ordinal)).ToList();
        var policy = section.Texts.Any(line => line.StartsWith(":INPUT DROP", StringComparison.Ordinal) || line.StartsWith(":INPUT REJECT", StringComparison.Ordinal));
        var last = rules.Count > 0 && (rules[^1].StartsWith("-A INPUT -j DROP", StringComparison.Ordinal) || rules[^1].StartsWith("-A INPUT -j REJECT", StringComparison.Ordinal));
        return (policy || last, policy || rules.Count > 0);
    }

    private static (bool Four, bool Six, bool Active) Nft(Section section)
    {
        if (string.IsNullOrWhiteSpace(section.Text))
            return default;
        try
        {
            using var document = JsonDocument.Parse(section.Text);
            var entries = document.RootElement.GetProperty("nftables").EnumerateArray().ToList();
            var closed = entries.Where(entry => entry.TryGetProperty("chain", out var chain) && IsInput(chain) && Closes(chain, entries))
                .Select(entry => Text(entry.GetProperty("chain"), "family")).ToList();
            return (closed.Any(family => family is "inet" or "ip"), closed.Any(family => family is "inet" or "ip6"), entries.Any(entry => entry.TryGetProperty("rule", out _)) || closed.Count > 0);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return default;
        }
    }

    private static bool IsInput(JsonElement chain) => Text(chain, "hook") == "input";

    private static bool Closes(JsonElement chain, List<JsonElement> entries) =>
        Text(chain, "policy") == "drop" || entries.LastOrDefault(entry => IsRuleOf(entry, chain)) is { ValueKind: JsonValueKind.Object } last && RefusesAll(last.GetProperty("rule"));

    private static bool IsRuleOf(JsonElement entry, JsonElement chain) =>
        entry.TryGetProperty("rule", out var rule) && Text(rule, "family") == Text(chain, "family") && Text(rule, "table") == Text(chain, "table") && Text(rule, "chain") == Text(chain, "name");

    /// <summary>A rule of counters, logging and a verdict alone matches everything.</summary>
    private static bool RefusesAll(JsonElement rule)
    {
        if (!rule.TryGetProperty("expr", out var parts) || parts.ValueKind != JsonValueKind.Array)
            return false;
        var names = parts.EnumerateArray().SelectMany(part => part.EnumerateObject().Select(property => property.Name)).ToList();
        return names.All(name => name is "counter" or "log" or "drop" or "reject") && names.Any(name => name is "drop" or "reject");
    }

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.ToString() : "";
}
