using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Plainproof.Web;

namespace Plainproof.Features.People;

/// <summary>Whole addresses of pages, for letters and for the console.</summary>
internal sealed class SiteLinks(SiteSettings settings, IServer server)
{
    private Uri Root => settings.Address.Port != 0
        ? settings.Address
        : new Uri(server.Features.Get<IServerAddressesFeature>()!.Addresses.First().Replace("127.0.0.1", "localhost", StringComparison.Ordinal));

    public string FirstOwner(string token) => FirstOwner(Root, token);

    public string Invitation(string token) => Invitation(Root, token);

    public string WayBack(string token) => WayBack(Root, token);

    public string At(string path) => new Uri(Root, path).ToString();

    public static string FirstOwner(Uri root, string token) => new Uri(root, $"/first-owner?token={token}").ToString();

    public static string Invitation(Uri root, string token) => new Uri(root, $"/invitation?token={token}").ToString();

    public static string WayBack(Uri root, string token) => new Uri(root, $"/way-back?token={token}").ToString();
}
