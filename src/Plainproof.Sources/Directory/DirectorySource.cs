using Plainproof.Facts;

namespace Plainproof.Sources.Directories;

/// <summary>Active Directory, Samba and OpenLDAP over an encrypted connection.</summary>
internal sealed class DirectorySource(TimeProvider clock) : ISource
{
    public SourceInfo Info { get; } = new(
        "directory", 1, "Directory",
        "Reads accounts, administrators, password rules and computers from Active Directory, Samba or OpenLDAP.",
        "ldaps://HOST[:PORT]",
        "directory=ldaps://dc1.example.com?user=plainproof@example.com&password-file=ldap.pass&ca=ca.pem",
        [
            new("user", "The read-only account: name@domain for Active Directory, the whole distinguished name for OpenLDAP.", Required: true),
            new("password", "The account's password.", Secret: true, Required: true),
            new("ca", "PEM file with the authority that signed the directory's certificate.", Kind: OptionKind.File),
            new("base", "Where to start, such as dc=example,dc=com. Left out: the whole tree."),
            new("starttls", "true: start plain on port 389 and switch to encryption before signing in.", Kind: OptionKind.YesNo),
            new("plain", "true: send the password readable. For a test machine only.", Kind: OptionKind.YesNo),
            new("admin-groups", "OpenLDAP: the groups whose members administer it, as distinguished names with ; between."),
            new("default-policy", "OpenLDAP: the default password policy, or none."),
            new("page-size", "Entries asked for at once, 1 to 5000. Left out: 1000.", Kind: OptionKind.Number),
            new("timeout", "Seconds to wait for an answer, 1 to 600. Left out: 20.", Kind: OptionKind.Number),
        ],
        DirectoryOffers.All,
        "One connection, one question at a time, pages of 1,000 entries.")
    { Leads = AddressKind.Network };

    public string ScopeOf(Target target) => $"directory:{DirectoryAddress.Parse(target).Domain}";

    public async Task CollectAsync(Target target, IReadOnlySet<Aspect> wanted, ISink sink, CancellationToken stop)
    {
        var address = DirectoryAddress.Parse(target);
        sink.Progress($"signing in to {address.Text}");
        await using var session = await LdapSession.OpenAsync(address, sink, stop);
        sink.Principal(await session.WhoAmIAsync(stop));
        var root = await Root.ReadAsync(session, address, stop);
        var job = new Job(session, sink, ScopeOf(target), wanted, address, root, clock.GetUtcNow());
        foreach (var part in root.IsActiveDirectory ? ActiveDirectory.Parts(job) : OpenLdap.Parts(job))
            await job.RunAsync(part, stop);
    }
}
