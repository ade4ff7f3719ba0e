using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Plainproof.Cli;
using Plainproof.Features.Room;
using Plainproof.Storage;
using Plainproof.Tests.People;
using Plainproof.Tests.Populations;
using Plainproof.Tests.Servers;
using Plainproof.Tests.Web;
using Plainproof.Web;

namespace Plainproof.Tests.Room;

/// <summary>Acme with a frozen list, its package, and the room that an auditor made of it on a machine of their own.</summary>
internal sealed class OpenedRoom : IAsyncDisposable
{
    public const string Auditor = "cpa@firm.example";
    public const string Home = "/c/room";
    public const int Rows = 60;
    private readonly TemporaryFolder _folder = new();
    private Site? _site;

    private OpenedRoom(Ledger acme) => Acme = acme;

    public Ledger Acme { get; }

    public string Package => _folder.File("package");

    public string Rooms => _folder.File("rooms");

    /// <summary>The company's key, as the auditor got it earlier.</summary>
    public string KeyFile => _folder.File("key.txt");

    public string Engagement { get; private set; } = "";

    public string Population { get; private set; } = "";

    public string Folder => Assert(Directory.GetDirectories(Rooms));

    /// <summary>The auditor's browser.</summary>
    public Visitor Cpa { get; private set; } = null!;

    public static async Task<OpenedRoom> MakeAsync(bool postgresql)
    {
        var it = new OpenedRoom(await Ledger.OpenAsync(postgresql));
        await it.LiveAsync();
        return it;
    }

    public string File(string name) => _folder.File(name);

    public string Write(string name, byte[] bytes)
    {
        System.IO.File.WriteAllBytes(_folder.File(name), bytes);
        return _folder.File(name);
    }

    /// <summary>A command on the auditor's machine.</summary>
    public async Task<(int Exit, string Said)> AuditorAsync(params string[] command)
    {
        using var said = new StringWriter();
        var exit = await CommandLine.RunAsync([.. command, .. command.Contains("--data") ? Array.Empty<string>() : ["--data", Rooms], "--as", Auditor], TextReader.Null, said, said, Acme.Office.Clock);
        return (exit, Regex.Replace(said.ToString(), "\\s+", " "));
    }

    public Task EnterAsync() => EnterAsync(Folder);

    public async Task EnterAsync(string folder)
    {
        if (_site is not null)
            await _site.DisposeAsync();
        _site = await Site.StartAsync(new SiteSettings(DataFolder.Open(folder), new Uri("http://localhost:0"), Acme.Office.Clock), default);
        Cpa?.Dispose();
        Cpa = new Visitor(_site.Listening, follow: true);
        await Cpa.GetAsync($"/room/enter?token={_site.Services.GetRequiredService<RoomLink>().New()}");
    }

    /// <summary>The room is closed.</summary>
    public async Task LeaveAsync()
    {
        Cpa.Dispose();
        await _site!.DisposeAsync();
        _site = null;
    }

    public IServiceProvider Services => _site!.Services;

    public Uri Address => _site!.Listening;

    public async Task<(Seen Page, string Id)> DrawAsync(params (string, string)[] typed)
    {
        var page = await Cpa.SubmitAsync(await Cpa.GetAsync($"{Home}/samples/new?population={Population}"), typed, "value=\"draw\"");
        return page.Text.Contains("How it was drawn", StringComparison.Ordinal) ? (page, page.Address.AbsolutePath.Split('/')[^1]) : throw new InvalidOperationException(page.Text);
    }

    /// <summary>Issues it on its page, and downloads what the company gets.</summary>
    public async Task<byte[]> IssueAsync(string sample)
    {
        await Cpa.SubmitAsync(await Cpa.GetAsync($"{Home}/samples/{sample}"), [], "value=\"issue\"");
        return await Cpa.Client.GetByteArrayAsync($"{Home}/samples/{sample}/issued.json");
    }

    public Task<(int Exit, string Said)> ExportAsync(string name, params string[] more) => Acme.RunAsync(["export", "--out", _folder.File(name), .. more]);

    public async ValueTask DisposeAsync()
    {
        Cpa?.Dispose();
        if (_site is not null)
            await _site.DisposeAsync();
        await Acme.DisposeAsync();
        _folder.Dispose();
    }

    private async Task LiveAsync()
    {
        await Acme.LiveAsync(_ => Acme.PushAsync("change.merge", "forge", Enumerable.Range(0, Rows).Select(number => Acme.Merge(number, 1 + (number % 27), "bob"))));
        await DoAsync("evidence", "add", Acme.Write("review.csv", "account,decision\nann,keep\n"), "--control", "AC-06", "--says", "Review of all accounts", "--from", Acme.Day(2), "--to", Acme.Day(9));
        Engagement = (await DoAsync("engagement", "new", "First Type II", "--from", Acme.Day(1), "--to", Acme.Day(Ledger.LastDay))).Split(' ')[0];
        await DoAsync("population", "freeze", "changes", "--engagement", Engagement, "--from", Acme.Day(1), "--to", Acme.Day(Ledger.LastDay));
        Population = (string)(await Acme.EntriesAsync("population.frozen")).Single()["population"]!;
        var (exit, said) = await ExportAsync("package/", "--engagement", Engagement);
        if (exit != 0)
            throw new InvalidOperationException(said);
        System.IO.File.Copy(System.IO.Path.Combine(Acme.Office.Data.Path, "companies", "acme-gmbh", "log", "log.vkey"), KeyFile);
    }

    private async Task<string> DoAsync(params string[] command)
    {
        var (exit, said) = await Acme.RunAsync(command);
        return exit == 0 ? said : throw new InvalidOperationException($"{string.Join(' ', command)}: {said}");
    }

    private static string Assert(string[] folders) => Xunit.Assert.Single(folders);
}
