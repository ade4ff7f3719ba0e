using System.CommandLine;
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

    public Command Command(Surroundings around)
    {
        var command = new Command("serve", "Open Plainproof in a browser: find out where you stand, without an account.") { _address, _public, _ask, _sample };
        command.SetAction((parsed, stop) => RunAsync(parsed, around, stop));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, Surroundings around, CancellationToken stop)
    {
        var address = AddressOf(parsed.GetValue(_address)!);
        var ask = ContactOf(parsed.GetValue(_ask));
        var data = DataFolder.Open(parsed.GetValue(around.Options.Data));
        if (parsed.GetValue(_sample))
            await MakeSampleAsync(data, address, around, stop);
        await using var site = await Site.StartAsync(new SiteSettings(data, address, around.Clock, parsed.GetValue(_public), ask, around.Out.WriteLine), stop);
        around.Out.WriteLine($"Plainproof is open at {(address.Port == 0 ? site.Listening : address).ToString().TrimEnd('/')}. Stop it with Ctrl+C.");
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

    private static string? ContactOf(string? typed) => typed switch
    {
        null => null,
        _ when Uri.TryCreate(typed, UriKind.Absolute, out var page) && page.Scheme is "http" or "https" => page.ToString(),
        _ when System.Net.Mail.MailAddress.TryCreate(typed, out var mail) && mail.Address == typed => $"mailto:{mail.Address}",
        _ => throw new BadInput($"--ask {typed}: this is neither an e-mail address nor the address of a web page."),
    };
}
