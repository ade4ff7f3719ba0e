using Plainproof.Facts;
using Plainproof.Sources.Directories.Wire;

namespace Plainproof.Sources.Directories;

/// <summary>The password rules of slapo-ppolicy(5), and which of them is the default.</summary>
internal sealed class OpenLdapPolicies(Job job)
{
    private const int NamesKept = 20;

    private readonly Dictionary<string, (Entry Entry, Pointer At)> _policies = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _appliesTo = new(StringComparer.Ordinal);
    private string? _default;
    private bool _loaded;

    /// <summary>Reads the rules once; accounts need them before they are told.</summary>
    public async Task LoadAsync(CancellationToken stop)
    {
        if (_loaded)
            return;
        await foreach (var page in job.Session.PagesAsync(new Search(
            job.Base, "(objectClass=pwdPolicy)", SearchScope.Subtree, "cn", "pwdMinLength", "pwdCheckQuality", "pwdLockout", "pwdMaxFailure", "pwdLockoutDuration", "pwdInHistory", "pwdMaxAge"), stop))
        {
            for (var i = 0; i < page.Entries.Count; i++)
                _policies[Dn.Key(page.Entries[i].Name)] = (page.Entries[i], page.At(i));
        }

        _default = job.Address.DefaultPolicy is { } given ? Dn.Key(given) : await ConfiguredDefaultAsync(stop);
        _loaded = true;
    }

    /// <summary>True when a rule of its own lets this account keep its password for ever, while the default does not.</summary>
    public bool Exempts(Entry account) =>
        _default is not null && account["pwdPolicySubentry"] is { } own
        && _policies.TryGetValue(Dn.Key(own), out var policy) && MaxAge(policy.Entry) is null
        && _policies.TryGetValue(_default, out var usual) && MaxAge(usual.Entry) is not null;

    /// <summary>Notes that a rule of its own applies to this account.</summary>
    public void Applies(Entry account)
    {
        if (account["pwdPolicySubentry"] is not { } own)
            return;
        if (!_appliesTo.TryGetValue(Dn.Key(own), out var names))
            _appliesTo[Dn.Key(own)] = names = [];
        if (names.Count < NamesKept)
            names.Add(OpenLdapAccounts.NameOf(account));
    }

    public async Task ReadAsync(CancellationToken stop)
    {
        if (!job.Root.HasPasswordPolicyOverlay)
        {
            await TellNoRuleAsync("no rule (the ppolicy overlay is off)", stop);
            return;
        }

        await LoadAsync(stop);
        foreach (var (key, (entry, at)) in _policies)
            await job.AddAsync(job.Subject("policy", Dn.ShortName(entry.Name)), PolicyOf(key, entry), at, stop);
        if (_default == "none")
            await TellNoRuleAsync("no default rule", stop);
        else
            await CoverAsync(stop);
    }

    private ValueTask CoverAsync(CancellationToken stop) =>
        _policies.Count == 0 || (_default is not null && !_policies.ContainsKey(_default))
            ? job.CoverAsync<PasswordPolicy>(Completeness.Denied, "Password rules are switched on, and the account may not read the default one.", DirectoryOffers.AllowPolicies(job.Address.User), stop)
        : _default is null
            ? job.CoverAsync<PasswordPolicy>(Completeness.Partial, "The directory does not tell which password rule is the default.", "Add default-policy=DN with the rule that ppolicy_default names in slapd.conf, or default-policy=none.", stop)
        : _policies.Values.FirstOrDefault(policy => !policy.Entry.Has("pwdMinLength") && !policy.Entry.Has("pwdLockout") && !policy.Entry.Has("cn")) is { Entry: { } hidden }
            ? job.CoverAsync<PasswordPolicy>(Completeness.Denied, $"The account sees the rule {Dn.ShortName(hidden.Name)} and may not read what it says.", DirectoryOffers.AllowPolicies(job.Address.User), stop)
        : job.CoverAsync<PasswordPolicy>(job.Told<PasswordPolicy>(), job.Told<PasswordPolicy>(), stop);

    private async Task TellNoRuleAsync(string name, CancellationToken stop)
    {
        await job.AddAsync(job.Subject("policy", "default"), new PasswordPolicy(name, IsDefault: true, [], MinLength: 0, LockoutThreshold: 0), job.Root.At, stop);
        await job.CoverAsync<PasswordPolicy>(job.Told<PasswordPolicy>(), job.Told<PasswordPolicy>(), stop);
    }

    /// <summary>Without pwdCheckQuality the server never looks at the length; without pwdLockout it never counts failures.</summary>
    private PasswordPolicy PolicyOf(string key, Entry it) => new(
        Dn.ShortName(it.Name), key == _default, key == _default ? [] : _appliesTo.GetValueOrDefault(key) ?? [],
        MinLength: it.Number("pwdCheckQuality") > 0 ? (int)(it.Number("pwdMinLength") ?? 0) : 0,
        LockoutThreshold: string.Equals(it["pwdLockout"], "TRUE", StringComparison.OrdinalIgnoreCase) ? (int)(it.Number("pwdMaxFailure") ?? 0) : 0,
        LockoutMinutes: it.Number("pwdLockoutDuration") / 60.0,
        History: (int?)it.Number("pwdInHistory"),
        MaxAgeDays: MaxAge(it));

    private static double? MaxAge(Entry it) => it.Number("pwdMaxAge") is > 0 and var seconds ? seconds / 86400.0 : null;

    /// <summary>Only an administrator of the server itself may read its configuration; most accounts may not, and that is well.</summary>
    private async Task<string?> ConfiguredDefaultAsync(CancellationToken stop)
    {
        var found = await job.Session.FirstAsync(new Search("cn=config", "(olcPPolicyDefault=*)", SearchScope.Subtree, "olcPPolicyDefault"), stop);
        return found?.Entry["olcPPolicyDefault"] is { } name ? Dn.Key(name) : null;
    }
}
