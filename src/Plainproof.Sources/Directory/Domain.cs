using Plainproof.Facts;
using Plainproof.Sources.Directories.Wire;

namespace Plainproof.Sources.Directories;

/// <summary>What several parts ask of one domain: its root entry, its schema, and what the account may see.</summary>
internal sealed class Domain(Job job)
{
    private const uint ReadProperty = 0x10;
    private const int DaclOnly = 4;

    private HashSet<string>? _ourSids;
    private readonly Dictionary<string, (Guid Id, Guid? Set)?> _attributes = new(StringComparer.OrdinalIgnoreCase);
    private (Entry Entry, Pointer At)? _root;

    /// <summary>The domain's own entry: the default password rules and the identifier of the domain.</summary>
    public async Task<(Entry Entry, Pointer At)> RootAsync(CancellationToken stop) => _root ??= await job.Session.FindAsync(
            job.Root.Base, stop, "objectSid", "minPwdLength", "lockoutThreshold", "lockoutDuration", "pwdHistoryLength", "pwdProperties", "maxPwdAge", "msDS-LogonTimeSyncInterval", "msDS-Behavior-Version")
        ?? throw new CannotRead(Completeness.Denied, $"The account may not see {job.Root.Base}.", "Check the rights of the account.");

    public async Task<string> SidAsync(CancellationToken stop) => (await RootAsync(stop)).Entry["objectSid"]
        ?? throw new CannotRead(Completeness.Denied, "The account may not see the identifier of the domain (objectSid).", "Give it back the read rights of Authenticated Users on the domain.");

    public Task<(Entry Entry, Pointer At)?> FindBySidAsync(string sid, CancellationToken stop, params string[] attributes) =>
        job.Session.FirstAsync(new Search(job.Root.Base, $"(objectSid={sid})", SearchScope.Subtree, attributes), stop);

    public async Task<bool> HasManagedLocalPasswordsAsync(CancellationToken stop) =>
        await AttributeAsync("msLAPS-PasswordExpirationTime", stop) is not null || await AttributeAsync("ms-Mcs-AdmPwdExpirationTime", stop) is not null;

    /// <summary>
    /// Whether our account may read an attribute of an entry, worked out from the entry's own access list.
    /// A hidden attribute and an absent one look the same in an answer. Null when the list itself may not be read.
    /// </summary>
    public async Task<bool?> CanReadAsync(string entry, string attribute, CancellationToken stop)
    {
        if (await DescriptorAsync(entry, stop) is not { } descriptor || await AttributeAsync(attribute, stop) is not var (id, set))
            return null;
        return descriptor.Allows(_ourSids!, ReadProperty, set is { } s ? [id, s] : [id]);
    }

    /// <summary>Whether our account may list what is in a container and read its entries; null when that cannot be told.</summary>
    public async Task<bool?> CanListAsync(string container, CancellationToken stop)
    {
        const uint ListChildren = 0x4;
        return await DescriptorAsync(container, stop) is { } descriptor
            ? descriptor.Allows(_ourSids!, ListChildren, []) && descriptor.Allows(_ourSids!, ReadProperty, [])
            : null;
    }

    private async Task<SecurityDescriptor?> DescriptorAsync(string entry, CancellationToken stop)
    {
        _ourSids ??= await OurSidsAsync(stop);
        if (_ourSids.Count == 0)
            return null;
        var found = await job.Session.FirstAsync(new Search(entry, "(objectClass=*)", SearchScope.Base, "nTSecurityDescriptor"), stop, DaclOnly);
        return found?.Entry.Bytes("nTSecurityDescriptor") is [var bytes] ? SecurityDescriptor.Parse(bytes) : null;
    }

    /// <summary>Our own identifier; null when it cannot be told. An account sees of itself what it may not see of others.</summary>
    public async Task<string?> OurSidAsync(CancellationToken stop)
    {
        var user = job.Address.User;
        var self = user.Contains('=')
            ? await job.Session.FindAsync(user, stop, "objectSid")
            : await job.Session.FirstAsync(new Search(job.Root.Base, $"(|(userPrincipalName={Dn.InFilter(user)})(sAMAccountName={Dn.InFilter(user.Split('\\')[^1].Split('@')[0])}))", SearchScope.Subtree, "objectSid"), stop);
        return self?.Entry["objectSid"];
    }

    /// <summary>Ourselves and every group we are in; empty when either cannot be told.</summary>
    private async Task<HashSet<string>> OurSidsAsync(CancellationToken stop)
    {
        var groups = job.Root.Entry.Bytes("tokenGroups").Select(sid => SecurityId.Text(sid)).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return groups.Count > 0 && await OurSidAsync(stop) is { } sid ? [sid, .. groups] : [];
    }

    /// <summary>The ids under which rights to an attribute are given: its own, and that of its property set.</summary>
    private async Task<(Guid Id, Guid? Set)?> AttributeAsync(string name, CancellationToken stop)
    {
        if (_attributes.TryGetValue(name, out var known))
            return known;
        var schema = job.Root.Entry["schemaNamingContext"] ?? $"CN=Schema,CN=Configuration,{job.Root.Base}";
        var found = await job.Session.FirstAsync(new Search(schema, $"(lDAPDisplayName={name})", SearchScope.OneLevel, "schemaIDGUID", "attributeSecurityGUID"), stop);
        return _attributes[name] = found?.Entry.Bytes("schemaIDGUID") is [{ Length: 16 } id]
            ? (new Guid(id), found.Value.Entry.Bytes("attributeSecurityGUID") is [{ Length: 16 } set] ? new Guid(set) : null)
            : null;
    }
}
