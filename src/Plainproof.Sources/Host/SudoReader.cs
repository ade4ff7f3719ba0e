using System.Text.Json;
using Plainproof.Facts;

namespace Plainproof.Sources.Host;

/// <summary>Who can act as root: by number, by rule, and by groups that open the same door.</summary>
internal static class SudoReader
{
    private const string What = "who may act as root";

    public static async Task ReadAsync(HostReading reading, AccountList list)
    {
        if (!reading.Wants<Privilege>() && !reading.Wants<SudoRule>())
            return;
        var there = reading.Transcript.Find("sudo-there");
        var trouble = reading.TroubleWith(there, What) ?? TroubleWithRules(reading, there!) ?? TroubleWithSources(reading);
        var rules = Rules(reading.Transcript).ToList();
        foreach (var (rule, line) in rules)
            await reading.AddAsync(Subjects.Of(reading.Scope, "rule", Id(rule)), rule, line);
        await (trouble is null ? reading.CompleteAsync<SudoRule>(rules.Count) : reading.CoverAsync<SudoRule>(trouble, rules.Count));

        var rights = Rights(list, rules.Select(pair => pair.Rule), there).DistinctBy(right => (right.Account.Name, right.Right)).ToList();
        foreach (var right in rights)
            await AddAsync(reading, right);
        trouble = AccountReader.TroubleWithList(reading, list) ?? trouble;
        await (trouble is null ? reading.CompleteAsync<Privilege>(rights.Count) : reading.CoverAsync<Privilege>(trouble, rights.Count));
    }

    private static ValueTask AddAsync(HostReading reading, Held held) => reading.AddAsync(
        Subjects.Of(reading.Scope, "privilege", $"{held.Account.Name}/{held.Right}"),
        new Privilege(
            reading.AccountSubject(held.Account.Name), held.Account.Name, held.Right, held.Through, held.Full,
            held.Account.IsOpen(reading.Now), held.Account.Name == "root"),
        held.Account.Line);

    private static Trouble? TroubleWithRules(HostReading reading, Section there)
    {
        foreach (var (file, section) in new[] { ("/etc/sudoers", "sudoers"), ("/etc/doas.conf", "doas") })
        {
            if (!there.Texts.Contains(file) && reading.Transcript.Find(section) is null)
                continue;
            if (reading.Transcript.Find(section) is { ExitCode: 127 })
                return new Trouble(Completeness.Failed, "The host has sudo, and not cvtsudoers, which prints its rules.", "Install sudo 1.8.23 or newer.");
            if ((reading.TroubleWith(section, What) ?? TroubleWithJson(section, reading.Transcript.Find(section)!)) is { } trouble)
                return trouble;
        }

        return null;
    }

    private static Trouble? TroubleWithJson(string name, Section section)
    {
        try
        {
            if (name == "sudoers")
                SudoersJson.Parse(section.Text);
            return null;
        }
        catch (JsonException e)
        {
            return new Trouble(Completeness.Failed, $"The host printed its sudo rules in a form that is not known: {e.Message}");
        }
    }

    private static Trouble? TroubleWithSources(HostReading reading) =>
        (reading.Transcript.Find("account-count")?.Texts ?? []).FirstOrDefault(line => line.StartsWith("sudoers:", StringComparison.Ordinal)) is { } line
        && (line.Contains("sss", StringComparison.Ordinal) || line.Contains("ldap", StringComparison.Ordinal))
            ? new Trouble(Completeness.Partial, "Rules for sudo also come from a directory, and the host does not list those.", "Read the directory itself as a source.")
            : null;

    private static IEnumerable<(SudoRule Rule, int Line)> Rules(Transcript transcript)
    {
        if (transcript.Find("sudoers") is { ExitCode: 0, CutOff: false } sudoers && TroubleWithJson("sudoers", sudoers) is null)
        {
            foreach (var rule in SudoersJson.Parse(sudoers.Text))
                yield return (rule, sudoers.FirstLine);
        }

        foreach (var (number, text) in transcript.Find("doas") is { ExitCode: 0 } doas ? doas.Lines : [])
        {
            if (DoasRule(text) is { } rule)
                yield return (rule, number);
        }
    }

    /// <summary><c>permit [nopass|persist|keepenv] WHO [as USER] [cmd COMMAND ...]</c>, doas.conf(5).</summary>
    private static SudoRule? DoasRule(string line)
    {
        var words = line.Split('#')[0].Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries).ToList();
        if (words.Count < 2 || words[0] != "permit")
            return null;
        var who = words.Skip(1).SkipWhile(word => word is "nopass" or "persist" or "keepenv" || word.StartsWith("setenv", StringComparison.Ordinal)).FirstOrDefault();
        if (who is null)
            return null;
        var command = words.IndexOf("cmd");
        var runAs = words.IndexOf("as") is var at and > 0 && at + 1 < words.Count ? words[at + 1] : "root";
        return new SudoRule("doas", who.StartsWith(':') ? "%" + who[1..] : who, command < 0, words.Contains("nopass"), command < 0 ? [] : [string.Join(' ', words[(command + 1)..])], runAs);
    }

    private static string Id(SudoRule rule) =>
        string.Join(' ', new[] { rule.Tool, rule.Who, rule.RunAs is null or "root" or "ALL" ? "" : $"as {rule.RunAs}", rule.NoPassword ? "without password" : "", rule.AllCommands ? "everything" : string.Join(", ", rule.Commands) }
            .Where(part => part.Length > 0));

    private static IEnumerable<Held> Rights(AccountList list, IEnumerable<SudoRule> rules, Section? there)
    {
        foreach (var account in list.All.Where(account => account.Uid == 0))
            yield return new Held(account, "uid 0", [], true);
        foreach (var rule in rules.Where(rule => rule.RunAs is null or "root" or "ALL" or "#0"))
            foreach (var account in Matching(list, rule.Who).Where(account => account.Uid != 0))
                yield return new Held(account, rule.AllCommands ? rule.Tool : $"{rule.Tool} for some commands", rule.Who.StartsWith('%') ? [rule.Who[1..]] : [], rule.AllCommands);
        if (there?.Texts.Any(line => line.EndsWith("/docker.sock", StringComparison.Ordinal)) != true)
            yield break;
        foreach (var account in list.MembersOf("docker").Where(account => account.Uid != 0))
            yield return new Held(account, "docker", ["docker"], true);
    }

    private static IEnumerable<HostAccount> Matching(AccountList list, string who)
    {
        if (who == "ALL")
            return list.All;
        if (who.StartsWith("%#", StringComparison.Ordinal) && int.TryParse(who.AsSpan(2), out var gid))
            return list.GroupByNumber(gid) is { } name ? list.MembersOf(name) : [];
        if (who.StartsWith('%'))
            return list.MembersOf(who[1..]);
        return who.StartsWith('#') && int.TryParse(who.AsSpan(1), out var uid)
            ? list.All.Where(account => account.Uid == uid)
            : list.All.Where(account => account.Name == who);
    }

    private sealed record Held(HostAccount Account, string Right, IReadOnlyList<string> Through, bool Full);
}

/// <summary>The rules as <c>cvtsudoers -e -f json</c> prints them, aliases opened and included files read.</summary>
internal static class SudoersJson
{
    /// <exception cref="JsonException">Not the form that cvtsudoers prints.</exception>
    public static List<SudoRule> Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        var passwordOff = Defaults(document.RootElement).Any(option => option.TryGetProperty("authenticate", out var on) && on.ValueKind == JsonValueKind.False);
        return
        [
            .. from spec in Items(document.RootElement, "User_Specs")
               from command in Items(spec, "Cmnd_Specs")
               from who in Items(spec, "User_List").Select(Who).OfType<string>()
               select Rule(who, command, passwordOff),
        ];
    }

    private static SudoRule Rule(string who, JsonElement spec, bool passwordOff)
    {
        var commands = Items(spec, "Commands").Where(item => item.TryGetProperty("command", out _) && !IsNegated(item)).Select(item => item.GetProperty("command").GetString()!).ToList();
        var all = commands.Contains("ALL", StringComparer.Ordinal);
        var asked = Items(spec, "Options").Where(option => option.TryGetProperty("authenticate", out _)).Select(option => (bool?)option.GetProperty("authenticate").GetBoolean()).LastOrDefault();
        return new SudoRule("sudo", who, all, !(asked ?? !passwordOff), all ? [] : commands, RunAs(spec));
    }

    private static string? RunAs(JsonElement spec)
    {
        var users = Items(spec, "runasusers").Select(Who).OfType<string>().ToList();
        return users.Count == 0 ? null : users.FirstOrDefault(user => user is "ALL" or "root" or "#0") ?? users[0];
    }

    private static string? Who(JsonElement item) =>
        IsNegated(item) ? null
        : Text(item, "username") ?? (Text(item, "usergroup") is { } group ? "%" + group
        : Text(item, "userid") is { } id ? "#" + id
        : Text(item, "usergid") is { } gid ? "%#" + gid
        : Text(item, "netgroup") is { } net ? "+" + net
        : Text(item, "useralias"));

    private static bool IsNegated(JsonElement item) => item.TryGetProperty("negated", out var negated) && negated.ValueKind == JsonValueKind.True;

    private static string? Text(JsonElement item, string name) => item.TryGetProperty(name, out var value) ? value.ToString() : null;

    /// <summary>Options that hold for everyone; those bound to a user, host or command are left out.</summary>
    private static IEnumerable<JsonElement> Defaults(JsonElement root) =>
        Items(root, "Defaults").Where(entry => !entry.TryGetProperty("Binding", out _)).SelectMany(entry => Items(entry, "Options"));

    private static IEnumerable<JsonElement> Items(JsonElement of, string name) =>
        of.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : [];
}
