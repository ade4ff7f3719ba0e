using System.CommandLine;
using Plainproof.Checks;
using Plainproof.Cli;
using Plainproof.Features.Check;
using Plainproof.Sources;
using Spectre.Console;

namespace Plainproof.Features.Library;

/// <summary><c>plainproof checks</c>: what is looked at, for which criteria and controls.</summary>
internal sealed class ChecksCommand : ICommandDoor
{
    public Command Command(Surroundings around)
    {
        var command = new Command("checks", "List the checks, with the criteria and controls they serve.");
        command.SetAction(parsed =>
        {
            if (Formats.IsJson(parsed.GetValue(around.Options.Format)))
                around.Out.WriteLine(JsonText.Of(CheckLibrary.All.Select(check => AsJson(check, new SourceLibrary(around.Clock)))));
            else
                Write(Screen.On(around.Out));
            return Exit.Yes;
        });
        return command;
    }

    private static void Write(IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("Check", "What holds when it passes", "Criteria", "Weight");
        foreach (var check in CheckLibrary.All)
            table.AddRow(Markup.Escape(check.Info.Id), Markup.Escape(check.Info.Title), Markup.Escape(string.Join(", ", check.Info.Criteria.Select(edge => edge.Id))), Words.Of(check.Info.Severity));
        console.Write(table);
        console.MarkupLineInterpolated($"{Words.Many(CheckLibrary.All.Count, "check")}. One in full: [bold]plainproof explain CHECK[/]");
    }

    internal static object AsJson(ICheck check, SourceLibrary sources) => new
    {
        check.Info.Id,
        check.Info.Version,
        check.Info.Title,
        check.Info.Kind,
        check.Info.Severity,
        Sources = sources.All.Where(source => Feeds(source, check)).Select(source => source.Info.Name),
        check.Info.Reads,
        check.Info.Joins,
        check.Info.Criteria,
        check.Info.Controls,
        check.Info.Covers,
        check.Info.Parameters,
        check.Info.Gap,
        check.Info.DoesNotProve,
    };

    private static bool Feeds(ISource source, ICheck check) =>
        source.Info.Offers.Any(offer => LibraryLookup.ChecksReading(offer.Aspect).Contains(check));
}
