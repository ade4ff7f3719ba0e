using Plainproof.Facts;

namespace Plainproof.Sources.Directories;

/// <summary>What is read from OpenLDAP, and from any directory that is no Active Directory.</summary>
internal static class OpenLdap
{
    public static IEnumerable<Part> Parts(Job job)
    {
        var policies = new OpenLdapPolicies(job);
        var accounts = new OpenLdapAccounts(job, policies);
        yield return new([Aspect.Of<Account>(), Aspect.Of<AccountActivity>(), Aspect.Of<AccountPassword>()], accounts.ReadAsync);
        yield return new([Aspect.Of<PasswordPolicy>()], policies.ReadAsync);
        yield return new([Aspect.Of<Privilege>()], new OpenLdapPrivileges(job, accounts).ReadAsync);
        yield return new([Aspect.Of<DirectoryState>()], stop => ReadStateAsync(job, stop));
        yield return new([Aspect.Of<Computer>(), Aspect.Of<ComputerLocalAdministrator>()], stop => NoComputersAsync(job, stop));
    }

    private static async Task ReadStateAsync(Job job, CancellationToken stop)
    {
        await job.AddAsync(job.Subject("directory", job.Address.Domain), new DirectoryState(job.Address.Domain, job.Root.Product), job.Root.At, stop);
        await job.CoverAsync<DirectoryState>(1, 1, stop);
    }

    /// <summary>Computers do not join such a directory, so there are none to miss.</summary>
    private static async Task NoComputersAsync(Job job, CancellationToken stop)
    {
        await job.CoverAsync<Computer>(0, 0, stop);
        await job.CoverAsync<ComputerLocalAdministrator>(0, 0, stop);
    }
}
