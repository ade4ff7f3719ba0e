using System.CommandLine;
using Plainproof.Cli;
using Plainproof.Features.People.SigningIn;
using Plainproof.Storage;
using Plainproof.Storage.Records;
using Plainproof.Web;

namespace Plainproof.Features.People;

/// <summary><c>plainproof company list|new</c>.</summary>
internal sealed class CompanyCommand : ICommandDoor
{
    public Command Command(Surroundings around)
    {
        var name = new Argument<string>("NAME") { Description = "Lower-case letters, digits and dashes, such as acme." };
        var title = new Option<string?>("--title") { Description = "The name that people see. Default: NAME.", HelpName = "TITLE" };
        var list = new Command("list", "List the companies.");
        list.SetAction((parsed, stop) => ListAsync(parsed, around, stop));
        var made = new Command("new", "Make a company that people can be invited to.") { name, title };
        made.SetAction(async (parsed, stop) =>
        {
            await using var people = await PeopleFromConsole.OpenAsync(parsed, around, stop);
            var company = await people.Companies.OpenAsync(parsed.GetRequiredValue(name), parsed.GetValue(title), people.Operator, stop);
            around.Out.WriteLine($"{company.Title} is there as {company.Id}. Invite its owner: plainproof user invite NAME@EXAMPLE.COM --role owner --company {company.Id}");
            return Exit.Yes;
        });
        return new Command("company", "List the companies, or make one.") { list, made };
    }

    private static async Task<int> ListAsync(ParseResult parsed, Surroundings around, CancellationToken stop)
    {
        var json = Formats.IsJson(parsed.GetValue(around.Options.Format));
        await using var people = await PeopleFromConsole.OpenAsync(parsed, around, stop);
        var all = await people.Companies.AllAsync(stop);
        if (json)
            around.Out.WriteLine(JsonText.Of(new { companies = all }));
        else if (all.Count == 0)
            around.Out.WriteLine("There is no company yet. Make one: plainproof company new NAME");
        foreach (var one in json ? [] : all)
            around.Out.WriteLine($"{one.Name,-24} {(one.Title is null ? "nobody can enter it yet; see: plainproof company new --help" : $"{one.Title}, {(one.People == 1 ? "1 person" : $"{one.People} people")}")}");
        return Exit.Yes;
    }
}

/// <summary><c>plainproof user invite</c> and <c>recover</c>.</summary>
internal sealed class UserCommand : ICommandDoor
{
    public Command Command(Surroundings around)
    {
        var email = new Argument<string>("EMAIL") { Description = "The address of the person." };
        var role = new Option<Role>("--role") { Description = "owner, member, controlOwner, adviser, auditor or viewer.", HelpName = "ROLE", DefaultValueFactory = _ => Role.Member };
        var address = new Option<string>("--address") { Description = "Where people reach the workspace.", HelpName = "URL", DefaultValueFactory = _ => SiteSettings.DefaultAddress.ToString() };
        var firm = new Option<string>("--firm") { Description = "The firm of an adviser or auditor.", HelpName = "NAME", DefaultValueFactory = _ => "" };
        var invite = new Command("invite", "Print a link that lets one person into a company, once.") { email, role, firm, address };
        invite.SetAction(async (parsed, stop) =>
        {
            var root = RootOf(parsed.GetValue(address));
            await using var people = await PeopleFromConsole.OpenAsync(parsed, around, stop);
            var company = await people.CompanyAsync(parsed.GetValue(around.Options.Company)!, stop);
            var token = await people.Invitations.InviteAsync(company, parsed.GetRequiredValue(email), parsed.GetValue(role), parsed.GetValue(firm)!, people.Operator, null, stop);
            around.Out.WriteLine($"Send this link to {parsed.GetRequiredValue(email)}. It works once, for 14 days: {SiteLinks.Invitation(root, token)}");
            return Exit.Yes;
        });
        return new Command("user", "Let people in.") { invite, Recover(around, address) };
    }

    private static Command Recover(Surroundings around, Option<string> address)
    {
        var email = new Argument<string>("EMAIL") { Description = "The address of the person." };
        var withoutCode = new Option<bool>("--without-code") { Description = "They lost the device with the codes as well: ask for no code any more." };
        var recover = new Command("recover", "Print a link by which somebody who cannot sign in sets a new password.") { email, withoutCode, address };
        recover.SetAction(async (parsed, stop) =>
        {
            var root = RootOf(parsed.GetValue(address));
            await using var people = await PeopleFromConsole.OpenAsync(parsed, around, stop);
            var scope = parsed.GetValue(withoutCode) ? WayBackScope.PasswordAndCode : WayBackScope.Password;
            var token = await people.WaysBack.MakeAsync(parsed.GetRequiredValue(email), people.Operator, scope, stop)
                ?? throw new BadInput($"Nobody here has the address {parsed.GetRequiredValue(email)}. Check the spelling, or invite them: plainproof user invite EMAIL --company NAME");
            around.Out.WriteLine($"Be sure who asks. Then send this link to {parsed.GetRequiredValue(email)}. It works once, for an hour: {SiteLinks.WayBack(root, token)}");
            return Exit.Yes;
        });
        return recover;
    }

    private static Uri RootOf(string? typed) =>
        Uri.TryCreate(typed, UriKind.Absolute, out var root) ? root : throw new BadInput($"--address {typed}: this is no address of a site. It looks like http://localhost:5080");
}

/// <summary>The use cases about people, for a command.</summary>
internal sealed class PeopleFromConsole : IAsyncDisposable
{
    private readonly InstallationRecords _records;
    private readonly CompanyLogs _logs;

    private PeopleFromConsole(DataFolder data, TimeProvider clock, string by)
    {
        (_records, _logs, Operator) = (InstallationRecords.Of(data), new CompanyLogs(data, clock), by);
        var acts = new CompanyActs(_records, _logs, data, clock);
        Companies = new Companies(_records, acts, data, clock);
        Invitations = new Invitations(_records, Companies, acts, clock);
        WaysBack = new WaysBack(_records, acts, clock);
    }

    public string Operator { get; }

    public Companies Companies { get; }

    public Invitations Invitations { get; }

    public WaysBack WaysBack { get; }

    public static async Task<PeopleFromConsole> OpenAsync(ParseResult parsed, Surroundings around, CancellationToken stop)
    {
        var data = DataFolder.Open(parsed.GetValue(around.Options.Data));
        await InstallationRecords.MigrateAsync(data, around.Clock, stop);
        return new PeopleFromConsole(data, around.Clock, parsed.GetValue(around.Options.As) ?? Environment.UserName);
    }

    /// <summary>The company; one that was started on the command line is opened for people now.</summary>
    public async Task<Company> CompanyAsync(string name, CancellationToken stop) =>
        await Companies.FindAsync(name, stop)
        ?? ((await Companies.UnclaimedAsync(stop)).Contains(name)
            ? await Companies.OpenAsync(name, null, Operator, stop)
            : throw new BadInput($"There is no company '{name}'. Make it first: plainproof company new {name}"));

    public async ValueTask DisposeAsync()
    {
        _logs.Dispose();
        await _records.DisposeAsync();
    }
}
