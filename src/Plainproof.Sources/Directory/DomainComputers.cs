using Plainproof.Facts;
using Plainproof.Sources.Directories.Wire;

namespace Plainproof.Sources.Directories;

/// <summary>Computers, when they were last seen, and whether their own administrator's password is managed (LAPS).</summary>
internal sealed class DomainComputers(Job job, Domain domain)
{
    private const int UsualSlackDays = 14;

    private static readonly string[] Expiries = ["msLAPS-PasswordExpirationTime", "ms-Mcs-AdmPwdExpirationTime"];

    private readonly List<string> _hidden = [];
    private string? _sample;
    private bool _seenSignIn;
    private bool _seenExpiry;

    public async Task ReadAsync(CancellationToken stop)
    {
        var inSchema = await domain.HasManagedLocalPasswordsAsync(stop);
        var all = new Search(
            job.Base, "(objectCategory=computer)", SearchScope.Subtree,
            ["sAMAccountName", "userAccountControl", "operatingSystem", "operatingSystemVersion", "lastLogonTimestamp", .. Expiries]);
        await SurveyAsync(all, stop);
        var signIns = _seenSignIn || _sample is null || await domain.CanReadAsync(_sample, "lastLogonTimestamp", stop) == true;
        var expiries = !inSchema || _seenExpiry || _sample is null || await CanReadExpiryAsync(_sample, stop);

        var (read, cut) = (0L, (string?)null);
        await foreach (var page in job.Session.PagesAsync(all, stop))
        {
            for (var i = 0; i < page.Entries.Count; i++)
                await TellAsync(page.Entries[i], page.At(i), signIns, expiries, stop);
            (read, cut) = (read + page.Entries.Count, page.Cut);
            job.Progress("reading computers", read);
        }

        var expected = cut is null ? await job.Session.CountAsync(all, stop) : null;
        await CoverAsync<Computer>(signIns, "Logon Information", "when computers were last seen", read, expected, stop);
        await CoverAsync<ComputerLocalAdministrator>(expiries, Expiries[0], "whether local administrators' passwords are managed", read, expected, stop);
    }

    /// <summary>Looks whether any computer shows what not every computer has.</summary>
    private async Task SurveyAsync(Search all, CancellationToken stop)
    {
        _sample = (await job.Session.FirstAsync(all with { Filter = "(&(objectCategory=computer)(!(primaryGroupID=516)))", Attributes = ["cn"] }, stop))?.Entry.Name;
        _seenSignIn = await ShowsAsync(all, ["lastLogonTimestamp"], stop);
        _seenExpiry = await ShowsAsync(all, Expiries, stop);
    }

    /// <summary>Finding an entry by an attribute does not yet mean that the attribute is shown.</summary>
    private async Task<bool> ShowsAsync(Search all, string[] attributes, CancellationToken stop)
    {
        var filter = $"(&(objectCategory=computer)(|{string.Concat(attributes.Select(attribute => $"({attribute}=*)"))}))";
        return await job.Session.FirstAsync(all with { Filter = filter, Attributes = attributes }, stop) is { } found && attributes.Any(found.Entry.Has);
    }

    private async Task<bool> CanReadExpiryAsync(string computer, CancellationToken stop) =>
        await domain.CanReadAsync(computer, Expiries[0], stop) == true || await domain.CanReadAsync(computer, Expiries[1], stop) == true;

    private async Task TellAsync(Entry entry, Pointer at, bool signIns, bool expiries, CancellationToken stop)
    {
        var name = DomainAccounts.NameOf(entry).TrimEnd('$');
        if (DomainAccounts.ControlOf(entry) is not { } control)
        {
            _hidden.Add(name);
            return;
        }

        var serves = (control & (Control.DomainController | Control.ReadOnlyDomainController)) != 0;
        var computer = new Computer(name, !control.HasFlag(Control.Disabled), entry["operatingSystem"], entry["operatingSystemVersion"], entry.FileTime("lastLogonTimestamp"), UsualSlackDays, serves);
        if (signIns)
            await job.AddAsync(job.Subject("computer", name), computer, at, stop);
        if (expiries)
            await job.AddAsync(job.Subject("computer", name), new ComputerLocalAdministrator(entry.FileTime(Expiries[0]) ?? entry.FileTime(Expiries[1])), at, stop);
    }

    private ValueTask CoverAsync<T>(bool readable, string set, string what, long read, long? expected, CancellationToken stop) =>
        !readable || (_hidden.Count == read && read > 0)
            ? job.CoverAsync<T>(Completeness.Denied, $"The account may not see {what}.", DirectoryOffers.AllowInherited(job.Root.Base, set, "computer"), stop)
        : _hidden.Count > 0
            ? job.CoverAsync<T>(Completeness.Partial, $"{_hidden.Count} computers do not show whether they are switched on: {string.Join(", ", _hidden.Take(10))}.", DirectoryOffers.AllowInherited(job.Root.Base, "User Account Restrictions", "computer"), stop, expected)
        : job.CoverAsync<T>(read, expected, stop);
}
