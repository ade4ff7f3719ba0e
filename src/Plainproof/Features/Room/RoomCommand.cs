using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plainproof.Cli;
using Plainproof.Evidence;
using Plainproof.Features.People;
using Plainproof.Features.Sampling;
using Plainproof.Features.Verify;
using Plainproof.Storage;
using Plainproof.Web;
using Words = Plainproof.Features.Check.Words;

namespace Plainproof.Features.Room;

/// <summary><c>plainproof room open|list|issue|take</c>.</summary>
internal sealed class RoomCommand : ICommandDoor
{
    private readonly Argument<string> _package = new("PACKAGE") { Description = "The package that the company exported for the engagement, as a folder or a zip. Or the folder of a room." };
    private readonly Option<string?> _key = new("--vkey") { Description = "The key of the company's log as you received it from elsewhere: the line, or a file that holds it.", HelpName = "KEY" };
    private readonly Option<string?> _roots = new("--tsa-ca") { Description = "Root certificates of the time-stamp authorities, in PEM.", HelpName = "FILE" };
    private readonly Option<string[]> _kept = new("--kept") { Description = "A signed checkpoint that you kept; may be repeated.", HelpName = "FILE" };
    private readonly Option<string> _address = new("--address") { Description = "Where your browser reaches the room.", HelpName = "URL", DefaultValueFactory = _ => "http://localhost:5081" };
    private readonly Option<bool> _prepare = new("--prepare") { Description = "Check the package and make the room, and open nothing." };
    private readonly Argument<string> _sample = new("SAMPLE") { Description = "The id of a sample that you drew in a room. The address of its page ends with it." };
    private readonly Option<string> _out = new("--out") { Description = "The file to write, for the company.", HelpName = "FILE", Required = true };
    private readonly Argument<FileInfo> _file = new("FILE") { Description = "The sample as the auditor gave it." };
    private readonly Option<string?> _roomKey = new("--vkey") { Description = "The key of the auditor's room as you received it from elsewhere: the line, or a file that holds it.", HelpName = "KEY" };

    public Command Command(Surroundings around)
    {
        var open = new Command("open", "For auditors: check a package, and open it as a room on your own machine.") { _package, _key, _roots, _kept, _address, _prepare };
        open.SetAction((parsed, stop) => OpenAsync(parsed, around, stop));
        var list = new Command("list", "For auditors: list your rooms.");
        list.SetAction(parsed => List(parsed, around));
        var issue = new Command("issue", "For auditors: issue a sample of a room, and write what the company gets of it.") { _sample, _out };
        issue.SetAction((parsed, stop) => IssueAsync(parsed, around, stop));
        var take = new Command("take", "For companies: take in a sample that an auditor issued in a room.") { _file, _roomKey };
        take.SetAction((parsed, stop) => TakeAsync(parsed, around, stop));
        return new Command("room", "The auditor's room on the auditor's own machine.") { open, list, issue, take };
    }

    private async Task<int> OpenAsync(ParseResult parsed, Surroundings around, CancellationToken stop)
    {
        var (typed, json) = (parsed.GetRequiredValue(_package), Formats.IsJson(parsed.GetValue(around.Options.Format)));
        var address = Address(parsed.GetValue(_address)!);
        if (!Package.Is(typed))
            return File.Exists(DataFolder.RoomFileOf(typed)) ? await ServeAsync(typed, address, around, stop) : throw new BadInput($"{typed}: this is no package. Name one that plainproof export wrote, as a folder or a zip, or the folder of a room. See: plainproof room list");
        var checks = VerifyFolder.Request(typed, parsed.GetValue(_key), parsed.GetValue(_roots), parsed.GetValue(_kept) ?? []);
        var done = await new MakeRoom(new RoomPlace(parsed.GetValue(around.Options.Data)), around.Clock).RunAsync(new RoomRequest(typed, checks, parsed.GetValue(around.Options.As) ?? Environment.UserName), stop);
        if (json)
            around.Out.WriteLine(JsonText.Of(new { done.Report.ExitCode, done.Report.Findings, done.Report.Limits, done.Folder, done.IsNew, done.About, done.Earlier }));
        else
            Tell(around, typed, done);
        if (done.Folder is not { } folder)
            return Exit.No;
        return parsed.GetValue(_prepare) ? Exit.Yes : await ServeAsync(folder, address, around, stop);
    }

    private static void Tell(Surroundings around, string typed, RoomDone done)
    {
        if (done.About is not { } about)
        {
            VerifyCommand.Write(Screen.On(around.Out), [new VerifiedFolder(typed, done.Report)]);
            around.Error.WriteLine($"plainproof: {typed}: this package does not hold, so no room is made of it. Keep it as it is, and ask the company.");
            return;
        }

        around.Out.WriteLine($"{(done.IsNew ? "The room was made" : "This is your room of that package")}: {about.Title}, {about.EngagementTitle}");
        around.Out.WriteLine($"  It lies in {done.Folder}");
        foreach (var finding in about.NotChecked)
            around.Out.WriteLine($"  NOT CHECKED: {finding.About}. {finding.Words}");
        foreach (var one in done.Earlier)
            around.Out.WriteLine($"  There is an earlier room of this engagement, checked {Words.Day(one.CheckedAt)}. Its samples and your tests stay there: plainproof room list");
    }

    private static async Task<int> ServeAsync(string folder, Uri address, Surroundings around, CancellationToken stop)
    {
        var data = DataFolder.Open(folder);
        await using var site = await Site.StartAsync(new SiteSettings(data, address, around.Clock, Say: around.Out.WriteLine), stop);
        var link = new Uri(address.Port == 0 ? site.Listening : address, $"/room/enter?token={site.Services.GetRequiredService<RoomLink>().New()}");
        around.Out.WriteLine($"Your room is open. Enter by this link, which works once: {link}");
        around.Out.WriteLine("Stop it with Ctrl+C.");
        await site.WaitAsync(stop);
        return Exit.Yes;
    }

    private static int List(ParseResult parsed, Surroundings around)
    {
        var all = new RoomPlace(parsed.GetValue(around.Options.Data)).All();
        if (Formats.IsJson(parsed.GetValue(around.Options.Format)))
            around.Out.WriteLine(JsonText.Of(new { rooms = all.Select(one => new { one.Folder, one.About }) }));
        else if (all.Count == 0)
            around.Out.WriteLine("There is no room yet. Open a package: plainproof room open PACKAGE");
        else
            foreach (var (folder, about) in all)
                around.Out.WriteLine($"{about.Title}, {about.EngagementTitle}, made {Words.Day(about.MadeAt)}{(about.NotChecked.Any() ? $", not checked: {string.Join(", ", about.NotChecked.Select(one => one.About))}" : "")}\n  {folder}");
        return Exit.Yes;
    }

    private async Task<int> IssueAsync(ParseResult parsed, Surroundings around, CancellationToken stop)
    {
        var (id, path) = (parsed.GetRequiredValue(_sample), parsed.GetRequiredValue(_out));
        if (File.Exists(path))
            throw new BadInput($"--out {path}: it is there already, and nothing is written over. Choose another name.");
        foreach (var (folder, _) in new RoomPlace(parsed.GetValue(around.Options.Data)).All())
        {
            await using var console = await WorkFromConsole.OpenAsync(parsed, around, DataFolder.Open(folder), RoomMark.Company, stop);
            if (!await console.Records.Set<DrawnSample>().AnyAsync(one => one.Id == id, stop))
                continue;
            await SamplingBook.IssueAsync(console.Work, console.Data.DatabaseOf(RoomMark.Company), id, stop);
            var issued = (await new IssueSample(console.Work, console.Logs, console.Data).OfAsync(id, stop))!;
            await WholeFile.WriteAsync(path, issued.ToBytes(), replaces: false, why => $"--out {path}: it cannot be written: {why}", stop);
            if (Formats.IsJson(parsed.GetValue(around.Options.Format)))
                around.Out.WriteLine(JsonText.Of(new { Sample = id, File = Path.GetFullPath(path), issued.Key }));
            else
                around.Out.WriteLine($"The sample is issued. Give {path} to the company: they take it in with plainproof room take FILE\nIt tells how many samples you drew of this list, and how many of them you issued and dropped.\nSend the key of your room by another way, best before:\n  {issued.Key}");
            return Exit.Yes;
        }

        throw new BadInput($"There is no sample '{id}' in your rooms. The address of its page ends with its id. See: plainproof room list");
    }

    private async Task<int> TakeAsync(ParseResult parsed, Surroundings around, CancellationToken stop)
    {
        var file = parsed.GetRequiredValue(_file);
        if (!file.Exists)
            throw new BadInput($"{file}: there is no such file.");
        var key = parsed.GetValue(_roomKey) is { } typed ? File.Exists(typed) ? await File.ReadAllTextAsync(typed, stop) : typed : null;
        var bytes = file.Length > IssuedSample.MostBytes ? new byte[IssuedSample.MostBytes + 1] : await File.ReadAllBytesAsync(file.FullName, stop);
        await using var console = await WorkFromConsole.OpenAsync(parsed, around, stop);
        var done = await new TakeSample(console.Work, console.Logs, console.Company, console.Data).RunAsync(file.Name, bytes, key, stop);
        if (Formats.IsJson(parsed.GetValue(around.Options.Format)))
        {
            around.Out.WriteLine(JsonText.Of(TakenAnswer.Of(done)));
            return Exit.Yes;
        }

        around.Out.WriteLine(done.IsNew ? $"Taken in: a sample of {Words.Many(done.Items, "item")}. It follows from your frozen list, and was fixed before it was issued." : "This sample was taken in before. Nothing changed.");
        around.Out.WriteLine(done.Tally.InWords());
        if (done.KeyFrom == KeyCame.WithTheSample)
            around.Out.WriteLine("The key of the room is self-asserted: it came with the sample. Ask the auditor for it by another way, and give it with --vkey.");
        return Exit.Yes;
    }

    private static Uri Address(string typed) => Uri.TryCreate(typed, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttp && address.IsLoopback && address.PathAndQuery == "/"
        ? address
        : throw new BadInput($"--address {typed}: a room is open on your own machine only. It looks like http://localhost:5081");
}
