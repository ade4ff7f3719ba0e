using System.CommandLine;
using Plainproof.Catalog;
using Plainproof.Cli;
using Plainproof.Features.Controls;
using Plainproof.Features.Engagements;
using Plainproof.Features.EvidenceFiles;
using Plainproof.Features.People;
using Plainproof.Features.Populations;
using Plainproof.Features.Standing;
using Plainproof.Sources;
using Words = Plainproof.Features.Check.Words;

namespace Plainproof.Features.Requests;

/// <summary><c>plainproof request list|generate|import|export</c>.</summary>
internal sealed class RequestCommand : ICommandDoor
{
    private readonly Option<string?> _engagement = new("--engagement") { Description = "The id of an engagement. Left out: the one that is open.", HelpName = "ID" };
    private readonly Argument<FileInfo> _file = new("FILE") { Description = "The workbook of the CPA, as .xlsx." };
    private readonly Option<string?> _sheet = new("--sheet") { Description = "The sheet with the lines. Left out: the one that looks most like a list.", HelpName = "NAME" };
    private readonly Option<string?> _columns = new("--columns") { Description = "What the columns hold, such as \"header=3 number=A item=C due=E\". Left out: as their names say.", HelpName = "TEXT" };
    private readonly Option<bool> _look = new("--look") { Description = "Say which column is taken for what, and import nothing." };
    private readonly Option<FileInfo> _out = new("--out") { Description = "The workbook to write.", HelpName = "FILE", Required = true };

    public Command Command(Surroundings around)
    {
        var list = new Command("list", "List what the auditor asks for, and how far each line is.") { _engagement };
        list.SetAction((parsed, stop) => ListAsync(parsed, around, stop));
        var generate = new Command("generate", "Add the lines that auditors usually ask for.") { _engagement };
        generate.SetAction((parsed, stop) => GenerateAsync(parsed, around, stop));
        var import = new Command("import", "Import the list of the CPA from their workbook.") { _file, _engagement, _sheet, _columns, _look };
        import.SetAction((parsed, stop) => ImportAsync(parsed, around, stop));
        var export = new Command("export", "Write the list: into a copy of the CPA's workbook where there is one.") { _out, _engagement };
        export.SetAction((parsed, stop) => ExportAsync(parsed, around, stop));
        return new Command("request", "What the auditor asks for: take the list in, and give it back answered.") { list, generate, import, export };
    }

    private async Task<int> ListAsync(ParseResult parsed, Surroundings around, CancellationToken stop)
    {
        await using var console = await RequestsFromConsole.OpenAsync(parsed, around, stop);
        var lines = await console.Book.OfAsync((await EngagementAsync(console, parsed, stop)).Id, stop);
        if (Formats.IsJson(parsed.GetValue(around.Options.Format)))
            around.Out.WriteLine(JsonText.Of(new RequestList([.. lines.Select(RequestItem.Of)])));
        else if (lines.Count == 0)
            around.Out.WriteLine("The list is empty. Begin with what is usual: plainproof request generate. Or import the CPA's: plainproof request import FILE");
        else
            foreach (var view in lines)
                around.Out.WriteLine($"{view.Line.Number,-8} {RequestWords.Of(view.State),-22} {view.Links.Count,2} given  {view.Line.Item}");
        return Exit.Yes;
    }

    private async Task<int> GenerateAsync(ParseResult parsed, Surroundings around, CancellationToken stop)
    {
        await using var console = await RequestsFromConsole.OpenAsync(parsed, around, stop);
        var added = await console.Book.GenerateAsync((await EngagementAsync(console, parsed, stop)).Id, stop);
        around.Out.WriteLine($"{Words.Many(added, "line")} added. See them: plainproof request list");
        return Exit.Yes;
    }

    private async Task<int> ImportAsync(ParseResult parsed, Surroundings around, CancellationToken stop)
    {
        var file = parsed.GetRequiredValue(_file);
        if (!file.Exists)
            throw new BadInput($"There is no file {file.FullName}.");
        var columns = parsed.GetValue(_columns) is { } typed ? SheetColumns.Parse(typed) : null;
        await using var console = await RequestsFromConsole.OpenAsync(parsed, around, stop);
        var engagement = await EngagementAsync(console, parsed, stop);
        var sent = file.Length > RequestWorkbooks.MostBytes ? new SentBytes(file.Name, file.Length, []) : SentBytes.Of(file.Name, await File.ReadAllBytesAsync(file.FullName, stop));
        if (parsed.GetValue(_look))
        {
            var looked = RequestWorkbooks.Look(sent, parsed.GetValue(_sheet));
            around.Out.WriteLine($"Sheet: {looked.Sheet.Name}\nColumns: {(columns ?? looked.Guess).ToText()}\nNothing was imported.");
            return Exit.Yes;
        }

        var id = await console.Workbooks.ReceiveAsync(engagement.Id, Guid.CreateVersion7().ToString("D"), sent, stop);
        var opened = (await console.Workbooks.OpenAsync(id, parsed.GetValue(_sheet), stop))!;
        var done = await console.Workbooks.ImportAsync(id, opened.Sheet.Name, columns ?? SheetColumns.Parse(opened.Guess.ToText()), stop);
        if (Formats.IsJson(parsed.GetValue(around.Options.Format)))
            around.Out.WriteLine(JsonText.Of(done));
        else
            around.Out.WriteLine($"{Words.Many(done.Added, "line")} added, {done.Changed} worded anew, {done.Same} as before, from the sheet “{opened.Sheet.Name}”.");
        foreach (var remark in Formats.IsJson(parsed.GetValue(around.Options.Format)) ? [] : done.Remarks)
            around.Error.WriteLine($"plainproof: {remark}");
        return Exit.Yes;
    }

    private async Task<int> ExportAsync(ParseResult parsed, Surroundings around, CancellationToken stop)
    {
        var file = parsed.GetRequiredValue(_out);
        if (file.Exists)
            throw new BadInput($"{file.FullName} is there already. Choose another name, or remove it first.");
        await using var console = await RequestsFromConsole.OpenAsync(parsed, around, stop);
        var made = (await console.Answers.WorkbookAsync((await EngagementAsync(console, parsed, stop)).Id, stop))!.Value;
        await WholeFile.WriteAsync(file.FullName, made.Bytes, replaces: false, why => $"--out {file.FullName}: the workbook could not be written: {why} Choose another place.", stop);
        around.Out.WriteLine($"Written: {file.FullName}");
        return Exit.Yes;
    }

    private async Task<Engagement> EngagementAsync(RequestsFromConsole console, ParseResult parsed, CancellationToken stop)
    {
        var all = await console.Engagements.AllAsync(stop);
        if (parsed.GetValue(_engagement) is { } id)
            return all.FirstOrDefault(one => one.Id == id) ?? throw new BadInput($"There is no engagement '{id}'. See: plainproof engagement list");
        var open = all.Where(one => one.IsOpen).ToList();
        return open.Count == 1 ? open[0] : throw new BadInput(open.Count == 0 ? "No engagement is open. Plan one: plainproof engagement new TITLE --on DAY" : "Several engagements are open. Say which: --engagement ID. See: plainproof engagement list");
    }
}

/// <summary>The use cases about requests, for a command. Whoever has the data folder may do what an owner may.</summary>
internal sealed class RequestsFromConsole : IAsyncDisposable
{
    private readonly WorkFromConsole _console;
    private readonly Standings _standings;

    private RequestsFromConsole(WorkFromConsole console)
    {
        (_console, _standings) = (console, new Standings(console.Data, Catalogue.Shipped, console.Clock, []));
        var controls = new ControlBook(console.Work, Catalogue.Shipped, console.Clock);
        Engagements = new EngagementBook(console.Work, Catalogue.Shipped, console.Clock);
        var evidence = new EvidenceBook(
            console.Work, console.Company, controls, _standings, new EvidenceIntake(console.Company, console.Data, console.Clock),
            new EvidenceKnowledge(console.Records, console.Company, console.Data, Catalogue.Shipped, console.Clock), console.Data, Catalogue.Shipped, console.Clock);
        var freezing = new Freezing(
            new PopulationBook(console.Work, Engagements, _standings, console.Company, new SourceLibrary(console.Clock), console.Clock), console.Work, Engagements, console.Logs, console.Company, console.Data, console.Clock);
        Book = new RequestBook(console.Work, Engagements, controls, Catalogue.Shipped);
        Workbooks = new RequestWorkbooks(console.Work, Book, Engagements, console.Company, console.Data, Catalogue.Shipped, console.Clock);
        Answers = new RequestAnswers(Book, Workbooks, Engagements, evidence, freezing, Catalogue.Shipped, console.Company);
    }

    public EngagementBook Engagements { get; }

    public RequestBook Book { get; }

    public RequestWorkbooks Workbooks { get; }

    public RequestAnswers Answers { get; }

    /// <exception cref="BadInput">There is no such company.</exception>
    public static async Task<RequestsFromConsole> OpenAsync(ParseResult parsed, Surroundings around, CancellationToken stop) => new(await WorkFromConsole.OpenAsync(parsed, around, stop));

    public async ValueTask DisposeAsync()
    {
        await _standings.DisposeAsync();
        await _console.DisposeAsync();
    }
}
