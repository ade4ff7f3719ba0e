using Plainproof.Facts;
using Plainproof.Sources.Directories.Wire;

namespace Plainproof.Sources.Directories;

/// <summary>What a directory tells of itself in its root entry (RFC 4512 section 5.1; MS-ADTS 3.1.1.3.2).</summary>
internal sealed record Root(Entry Entry, Pointer At, string Base)
{
    private const string ActiveDirectoryCapability = "1.2.840.113556.1.4.800";
    private const string PasswordPolicyControl = "1.3.6.1.4.1.42.2.27.8.5.1";

    public bool IsActiveDirectory => Entry.All("supportedCapabilities").Contains(ActiveDirectoryCapability);

    public bool HasPasswordPolicyOverlay => Entry.All("supportedControl").Contains(PasswordPolicyControl);

    public string Product =>
        IsActiveDirectory ? (Entry["vendorName"]?.Contains("Samba", StringComparison.Ordinal) == true ? "Samba" : "Active Directory")
        : Entry.Is("OpenLDAProotDSE") ? "OpenLDAP"
        : Entry["vendorName"] ?? "LDAP directory";

    /// <exception cref="CannotRead">It may not be read, or does not say which tree to read.</exception>
    public static async Task<Root> ReadAsync(LdapSession session, DirectoryAddress address, CancellationToken stop)
    {
        // Operational attributes come only when asked for by name or with "+"; Active Directory wants names.
        var (entry, at) = await session.FirstAsync(new Search(
                "", "(objectClass=*)", SearchScope.Base, "objectClass", "namingContexts", "defaultNamingContext", "configurationNamingContext", "schemaNamingContext",
                "domainFunctionality", "supportedCapabilities", "supportedControl", "vendorName", "tokenGroups", "subschemaSubentry"), stop)
            ?? throw new CannotRead(Completeness.Denied, "The directory's root entry may not be read.", "Allow the account to read the root entry: access to dn.base=\"\" by * read.");
        return new Root(entry, at, entry["defaultNamingContext"] ?? OnlyTree(entry, address));
    }

    private static string OnlyTree(Entry entry, DirectoryAddress address) => address.Base ?? entry.All("namingContexts") switch
    {
        [var only] => only,
        [] => throw new CannotRead(Completeness.Denied, "The directory does not say which trees it holds.", "Add base=DN."),
        var several => throw new CannotRead(Completeness.Failed, $"The directory holds several trees: {string.Join(" ; ", several)}.", "Choose one with base=DN."),
    };
}
