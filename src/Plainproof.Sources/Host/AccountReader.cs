using System.Globalization;
using Plainproof.Facts;

namespace Plainproof.Sources.Host;

/// <summary>Accounts, the state and age of their passwords, and when they were last used.</summary>
internal static class AccountReader
{
    private const int ForEver = 99999;

    public static async Task ReadAsync(HostReading reading, AccountList list)
    {
        await ReadCoreAsync(reading, list);
        await ReadPasswordsAsync(reading, list);
        await ReadActivityAsync(reading, list);
    }

    /// <summary>What keeps the list of accounts from being whole; also holds for everything that hangs on it.</summary>
    public static Trouble? TroubleWithList(HostReading reading, AccountList list)
    {
        if ((reading.TroubleWith("passwd", "the list of accounts") ?? reading.TroubleWith("group", "the list of groups")) is { } trouble)
            return trouble;
        var services = (reading.Transcript.Find("account-count")?.Texts ?? []).Where(line => line.StartsWith("passwd:", StringComparison.Ordinal)).ToList();
        var elsewhere = services.SelectMany(line => line[7..].Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
            .FirstOrDefault(word => word is "sss" or "ldap" or "winbind" or "nis" or "nisplus" or "oslogin");
        if (elsewhere is not null)
            return new Trouble(Completeness.Partial, $"Accounts also come from a directory ({elsewhere}), and the host does not list those.", "Read the directory itself as a source.");
        return Count(reading) is { } count && count != list.All.Count
            ? new Trouble(Completeness.Partial, $"The host lists {list.All.Count} accounts, and its own file holds {count}.", "Look for two accounts with one name in /etc/passwd.")
            : null;
    }

    private static long? Count(HostReading reading) =>
        long.TryParse(reading.Transcript.Find("account-count")?.Texts.FirstOrDefault(), CultureInfo.InvariantCulture, out var count) ? count : null;

    private static async Task ReadCoreAsync(HostReading reading, AccountList list)
    {
        if (!reading.Wants<Account>())
            return;
        foreach (var it in list.All)
        {
            await reading.AddAsync(
                reading.AccountSubject(it.Name),
                new Account(
                    it.Name, it.IsOpen(reading.Now), list.NatureOf(it), it.Gecos.Length == 0 ? null : it.Gecos,
                    CanSignIn: it.IsOpen(reading.Now), BuiltIn: list.IsBuiltIn(it)),
                it.Line);
        }

        await CoverAsync<Account>(reading, TroubleWithList(reading, list) ?? TroubleWithPasswords(reading), list.All.Count, Count(reading));
    }

    private static async Task ReadPasswordsAsync(HostReading reading, AccountList list)
    {
        if (!reading.Wants<AccountPassword>())
            return;
        var with = list.All.Where(it => it.Password is { Sort: "P" or "NP" }).ToList();
        foreach (var it in with)
        {
            await reading.AddAsync(
                reading.AccountSubject(it.Name),
                new AccountPassword(it.Password!.ChangedAt, NeverExpires: it.Password.MaxDays is null or < 0 or >= ForEver, NotRequired: it.Password.Sort == "NP"),
                it.Password.Line);
        }

        await CoverAsync<AccountPassword>(reading, TroubleWithList(reading, list) ?? TroubleWithPasswords(reading), with.Count, with.Count);
    }

    private static Trouble? TroubleWithPasswords(HostReading reading) =>
        reading.TroubleWith(reading.Transcript.Find("shadow") ?? reading.Transcript.Find("passwd-status"), "which accounts are locked, and how old passwords are");

    private static async Task ReadActivityAsync(HostReading reading, AccountList list)
    {
        if (!reading.Wants<AccountActivity>())
            return;
        var section = reading.Transcript.Find("lastlog");
        var trouble = reading.TroubleWith(section, "when accounts were last used") ?? NoRecord(section!)
            ?? TroubleWithList(reading, list) ?? TroubleWithPasswords(reading);
        var read = 0;
        foreach (var (number, line) in trouble is null ? section!.Lines : [])
        {
            var name = line.Split(' ', 2)[0];
            if (list.All.FirstOrDefault(account => account.Name == name) is null)
                continue;
            read++;
            await reading.AddAsync(reading.AccountSubject(name), new AccountActivity(LastSignIn(line)), number);
        }

        await CoverAsync<AccountActivity>(reading, trouble, read, list.All.Count);
    }

    private static Trouble? NoRecord(Section section) => section.Values("tool").FirstOrDefault() switch
    {
        "lastlog" or "lastlog2" => null,
        "empty" => new Trouble(Completeness.Disabled, "This host keeps a record of sign-ins that has no entry at all, so it cannot tell who was here.", "Switch on pam_lastlog or pam_lastlog2 for sign-ins."),
        _ => new Trouble(Completeness.Disabled, "This host keeps no record of when accounts were last used.", "Install lastlog2 (package libpam-lastlog2), or read sign-ins from your log system."),
    };

    /// <summary>The line ends with a date such as <c>Mon Nov  2 10:00:00 +0000 2026</c>, or says that there was none.</summary>
    private static DateTimeOffset? LastSignIn(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length >= 6 && DateTimeOffset.TryParseExact(
            string.Join(' ', words[^6..]), "ddd MMM d HH:mm:ss zzz yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
            ? at.ToUniversalTime()
            : null;
    }

    private static ValueTask CoverAsync<T>(HostReading reading, Trouble? trouble, long read, long? expected) =>
        trouble is null && (expected ?? read) == read ? reading.CompleteAsync<T>(read, expected)
        : reading.CoverAsync<T>(trouble ?? new Trouble(Completeness.Partial, $"The host told of {read} accounts of {expected}."), read, expected);
}
