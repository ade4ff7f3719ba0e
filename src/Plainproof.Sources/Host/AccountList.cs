using System.Globalization;
using Plainproof.Facts;

namespace Plainproof.Sources.Host;

/// <summary>One line of the account list, with what stands in the password's place.</summary>
internal sealed record HostAccount(string Name, int Uid, int Gid, string Gecos, string Home, string Shell, bool NoPasswordInList, int Line)
{
    private static readonly string[] NoShells = ["nologin", "false", "sync", "halt", "shutdown"];

    /// <summary>Null when it could not be read.</summary>
    public PasswordState? Password { get; set; }

    /// <summary>True also when nobody could see whether a key opens it.</summary>
    public bool MayHaveKey { get; set; } = true;

    public bool HasShell => !NoShells.Contains(Shell[(Shell.LastIndexOf('/') + 1)..], StringComparer.Ordinal);

    /// <summary>False when nothing opens it: no shell, ended, or a locked password and no key. A locked password alone keeps no key out.</summary>
    public bool IsOpen(DateTimeOffset now) =>
        HasShell && !(Password?.ExpiresAt <= now) && (Password?.Sort != "L" || MayHaveKey);
}

/// <param name="Sort"><c>P</c> a password, <c>L</c> locked, <c>NP</c> none needed.</param>
/// <param name="ExpiresAt">When the account itself ends.</param>
internal sealed record PasswordState(string Sort, DateTimeOffset? ChangedAt, int? MaxDays, DateTimeOffset? ExpiresAt, int Line);

/// <summary>The accounts and groups of a host, as its own name service lists them.</summary>
internal sealed class AccountList
{
    private const int UsualFirstPerson = 1000;
    private const int Nobody = 65534;

    private readonly Dictionary<string, HostGroup> _groups;

    private AccountList(IReadOnlyList<HostAccount> accounts, Dictionary<string, HostGroup> groups, int firstPerson)
    {
        All = accounts;
        _groups = groups;
        FirstPerson = firstPerson;
    }

    public IReadOnlyList<HostAccount> All { get; }

    public int FirstPerson { get; }

    public static AccountList Of(Transcript transcript)
    {
        var accounts = (transcript.Find("passwd")?.Lines ?? []).Select(line => ParseAccount(line.Text, line.Number)).OfType<HostAccount>()
            .DistinctBy(account => account.Name, StringComparer.Ordinal).ToList();
        var groups = (transcript.Find("group")?.Texts ?? []).Select(HostGroup.Parse).OfType<HostGroup>()
            .GroupBy(group => group.Name, StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.First(), StringComparer.Ordinal);
        var list = new AccountList(accounts, groups, FirstPersonUid(transcript));
        list.AddPasswords(transcript);
        list.AddKeyHolders(transcript.Find("keys"));
        return list;
    }

    /// <summary>Where the numbers of people begin, as this host sets it.</summary>
    public static int FirstPersonUid(Transcript transcript) =>
        transcript.Find("account-count")?.Texts.FirstOrDefault(line => line.StartsWith("UID_MIN", StringComparison.Ordinal)) is { } line
        && int.TryParse(line.AsSpan(7), CultureInfo.InvariantCulture, out var uid) ? uid : UsualFirstPerson;

    public bool IsBuiltIn(HostAccount account) => account.Uid < FirstPerson || account.Uid >= Nobody;

    public AccountNature NatureOf(HostAccount account) =>
        account.Uid == 0 ? AccountNature.Unknown
        : IsBuiltIn(account) || !account.HasShell || !account.Home.StartsWith("/home/", StringComparison.Ordinal) ? AccountNature.Service
        : AccountNature.Person;

    /// <summary>Members by name, and those whose main group it is.</summary>
    public IEnumerable<HostAccount> MembersOf(string group) =>
        _groups.GetValueOrDefault(group) is { } it ? All.Where(account => account.Gid == it.Gid || it.Members.Contains(account.Name, StringComparer.Ordinal)) : [];

    public string? GroupByNumber(int gid) => _groups.Values.FirstOrDefault(group => group.Gid == gid)?.Name;

    private static HostAccount? ParseAccount(string line, int number)
    {
        var f = line.Split(':');
        return f.Length >= 7 && int.TryParse(f[2], CultureInfo.InvariantCulture, out var uid) && int.TryParse(f[3], CultureInfo.InvariantCulture, out var gid)
            ? new HostAccount(f[0], uid, gid, f[4].Split(',')[0], f[5], f[6].Length == 0 ? "/bin/sh" : f[6], f[1].Length == 0, number)
            : null;
    }

    private void AddPasswords(Transcript transcript)
    {
        var states = new Dictionary<string, PasswordState>(StringComparer.Ordinal);
        foreach (var (number, line) in Good(transcript.Find("shadow")))
        {
            var f = line.Split(':');
            if (f.Length >= 5)
                states[f[0]] = new PasswordState(f[1], Day(f[2]), Number(f[3]), Day(f[4]), number);
        }

        foreach (var (number, line) in Good(transcript.Find("passwd-status")))
        {
            var f = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (f.Length >= 7)
                states[f[0]] = new PasswordState(f[1] switch { "PS" => "P", "LK" => "L", _ => f[1] }, Date(f[2]), Number(f[4]), null, number);
        }

        foreach (var account in All)
            account.Password = account.NoPasswordInList ? new PasswordState("NP", null, null, null, account.Line) : states.GetValueOrDefault(account.Name);
    }

    private void AddKeyHolders(Section? keys)
    {
        if (keys is not { ExitCode: 0, Ended: true, CutOff: false } || keys.Texts.Any(line => line.StartsWith("authorizedkeyscommand ", StringComparison.Ordinal)))
            return;
        var holders = keys.Texts.Select(line => line.Split(' ', 2)[0]).ToHashSet(StringComparer.Ordinal);
        foreach (var account in All)
            account.MayHaveKey = holders.Contains(account.Name);
    }

    private static IEnumerable<(int Number, string Text)> Good(Section? section) => section is { ExitCode: 0, Ended: true } ? section.Lines : [];

    private static int? Number(string text) => int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static DateTimeOffset? Day(string text) => Number(text) is { } days and > 0 ? DateTimeOffset.UnixEpoch.AddDays(days) : null;

    /// <summary>Debian prints 2026-01-31, older tools 01/31/2026.</summary>
    private static DateTimeOffset? Date(string text) =>
        DateTimeOffset.TryParseExact(text, ["yyyy-MM-dd", "MM/dd/yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day) ? day : null;

    private sealed record HostGroup(string Name, int Gid, IReadOnlyList<string> Members)
    {
        public static HostGroup? Parse(string line)
        {
            var f = line.Split(':');
            return f.Length >= 4 && int.TryParse(f[2], CultureInfo.InvariantCulture, out var gid)
                ? new HostGroup(f[0], gid, f[3].Split(',', StringSplitOptions.RemoveEmptyEntries))
                : null;
        }
    }
}
