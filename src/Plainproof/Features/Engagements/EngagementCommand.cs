using System.CommandLine;
using System.Globalization;
using Plainproof.Catalog;
using Plainproof.Cli;
using Plainproof.Features.People;

namespace Plainproof.Features.Engagements;

/// <summary><c>plainproof engagement new|list|next|close</c>.</summary>
internal sealed class EngagementCommand : ICommandDoor
{
    private readonly Argument<string> _id = new("ID") { Description = "The id of an engagement, as the list tells it." };
    private readonly Argument<string> _title = new("TITLE") { Description = "How you call it, such as \"First report\"." };
    private readonly Option<string?> _on = new("--on") { Description = "The one day of a Type I.", HelpName = "DAY" };
    private readonly Option<string?> _from = new("--from") { Description = "The first day of the window of a Type II, such as 2027-01-01.", HelpName = "DAY" };
    private readonly Option<string?> _to = new("--to") { Description = "Its last day.", HelpName = "DAY" };
    private readonly Option<string?> _wanted = new("--wanted") { Description = "When the customer needs the report.", HelpName = "DAY" };
    private readonly Option<double> _hours = new("--hours") { Description = "Hours a week that your people can give, all together.", HelpName = "NUMBER", DefaultValueFactory = _ => 12 };
    private readonly Option<string?> _firm = new("--firm") { Description = "The firm of licensed CPAs.", HelpName = "NAME" };
    private readonly Option<string[]> _category = new("--category") { Description = "What the report covers besides Security. May be given several times.", HelpName = "NAME" };

    public Command Command(Surroundings around)
    {
        var open = new Command("new", "Plan an engagement: --on for a Type I, --from and --to for a Type II.") { _title, _on, _from, _to, _wanted, _hours, _firm, _category };
        open.SetAction((parsed, stop) => OpenAsync(parsed, around, stop));
        var list = new Command("list", "List the engagements, open ones first.");
        list.SetAction((parsed, stop) => ListAsync(parsed, around, stop));
        var next = new Command("next", "Plan the Type II that begins the day after, with what was typed for this one.") { _id };
        next.SetAction(async (parsed, stop) =>
        {
            await using var console = await WorkFromConsole.OpenAsync(parsed, around, stop);
            var (_, course) = BooksOf(console);
            return await TellAsync(parsed, around, console, await course.GoOnAsync(parsed.GetRequiredValue(_id), Guid.CreateVersion7().ToString("D"), stop), stop);
        });
        var close = new Command("close", "Close an engagement. What was collected for it stays.") { _id };
        close.SetAction(async (parsed, stop) =>
        {
            await using var console = await WorkFromConsole.OpenAsync(parsed, around, stop);
            var (book, _) = BooksOf(console);
            await book.CloseAsync(parsed.GetRequiredValue(_id), stop);
            return await TellAsync(parsed, around, console, parsed.GetRequiredValue(_id), stop);
        });
        return new Command("engagement", "Plan audits: a Type I on a day, a Type II over a window.") { open, list, next, close };
    }

    private async Task<int> OpenAsync(ParseResult parsed, Surroundings around, CancellationToken stop)
    {
        var (on, from, to) = (parsed.GetValue(_on), parsed.GetValue(_from), parsed.GetValue(_to));
        var isWindow = (on, from, to) switch
        {
            ({ }, null, null) => false,
            (null, { }, { }) => true,
            _ => throw new BadInput("Say which days: --on DAY for a Type I, or --from DAY --to DAY for a Type II."),
        };
        await using var console = await WorkFromConsole.OpenAsync(parsed, around, stop);
        var (book, _) = BooksOf(console);
        var id = await book.OpenAsync(Guid.CreateVersion7().ToString("D"), new EngagementForm(
            parsed.GetRequiredValue(_title), isWindow ? "typeTwo" : "typeOne", from ?? "", to ?? on!, parsed.GetValue(_wanted) ?? "", parsed.GetValue(_hours).ToString(CultureInfo.InvariantCulture),
            parsed.GetValue(_firm) ?? "", "", "", parsed.GetValue(_category) ?? []), stop);
        return await TellAsync(parsed, around, console, id, stop);
    }

    private static async Task<int> ListAsync(ParseResult parsed, Surroundings around, CancellationToken stop)
    {
        await using var console = await WorkFromConsole.OpenAsync(parsed, around, stop);
        var (book, course) = BooksOf(console);
        var (all, steps) = (await book.AllAsync(stop), await course.AllStepsAsync(stop));
        if (Formats.IsJson(parsed.GetValue(around.Options.Format)))
            around.Out.WriteLine(JsonText.Of(new EngagementList([.. all.Select(one => EngagementItem.Of(one, course.StateOf(one, steps[one.Id])))])));
        else if (all.Count == 0)
            around.Out.WriteLine("No engagement is planned yet. Plan one: plainproof engagement new TITLE --on DAY");
        else
            foreach (var one in all)
                around.Out.WriteLine(Line(one, course.StateOf(one, steps[one.Id])));
        return Exit.Yes;
    }

    private static async Task<int> TellAsync(ParseResult parsed, Surroundings around, WorkFromConsole console, string id, CancellationToken stop)
    {
        var (book, course) = BooksOf(console);
        var it = (await book.OfAsync(id, stop))!;
        var state = course.StateOf(it, await course.StepsAsync(id, stop));
        around.Out.WriteLine(Formats.IsJson(parsed.GetValue(around.Options.Format)) ? JsonText.Of(EngagementItem.Of(it, state)) : Line(it, state));
        return Exit.Yes;
    }

    private static (EngagementBook, CourseBook) BooksOf(WorkFromConsole console)
    {
        var book = new EngagementBook(console.Work, Catalogue.Shipped, console.Clock);
        return (book, new CourseBook(console.Work, book));
    }

    private static string Line(Engagement it, EngagementState state) => $"{it.Id}  {EngagementWords.Of(state),-16}  {EngagementWords.Days(it)}  {it.Title}";
}
