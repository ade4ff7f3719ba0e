using System.CommandLine;
using Plainproof.Cli;
using Plainproof.Documents;
using Plainproof.Facts;
using Plainproof.Sources;
using Spectre.Console;

namespace Plainproof.Features.Library;

/// <summary><c>plainproof sources [NAME]</c>: what can be connected, and how.</summary>
internal sealed class SourcesCommand : ICommandDoor
{
    public Command Command(Surroundings around)
    {
        var name = new Argument<string?>("NAME") { Description = "Show one source in full.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("sources", "List the systems that Plainproof can read, and how to connect them.") { name };
        command.SetAction(parsed =>
        {
            var library = new SourceLibrary(around.Clock);
            var chosen = parsed.GetValue(name) is { } typed ? [LibraryLookup.Source(library, typed)] : library.All;
            var format = Formats.Of(parsed.GetValue(around.Options.Format), "text", "json", "md");
            if (format == "json")
                around.Out.WriteLine(JsonText.Of(chosen.Select(AsJson)));
            else if (format == "md")
                around.Out.Write(MarkdownText.Render(SourcesPage.Of(chosen)));
            else if (parsed.GetValue(name) is null)
                WriteList(Screen.On(around.Out), chosen);
            else
                WriteOne(Screen.On(around.Out), chosen[0]);
            return Exit.Yes;
        });
        return command;
    }

    private static void WriteList(IAnsiConsole console, IReadOnlyList<ISource> sources)
    {
        var table = new Spectre.Console.Table().Border(TableBorder.Simple).AddColumns("Source", "What it reads", "Connect it with");
        foreach (var source in sources)
            table.AddRow($"[bold]{Markup.Escape(source.Info.Name)}[/]", Markup.Escape(source.Info.Plain), Markup.Escape(source.Info.Example));
        console.Write(table);
        console.MarkupLine("All of it is read-only. One source in full: [bold]plainproof sources NAME[/]. Rights it needs: [bold]plainproof permissions NAME[/].");
    }

    private static void WriteOne(IAnsiConsole console, ISource source)
    {
        console.MarkupLineInterpolated($"[bold]{source.Info.Title}[/]  ({source.Info.Name}, version {source.Info.Version})");
        console.MarkupLineInterpolated($"{source.Info.Plain}");
        console.MarkupLineInterpolated($"\nConnect it: [bold]{source.Info.Example}[/]");
        console.MarkupLineInterpolated($"How gently: {source.Info.Pace}\n");
        if (source.Info.Options.Count > 0)
        {
            var options = new Spectre.Console.Table().Border(TableBorder.Simple).AddColumns("Option", "What it is for");
            foreach (var option in source.Info.Options)
                options.AddRow(Markup.Escape(option.Secret ? $"{option.Name}-file or {option.Name}-env" : option.Name), Markup.Escape(option.Plain + (option.Required ? " Needed." : "")));
            console.Write(options);
        }

        var aspects = new Spectre.Console.Table().Border(TableBorder.Simple).AddColumns("It tells about", "By asking", "Checks that use it");
        foreach (var offer in source.Info.Offers)
            aspects.AddRow(
                Markup.Escape($"{Kinds.PlainOf(offer.Aspect)}\n({offer.Aspect.Name})"), Markup.Escape(offer.Calls),
                Markup.Escape(string.Join(", ", LibraryLookup.ChecksReading(offer.Aspect).Select(check => check.Info.Id))));
        console.Write(aspects);
    }

    private static object AsJson(ISource source) => new
    {
        source.Info.Name,
        source.Info.Version,
        source.Info.Title,
        source.Info.Plain,
        source.Info.Address,
        source.Info.Example,
        source.Info.Pace,
        Options = source.Info.Options,
        Aspects = source.Info.Offers.Select(offer => new
        {
            Aspect = offer.Aspect.Name,
            Plain = Kinds.PlainOf(offer.Aspect),
            offer.Calls,
            offer.Permissions,
            Checks = LibraryLookup.ChecksReading(offer.Aspect).Select(check => check.Info.Id),
        }),
    };
}
