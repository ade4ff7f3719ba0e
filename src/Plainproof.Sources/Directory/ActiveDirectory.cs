using Plainproof.Facts;

namespace Plainproof.Sources.Directories;

/// <summary>What is read from Active Directory and from Samba, which answers alike.</summary>
internal static class ActiveDirectory
{
    public static IEnumerable<Part> Parts(Job job)
    {
        var domain = new Domain(job);
        yield return new([Aspect.Of<Account>(), Aspect.Of<AccountActivity>(), Aspect.Of<AccountPassword>()], new DomainAccounts(job, domain).ReadAsync);
        yield return new([Aspect.Of<PasswordPolicy>()], new DomainPolicies(job, domain).ReadAsync);
        yield return new([Aspect.Of<Privilege>()], new DomainPrivileges(job, domain).ReadAsync);
        yield return new([Aspect.Of<DirectoryState>()], stop => ReadStateAsync(job, domain, stop));
        yield return new([Aspect.Of<Computer>(), Aspect.Of<ComputerLocalAdministrator>()], new DomainComputers(job, domain).ReadAsync);
    }

    private static async Task ReadStateAsync(Job job, Domain domain, CancellationToken stop)
    {
        var managed = await domain.HasManagedLocalPasswordsAsync(stop);
        var krbtgt = await domain.FindBySidAsync($"{await domain.SidAsync(stop)}-502", stop, "pwdLastSet");
        if (krbtgt is not var (entry, at) || !entry.Has("pwdLastSet"))
        {
            await job.CoverAsync<DirectoryState>(Completeness.Denied, "The account may not see when the key of krbtgt was changed.", DirectoryOffers.AllowProtected(job.Root.Base, "User Account Restrictions"), stop);
            return;
        }

        await job.AddAsync(
            job.Subject("directory", job.Address.Domain),
            new DirectoryState(job.Address.Domain, job.Root.Product, LevelOf(job.Root.Entry.Number("domainFunctionality")), entry.FileTime("pwdLastSet"), managed), at, stop);
        await job.CoverAsync<DirectoryState>(1, 1, stop);
    }

    /// <summary>MS-ADTS section 3.1.1.3.2.25.</summary>
    private static string? LevelOf(long? number) => number switch
    {
        null => null,
        < 2 => "Windows 2000",
        2 => "Windows Server 2003",
        3 => "Windows Server 2008",
        4 => "Windows Server 2008 R2",
        5 => "Windows Server 2012",
        6 => "Windows Server 2012 R2",
        7 => "Windows Server 2016",
        10 => "Windows Server 2025",
        _ => $"level {number}",
    };
}
