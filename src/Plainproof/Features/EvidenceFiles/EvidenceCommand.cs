using System.CommandLine;
using System.Globalization;
using Plainproof.Catalog;
using Plainproof.Cli;
using Plainproof.Features.Controls;
using Plainproof.Features.EvidenceFiles.Objections;
using Plainproof.Features.People;
using Plainproof.Features.Standing;
using Plainproof.Storage;

namespace Plainproof.Features.EvidenceFiles;

/// <summary><c>plainproof evidence add|list|show</c>.</summary>
internal sealed class EvidenceCommand : ICommandDoor
{
    private readonly Argument<FileInfo> _file = new("FILE") { Description = "The file to add." };
    private readonly Argument<string> _id = new("ID") { Description = "The id of a file, as the list tells it." };
    private readonly Option<string?> _control = new("--control") { Description = "The control that it shows something of, such as AC-06.", HelpName = "ID" };
    private readonly Option<string?> _gap = new("--gap") { Description = "Or the gap.", HelpName = "ID" };
    private readonly Option<string?> _says = new("--says") { Description = "What it shows, in a few words.", HelpName = "TEXT" };
    private readonly Option<string?> _kind = new("--kind") { Description = $"One of: {string.Join(", ", EvidenceKinds.All.Select(Words.Of))}.", HelpName = "KIND" };
    private readonly Option<string?> _from = new("--from") { Description = "First day that it speaks of.", HelpName = "DAY" };
    private readonly Option<string?> _to = new("--to") { Description = "Last day that it speaks of.", HelpName = "DAY" };
    private readonly Option<string?> _copyOf = new("--copy-of") { Description = "The id of the original, for a cut or covered copy.", HelpName = "ID" };
    private readonly Option<bool> _look = new("--look") { Description = "Say what an auditor would say, and add nothing." };
    private readonly Option<string?> _search = new("--search") { Description = "Only files that hold these words.", HelpName = "WORDS" };
    private readonly List<(FileField Field, Option<string?> Option)> _told =
        [.. FileField.All.Select(field => (field, new Option<string?>($"--{Dashed(field.Name)}") { Description = $"{field.Label}. {field.Why}", HelpName = field.Shape == FieldShape.Day ? "DAY" : "TEXT" }))];

    public Command Command(Surroundings around)
    {
        var add = new Command("add", "Add a file as evidence, and hear what an auditor would say to it.") { _file, _control, _gap, _says, _kind, _from, _to, _copyOf, _look };
        foreach (var (_, option) in _told)
            add.Options.Add(option);
        add.SetAction((parsed, stop) => AddAsync(parsed, around, stop));
        var list = new Command("list", "List the files, or search in them.") { _search };
        list.SetAction((parsed, stop) => ListAsync(parsed, around, stop));
        var show = new Command("show", "Show one file, and what an auditor would say to it.") { _id };
        show.SetAction((parsed, stop) => ShowAsync(parsed, around, stop));
        return new Command("evidence", "Add files as evidence, search them, and hear what an auditor would say.") { add, list, show };
    }

    private async Task<int> AddAsync(ParseResult parsed, Surroundings around, CancellationToken stop)
    {
        var file = parsed.GetRequiredValue(_file);
        if (!file.Exists)
            throw new BadInput($"There is no file {file.FullName}.");
        var about = (parsed.GetValue(_control), parsed.GetValue(_gap)) switch
        {
            ({ } control, null) => About.OfControl(control),
            (null, { } gap) => About.OfGap(gap),
            _ => throw new BadInput("Say what it shows: --control ID or --gap ID, one of the two. To see them: plainproof explain ID"),
        };
        var bytes = file.Length > EvidenceIntake.MostBytes ? new SentBytes(file.Name, file.Length, []) : SentBytes.Of(file.Name, await File.ReadAllBytesAsync(file.FullName, stop));
        var sent = new SentFile(
            bytes, parsed.GetValue(_says) ?? "", parsed.GetValue(_from) ?? "", parsed.GetValue(_to) ?? "", parsed.GetValue(_kind) ?? "",
            name => parsed.GetValue(_told.First(one => one.Field.Name == name).Option), parsed.GetValue(_copyOf) ?? "");
        await using var evidence = await EvidenceFromConsole.OpenAsync(parsed, around, stop);
        if (parsed.GetValue(_look))
        {
            Write(around.Out, await evidence.Book.LookAsync(about, sent, stop));
            return Exit.Yes;
        }

        var id = await evidence.Book.AddAsync(about, Guid.CreateVersion7().ToString("D"), sent, stop);
        return Show(parsed, around, (await evidence.Book.ShowAsync(id, stop))!);
    }

    private async Task<int> ListAsync(ParseResult parsed, Surroundings around, CancellationToken stop)
    {
        await using var evidence = await EvidenceFromConsole.OpenAsync(parsed, around, stop);
        var (all, links) = (await evidence.Book.AllAsync(parsed.GetValue(_search), stop), await evidence.Book.LinksAsync(stop));
        var validity = await evidence.Book.ValidityAsync(all, stop);
        if (Formats.IsJson(parsed.GetValue(around.Options.Format)))
            around.Out.WriteLine(JsonText.Of(new FileList([.. all.Select(file => FileItem.Of(file, links[file.Id], validity.GetValueOrDefault(file.Id)))])));
        else if (all.Count == 0)
            around.Out.WriteLine("There is no such file. Add one: plainproof evidence add FILE --control ID --says TEXT");
        else
            foreach (var file in all)
                around.Out.WriteLine($"{file.Id}  {FileParts.WordsOf(file.State),-16}  {string.Join(", ", links[file.Id].Select(about => about.Id))}  {file.Says}{(validity.GetValueOrDefault(file.Id) is { } ends ? $" ({ends.Says})" : "")}");
        return Exit.Yes;
    }

    private async Task<int> ShowAsync(ParseResult parsed, Surroundings around, CancellationToken stop)
    {
        await using var evidence = await EvidenceFromConsole.OpenAsync(parsed, around, stop);
        return Show(parsed, around, await evidence.Book.ShowAsync(parsed.GetRequiredValue(_id), stop) ?? throw new BadInput("There is no such file. To see the ids: plainproof evidence list"));
    }

    private static int Show(ParseResult parsed, Surroundings around, ShownFile shown)
    {
        if (Formats.IsJson(parsed.GetValue(around.Options.Format)))
        {
            around.Out.WriteLine(JsonText.Of(FileAnswer.Of(shown)));
            return Exit.Yes;
        }

        var file = shown.File;
        around.Out.WriteLine($"{file.Says}\n  {file.Id}\n  {file.FileName}, {Say.Number(file.Bytes)} bytes, {file.Kind.Title().ToLowerInvariant()}, {FileParts.WordsOf(file.State)}");
        around.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  added {file.AddedAt:yyyy-MM-dd HH:mm} UTC by {file.AddedBy}; {FileParts.Covers(file)}"));
        foreach (var field in FileField.All)
            if (field.Shown(file.Saying) is { } said)
                around.Out.WriteLine($"  {field.Label}: {said}");
        Write(around.Out, shown.Objections);
        return Exit.Yes;
    }

    private static void Write(TextWriter into, IReadOnlyList<Objection> objections)
    {
        foreach (var one in objections.Where(one => one.Verdict is Verdict.WouldBeSentBack or Verdict.AuditorJudges))
            into.WriteLine($"\n{one.Reason.Title} ({FileParts.WordsOf(one.Verdict)})\n  {one.Finding.What.Trim()}\n  {one.Finding.Mend}");
        var unsure = objections.Where(one => one.Verdict == Verdict.CouldNotTell).ToList();
        if (unsure.Count > 0)
            into.WriteLine("\nCould not be told:");
        foreach (var one in unsure)
            into.WriteLine($"  {one.Reason.Title}: {one.Finding.What.Trim()}");
        into.WriteLine("\nThis is advice, and the auditor decides.");
    }

    private static string Dashed(string name) => string.Concat(name.Select(letter => char.IsUpper(letter) ? $"-{char.ToLowerInvariant(letter)}" : $"{letter}"));
}

/// <summary>The use cases about evidence, for a command. Whoever holds the data folder may do all of it, under their own name.</summary>
internal sealed class EvidenceFromConsole : IAsyncDisposable
{
    private readonly WorkFromConsole _console;
    private readonly Standings _standings;

    private EvidenceFromConsole(WorkFromConsole console)
    {
        (_console, _standings) = (console, new Standings(console.Data, Catalogue.Shipped, console.Clock, []));
        Book = new EvidenceBook(
            console.Work, console.Company, new ControlBook(console.Work, Catalogue.Shipped, console.Clock), _standings, new EvidenceIntake(console.Company, console.Data, console.Clock),
            new EvidenceKnowledge(console.Records, console.Company, console.Data, Catalogue.Shipped, console.Clock), console.Data, Catalogue.Shipped, console.Clock);
    }

    public EvidenceBook Book { get; }

    /// <exception cref="BadInput">There is no such company.</exception>
    public static async Task<EvidenceFromConsole> OpenAsync(ParseResult parsed, Surroundings around, CancellationToken stop) => new(await WorkFromConsole.OpenAsync(parsed, around, stop));

    public async ValueTask DisposeAsync()
    {
        await _standings.DisposeAsync();
        await _console.DisposeAsync();
    }
}
