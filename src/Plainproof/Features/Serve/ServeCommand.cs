using System.CommandLine;
using System.Net;
using Plainproof.Cli;
using Plainproof.Features.Sample;
using Plainproof.Storage;
using Plainproof.Web;

namespace Plainproof.Features.Serve;

/// <summary><c>plainproof serve</c>: the advisor and the workspace in a browser.</summary>
internal sealed class ServeCommand : ICommandDoor
{
    private readonly Option<string> _address = new("--address") { Description = "Where people reach it.", HelpName = "URL", DefaultValueFactory = _ => SiteSettings.DefaultAddress.ToString() };
    private readonly Option<bool> _public = new("--public") { Description = "Open to strangers, as on an adviser's website: rate-limited, and nothing is kept unless they save it." };
    private readonly Option<string?> _ask = new("--ask") { Description = "Who people can ask: an e-mail address or a web page.", HelpName = "CONTACT" };
    private readonly Option<bool> _sample = new("--sample") { Description = "Make a sample company, once, that everybody may look at. All of it is made up." };

    private readonly Option<string?> _listen = new("--listen") { Description = "Where the server listens, in clear, when a proxy with a certificate stands before it.", HelpName = "ADDRESS:PORT" };
    private readonly Option<string[]> _proxy = new("--proxy") { Description = "A proxy, or a network of them, such as 10.0.0.5 or 10.0.0.0/24. Only these are believed about who asks. Default: this machine.", HelpName = "NETWORK", DefaultValueFactory = _ => [] };

    public Command Command(Surroundings around)
    {
        var command = new Command("serve", "Open Plainproof in a browser: find out where you stand, without an account.") { _address, _listen, _proxy, _public, _ask, _sample };
        command.SetAction((parsed, stop) => RunAsync(parsed, around, stop));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, Surroundings around, CancellationToken stop)
    {
        var address = AddressOf(parsed.GetValue(_address)!);
        var (listen, proxies) = BehindOf(address, parsed.GetValue(_listen), parsed.GetValue(_proxy)!);
        var ask = ContactOf(parsed.GetValue(_ask));
        var data = DataFolder.Open(parsed.GetValue(around.Options.Data));
        if (data.IsRoom)
            throw new BadInput($"{data.Path}: this is an auditor's room. Open it with: plainproof room open {data.Path}");
        if (parsed.GetValue(_sample))
            await MakeSampleAsync(data, address, around, stop);
        await using var site = await Site.StartAsync(new SiteSettings(data, address, around.Clock, parsed.GetValue(_public), ask, around.Out.WriteLine, listen, proxies), stop);
        around.Out.WriteLine($"Plainproof is open at {(address.Port == 0 ? site.Listening : address).ToString().TrimEnd('/')}{(listen is null ? "" : $", by way of the proxy before {site.Listening.Authority}")}. Stop it with Ctrl+C.");
        await site.WaitAsync(stop);
        return Exit.Yes;
    }

    private static async Task MakeSampleAsync(DataFolder data, Uri address, Surroundings around, CancellationToken stop)
    {
        var (company, _) = await new MakeSample(data, around.Clock).RunAsync(stop);
        around.Out.WriteLine($"{company.Title} is made up, and open to whoever looks{(address.Port == 0 ? "." : $": {new Uri(address, $"/c/{company.Id}")}")}");
    }

    private static Uri AddressOf(string typed) =>
        Uri.TryCreate(typed, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.PathAndQuery == "/" && address.UserInfo.Length == 0
            ? address
            : throw new BadInput($"--address {typed}: this is no address of a site. It looks like http://localhost:5080 and has no path.");

    /// <summary>Where it listens behind a proxy, and which proxies it believes; null when people reach it directly.</summary>
    private static (IPEndPoint? Listen, IReadOnlyList<IPNetwork> Proxies) BehindOf(Uri address, string? typed, IReadOnlyList<string> proxies)
    {
        var problems = new List<string>();
        if (typed is null && address.Scheme == Uri.UriSchemeHttps)
            problems.Add($"--address {address}: Plainproof has no certificate of its own. Put a proxy that has one before it, and say where it is to listen: --listen 127.0.0.1:5080. See docs/manual/server.md");
        if (typed is null && proxies.Count > 0)
            problems.Add("--proxy: say also where the server is to listen, such as --listen 127.0.0.1:5080");
        IPEndPoint? listen = null;
        if (typed is not null && (!IPEndPoint.TryParse(typed, out listen) || !typed.EndsWith($":{listen.Port}", StringComparison.Ordinal)))
            problems.Add($"--listen {typed}: this is no address of this machine with a port. It looks like 127.0.0.1:5080.");
        var networks = new List<IPNetwork>();
        foreach (var proxy in proxies)
        {
            if (IPNetwork.TryParse(proxy, out var network))
                networks.Add(network);
            else if (IPAddress.TryParse(proxy, out var one))
                networks.Add(new IPNetwork(one, one.GetAddressBytes().Length * 8));
            else
                problems.Add($"--proxy {proxy}: this is neither an address nor a network. It looks like 10.0.0.5 or 10.0.0.0/24.");
        }

        if (problems.Count > 0)
            throw new BadInput(problems);
        return (listen, networks.Count > 0 ? networks : [IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("::1/128")]);
    }

    private static string? ContactOf(string? typed) => typed switch
    {
        null => null,
        _ when Uri.TryCreate(typed, UriKind.Absolute, out var page) && page.Scheme is "http" or "https" => page.ToString(),
        _ when System.Net.Mail.MailAddress.TryCreate(typed, out var mail) && mail.Address == typed => $"mailto:{mail.Address}",
        _ => throw new BadInput($"--ask {typed}: this is neither an e-mail address nor the address of a web page."),
    };
}
