using System.CommandLine;
using Plainproof.Assurance.Populations;
using Plainproof.Cli;
using Plainproof.Evidence;
using Plainproof.Features.Library;
using Plainproof.Features.Window;
using Spectre.Console;
using Words = Plainproof.Features.Check.Words;

namespace Plainproof.Features.Populations;

/// <summary><c>plainproof population list|show|freeze|frozen|row|verify-row</c>.</summary>
internal sealed class PopulationCommand : ICommandDoor
{
    private readonly Argument<string> _kind = new("KIND") { Description = "The kind of list, such as changes. See: plainproof population list" };
    private readonly Argument<string> _frozen = new("ID") { Description = "The id of a frozen population. See: plainproof population frozen" };
    private readonly Option<string?> _from = new("--from") { Description = "The first day, such as 2027-01-01.", HelpName = "DAY" };
    private readonly Option<string?> _to = new("--to") { Description = "The last day.", HelpName = "DAY" };
    private readonly Option<string?> _engagement = new("--engagement") { Description = "The id of an engagement, for its window.", HelpName = "ID" };

    public Command Command(Surroundings around) => new("population", "Give an auditor complete lists over a window, and freeze them.")
    {
        List(around), Show(around), Freeze(around), Frozen(around), Row(around), VerifyRow(around),
    };

    private Command List(Surroundings around)
    {
        var command = new Command("list", "List the kinds of lists, with how many items each has.") { _from, _to, _engagement };
        command.SetAction(async (parsed, stop) =>
        {
            var json = Formats.IsJson(parsed.GetValue(around.Options.Format));
            await using var console = await OpenAsync(parsed, around, stop);
            var days = await DaysAsync(console, parsed, stop);
            var all = await console.Book.AllAsync(days, stop) ?? throw NotBegun(days);
            if (json)
                around.Out.WriteLine(JsonText.Of(new PopulationList(days.Engagement?.Id, days.First, days.Last, [.. all.Select(PopulationLine.Of)])));
            foreach (var one in json ? [] : all)
                around.Out.WriteLine($"{one.Kind.Id,-16} {one.Items.Count,7}  {one.Kind.Title}{(one.IsWhole ? "" : one.Holes.Any(hole => hole.Scope.Length == 0) ? ": nothing connected tells of it" : ": may be incomplete")}");
            return Exit.Yes;
        });
        return command;
    }

    private Command Show(Surroundings around)
    {
        var command = new Command("show", "Show one list; --format also takes csv.") { _kind, _from, _to, _engagement };
        command.SetAction(async (parsed, stop) =>
        {
            var (kind, format) = (KindOf(parsed.GetValue(_kind)!), Formats.Of(parsed.GetValue(around.Options.Format), "text", "json", "csv"));
            await using var console = await OpenAsync(parsed, around, stop);
            var days = await DaysAsync(console, parsed, stop);
            var view = await console.Book.OfAsync(kind, days, stop) ?? throw NotBegun(days);
            if (format == "csv")
                around.Out.Write((console.Sample is { } mark ? $"{mark}\r\n" : "") + CsvText.Of(view.List.Columns, view.List.Items.Select(item => view.List.RowOf(item).Select(cell => cell.Value))));
            else if (format == "json")
                JsonText.Write(around.Out, PopulationAnswer.Of(days, view, 1, int.MaxValue));
            else
                Write(Screen.On(around.Out), days, view);
            return Exit.Yes;
        });
        return command;
    }

    private Command Freeze(Surroundings around)
    {
        var command = new Command("freeze", "Freeze one list, so that nobody can change it after it was given.") { _kind, _from, _to, _engagement };
        command.SetAction(async (parsed, stop) =>
        {
            var kind = KindOf(parsed.GetValue(_kind)!);
            await using var console = await PopulationsFromConsole.OpenAsync(parsed, around, stop);
            var (whole, part) = (parsed.GetValue(_engagement), parsed.GetValue(_from) is not null || parsed.GetValue(_to) is not null);
            var days = await console.Book.ChooseAsync(part ? null : whole, parsed.GetValue(_from), parsed.GetValue(_to), stop);
            var done = await console.Freezing.FreezeAsync(kind, whole ?? days.Engagement?.Id, days.First, days.Last, Guid.CreateVersion7().ToString("D"), stop);
            var frozen = (await console.Freezing.OfAsync(done.Id, stop))!;
            if (Formats.IsJson(parsed.GetValue(around.Options.Format)))
                around.Out.WriteLine(JsonText.Of(FrozenItem.Of(frozen)));
            else
                around.Out.WriteLine($"{kind.Title}: {Words.Many(frozen.RowCount, "row")} frozen as {frozen.Id}.\nRoot of the rows: {frozen.Root}\n{(frozen.HoleList().Count == 0 ? "Every source was read in full." : string.Join('\n', frozen.HoleList().Prepend("The list may be incomplete.")))}");
            foreach (var problem in done.Unstamped)
                around.Error.WriteLine($"plainproof: {problem}");
            return Exit.Yes;
        });
        return command;
    }

    private static Command Frozen(Surroundings around)
    {
        var command = new Command("frozen", "List what was frozen, newest first.");
        command.SetAction(async (parsed, stop) =>
        {
            var json = Formats.IsJson(parsed.GetValue(around.Options.Format));
            await using var console = await OpenAsync(parsed, around, stop);
            var all = await console.Freezing.AllAsync(null, stop);
            if (json)
                around.Out.WriteLine(JsonText.Of(new FrozenList([.. all.Select(FrozenItem.Of)])));
            else if (all.Count == 0)
                around.Out.WriteLine("Nothing is frozen yet. Freeze a list: plainproof population freeze KIND --from DAY --to DAY");
            foreach (var one in json ? [] : all)
                around.Out.WriteLine($"{one.Id}  {one.Kind,-16} {Cell.Of((DateOnly?)one.FirstDay)} to {Cell.Of((DateOnly?)one.LastDay)}, {Words.Many(one.RowCount, "row")}, frozen {Words.Day(one.FrozenAt)} by {one.FrozenBy}");
            return Exit.Yes;
        });
        return command;
    }

    private Command Row(Surroundings around)
    {
        var number = new Argument<int>("NUMBER") { Description = "The number of the row, from 1." };
        var command = new Command("row", "Print one row of a frozen list, with its salt and its path.") { _frozen, number };
        command.SetAction(async (parsed, stop) =>
        {
            await using var console = await OpenAsync(parsed, around, stop);
            var frozen = await console.Freezing.OfAsync(parsed.GetValue(_frozen)!, stop) ?? throw new BadInput($"Nothing is frozen as '{parsed.GetValue(_frozen)}'. See: plainproof population frozen");
            var row = await console.Freezing.RowAsync(frozen, parsed.GetValue(number), stop) ?? throw new BadInput($"There is no row {parsed.GetValue(number)}. Rows are counted from 1 to {frozen.RowCount}.");
            around.Out.Write(row.ToText());
            return Exit.Yes;
        });
        return command;
    }

    private static Command VerifyRow(Surroundings around)
    {
        var file = new Argument<string>("FILE") { Description = "A row as 'population row' prints it." };
        var root = new Option<string>("--root") { Description = "The root of the rows, as the evidence log holds it.", HelpName = "ROOT", Required = true };
        var command = new Command("verify-row", "Check that a row belongs to a frozen list. Needs the file and the root, nothing else.") { file, root };
        command.SetAction(async (parsed, stop) =>
        {
            if (!Hash.TryParseHex(parsed.GetValue(root)!.Trim().ToLowerInvariant(), out var logged))
                throw new BadInput($"--root {parsed.GetValue(root)}: this is no root. It has 64 letters and digits from 0 to f.");
            var row = await ReadAsync(parsed.GetValue(file)!, stop);
            var holds = row.HoldsUnder(logged);
            if (Formats.IsJson(parsed.GetValue(around.Options.Format)))
                around.Out.WriteLine(JsonText.Of(new { Holds = holds, row.Population, Number = row.Index + 1, Rows = row.Count, Root = logged.ToString(), row.Row }));
            else
                around.Out.WriteLine(holds ? $"The row is number {row.Index + 1} of {row.Count} under this root:\n{row.Row}" : "FAILED. The row does not belong under this root: the row, its salt, its path or the root is another one.");
            return holds ? Exit.Yes : Exit.No;
        });
        return command;
    }

    private static async Task<RowFile> ReadAsync(string file, CancellationToken stop)
    {
        try
        {
            return RowFile.Parse(await File.ReadAllBytesAsync(file, stop));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new BadInput($"{file}: this is no row that can be read: {e.Message} Take the file as it was given.");
        }
    }

    /// <summary>Says first when all of it is made up, beside the output that a machine may read.</summary>
    private static async Task<PopulationsFromConsole> OpenAsync(ParseResult parsed, Surroundings around, CancellationToken stop)
    {
        var console = await PopulationsFromConsole.OpenAsync(parsed, around, stop);
        if (console.Sample is { } mark)
            around.Error.WriteLine(mark);
        return console;
    }

    private Task<WindowDays> DaysAsync(PopulationsFromConsole console, ParseResult parsed, CancellationToken stop) =>
        console.Book.ChooseAsync(parsed.GetValue(_engagement), parsed.GetValue(_from), parsed.GetValue(_to), stop);

    private static BadInput NotBegun(WindowDays days) => new($"This window begins on {Storage.Words.Day(days.First)}. There is nothing to list before.");

    private static PopulationKind KindOf(string typed) => PopulationKinds.Find(typed)
        ?? throw new BadInput($"There is no kind of list '{typed}'.{LibraryLookup.Near(typed, PopulationKinds.All.Select(kind => kind.Id))} All of them: {string.Join(", ", PopulationKinds.All.Select(kind => kind.Id))}.");

    private static void Write(IAnsiConsole console, WindowDays days, PopulationView view)
    {
        console.MarkupLineInterpolated($"[bold]{view.List.Kind.Title}[/]  {PopulationWords.Query(view.List.Kind, days.First, days.Last)}");
        foreach (var line in view.List.IsWhole ? ["Every source was read in full."] : view.List.Holes.Select(hole => hole.Words).Prepend("This list may be incomplete:"))
            console.MarkupLineInterpolated($"  {line}");
        foreach (var source in view.Sources)
            console.MarkupLineInterpolated($"  From {source.Scope}: {PopulationWords.Of(source)}, {source.Whole} of {source.Looks} looks in full");
        var table = new Table().Border(TableBorder.Simple).AddColumns("When (UTC)", "Item", "What", "Checked by us");
        foreach (var (i, item) in view.List.Items.Index())
            table.AddRow(Markup.Escape(item.When), Markup.Escape(item.Id), Markup.Escape(string.Join(" | ", item.Cells.Append(item.Note).Where(cell => cell.Length > 0))), view.Census is { } found ? PopulationWords.Of(found.Items[i].Verdict) : "");
        console.Write(table);
        if (view.Census is { } census)
            console.MarkupLineInterpolated($"{PopulationWords.Of(census)} {PopulationWords.CheckedByUs}");
        foreach (var finding in view.Census?.Deviations.SelectMany(one => one.Findings).Where(finding => finding.Verdict == Verdict.NotMet) ?? [])
            console.MarkupLineInterpolated($"  Not met: {finding.Words}");
        foreach (var comparison in view.Comparisons)
            console.MarkupLineInterpolated($"{comparison.Title}: {comparison.Missing ?? $"{comparison.Both} in both, {comparison.OnlyLeft.Count} only among {comparison.Left}, {comparison.OnlyRight.Count} only among {comparison.Right}."}");
    }
}
