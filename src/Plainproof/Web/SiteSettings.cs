using System.Net;
using Plainproof.Storage;

namespace Plainproof.Web;

/// <summary>What one run of the site is told when it starts.</summary>
/// <param name="Address">Where people reach it. The host in it is the only one answered, besides loopback.</param>
/// <param name="Public">Open to strangers: the advisor keeps nothing unless they save it.</param>
/// <param name="AskPerson">Who answers questions here: an e-mail address or a web address; null when nobody was named.</param>
/// <param name="Listen">Where the server listens when a proxy stands before it; null when people reach it directly.</param>
/// <param name="Proxies">Whose word counts about who asks, and how: the proxies themselves, and no others.</param>
/// <param name="Say">Tells the person at the console something, such as the link for the first owner.</param>
internal sealed record SiteSettings(
    DataFolder Data, Uri Address, TimeProvider Clock, bool Public = false, string? AskPerson = null, Action<string>? Say = null,
    IPEndPoint? Listen = null, IReadOnlyList<IPNetwork>? Proxies = null)
{
    public const int DefaultPort = 5080;

    public static Uri DefaultAddress { get; } = new($"http://localhost:{DefaultPort}");
}
