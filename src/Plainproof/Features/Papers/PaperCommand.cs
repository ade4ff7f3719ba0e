using System.CommandLine;
using Plainproof.Catalog;
using Plainproof.Cli;
using Plainproof.Features.Engagements;
using Plainproof.Features.People;

namespace Plainproof.Features.Papers;

/// <summary><c>plainproof paper list|export</c>. Drafting and signing are done by people in the browser.</summary>
internal sealed class PaperCommand : ICommandDoor
{
    private readonly Option<string?> _engagement = new("--engagement") { Description = "The id of an engagement. Default: the first of the list.", HelpName = "ID" };
    private readonly Option<string> _kind = new("--kind") { Description = "Which document, such as system-description.", HelpName = "KIND", Required = true };
    private readonly Option<long?> _number = new("--number") { Description = "Which version. Default: the newest.", HelpName = "NUMBER" };
    private readonly Option<string> _out = new("--out") { Description = $"The file to write. Its end says the format: {string.Join(", ", PaperFiles.All)}.", HelpName = "FILE", Required = true };
    private readonly Option<bool> _sources = new("--sources") { Description = "Add where each sentence comes from." };

    public Command Command(Surroundings around)
    {
        var list = new Command("list", "List the saved versions of management's documents.") { _engagement };
        list.SetAction((parsed, stop) => ListAsync(parsed, around, stop));
        var export = new Command("export", "Write a saved version into a file.") { _engagement, _kind, _number, _out, _sources };
        export.SetAction((parsed, stop) => ExportAsync(parsed, around, stop));
        return new Command("paper", "Management's documents: the description, the assertion, lists and letters.") { list, export };
    }

    private async Task<int> ListAsync(ParseResult parsed, Surroundings around, CancellationToken stop)
    {
        await using var console = await WorkFromConsole.OpenAsync(parsed, around, stop);
        var it = await EngagementAsync(parsed, console, stop);
        var all = await new PaperShelf(console.Work).AllAsync(it.Id, stop);
        if (Formats.IsJson(parsed.GetValue(around.Options.Format)))
            around.Out.WriteLine(JsonText.Of(new { engagement = it.Id, versions = all.Select(one => new { paper = one.Version.Kind, version = VersionLine.Of(one) }) }));
        else if (all.Count == 0)
            around.Out.WriteLine("No document is saved yet. Write them in the browser: plainproof serve");
        else
            foreach (var (version, signature) in all)
                around.Out.WriteLine($"{version.Kind,-24} version {version.Number,-3} {Check.Words.Day(version.SavedAt)}  {(signature is null ? "not signed" : $"signed by {signature.Name}")}");
        return Exit.Yes;
    }

    private async Task<int> ExportAsync(ParseResult parsed, Surroundings around, CancellationToken stop)
    {
        var (file, name, number) = (parsed.GetRequiredValue(_out), parsed.GetRequiredValue(_kind), parsed.GetValue(_number));
        var format = Path.GetExtension(file).TrimStart('.').ToLowerInvariant();
        var problems = new List<string>();
        if (!PaperFiles.All.Contains(format))
            problems.Add($"'{file}' names no format. End it with one of these: {string.Join(", ", PaperFiles.All.Select(one => "." + one))}.");
        if (PaperKinds.Find(name) is not { } kind)
            throw new BadInput([.. problems, $"There is no document '{name}'. There are: {string.Join(", ", PaperKinds.All.Select(one => one.Id))}."]);
        if (problems.Count > 0)
            throw new BadInput(problems);
        await using var console = await WorkFromConsole.OpenAsync(parsed, around, stop);
        var it = await EngagementAsync(parsed, console, stop);
        var saved = (await new PaperShelf(console.Work).VersionsAsync(it.Id, name, stop)).FirstOrDefault(one => number is null || one.Version.Number == number)
            ?? throw new BadInput($"No such version of '{name}' is saved for “{it.Title}”. See: plainproof paper list --engagement {it.Id}");
        if (!PaperFiles.Of(saved.Version.Text()).Contains(format))
            throw new BadInput($"{kind.Title} has no tables, so it cannot be a .{format}. End the file with .docx or .pdf.");
        var document = new PaperDocument(saved, kind.Title, await console.TitleAsync(stop), console.Company.Mark, parsed.GetValue(_sources) ? PaperSources.With : PaperSources.Without);
        await WholeFile.WriteAsync(file, PaperFiles.Bytes(format, document), replaces: true, why => $"'{file}' could not be written: {why}", stop);
        around.Out.WriteLine($"{kind.Title}, version {saved.Version.Number}, is in {file}. SHA-256 of its text: {saved.Version.Digest}");
        return Exit.Yes;
    }

    private async Task<Engagement> EngagementAsync(ParseResult parsed, WorkFromConsole console, CancellationToken stop)
    {
        var book = new EngagementBook(console.Work, Catalogue.Shipped, console.Clock);
        return parsed.GetValue(_engagement) is { } id
            ? await book.OfAsync(id, stop) ?? throw new BadInput($"There is no engagement '{id}'. See: plainproof engagement list")
            : (await book.AllAsync(stop)).FirstOrDefault() ?? throw new BadInput("No engagement is planned yet, and each document belongs to one. Plan one: plainproof engagement new TITLE --on DAY");
    }
}
