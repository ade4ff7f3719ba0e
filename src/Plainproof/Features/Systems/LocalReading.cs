using Plainproof.Features.People;
using Plainproof.Sources;
using Plainproof.Web;

namespace Plainproof.Features.Systems;

/// <summary>
/// Whether this machine itself may be read by way of the site: only while nobody else can reach the site, and only when an owner asked for it.
/// Whoever signs in over a network is not the owner of the machine.
/// </summary>
internal static class LocalReading
{
    public const string Why = "This reads the machine that Plainproof runs on. Only an owner may connect it, and only while the site is open to this machine alone.";

    public static bool IsAllowed(SiteSettings settings) => settings.Address.IsLoopback && !settings.Public;

    public static bool IsAllowed(SiteSettings settings, Role role) => role == Role.Owner && IsAllowed(settings);

    public static bool Needs(SourceInfo info, string? address) => info.Leads == AddressKind.Machine || (info.Leads == AddressKind.Network && address is null);
}
