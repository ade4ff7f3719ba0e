using System.CommandLine;
using Plainproof.Cli;
using Plainproof.Facts;
using Plainproof.Features.Check;
using Plainproof.Sources;
using Plainproof.Sources.Push;
using Plainproof.Storage;

namespace Plainproof.Features.Push;

/// <summary><c>plainproof push KIND FILE</c>: takes facts that a script of the company's own sends.</summary>
internal sealed class PushCommand : ICommandDoor
{
    private readonly Argument<string> _kind = new("KIND") { Description = "The kind of fact, such as change.merge." };
    private readonly Argument<string?> _file = new("FILE") { Description = "One JSON line for each fact; - reads standard input.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<bool> _schema = new("--schema") { Description = "Print the JSON Schema of one line, and take nothing." };
    private readonly List<Option<string?>> _options =
    [
        .. PushFacts.Options.Select(name => new Option<string?>($"--{name}")
        {
            HelpName = "VALUE",
            Description = name switch
            {
                "name" => "Where the facts come from, such as jira.",
                "completeness" => "complete, partial or unproven. Default: unproven.",
                "expected" => "How many there are, by another way of counting. Proves completeness.",
                "from" => "First day that the list covers.",
                "to" => "Last day that the list covers.",
                _ => "Where the list comes from, or what is missing.",
            },
        }),
    ];

    public Command Command(Surroundings around)
    {
        var command = new Command("push", "Bring in facts from a script of your own, all of a file or none of it.") { _kind, _file, _schema };
        foreach (var option in _options)
            command.Options.Add(option);
        command.SetAction((parsed, stop) => RunAsync(parsed, around, stop));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, Surroundings around, CancellationToken stop)
    {
        var kind = PushFacts.KindOf(parsed.GetValue(_kind)!);
        if (parsed.GetValue(_schema))
        {
            around.Out.WriteLine(FactSchemas.Of(kind));
            return Exit.Yes;
        }

        var file = parsed.GetValue(_file) ?? throw new BadInput("Name the file to push, or - for standard input. The form of its lines: plainproof push KIND --schema");
        using var piped = file == "-" ? await PipedFile.OfAsync(around.In, stop) : null;
        var run = await new PushFacts(DataFolder.Open(parsed.GetValue(around.Options.Data)), parsed.GetValue(around.Options.Company)!, around.Clock)
            .RunAsync(TargetOf(parsed, kind, piped?.Path ?? file), parsed.GetValue(around.Options.As) ?? Environment.UserName, stop);
        Write(around, run, Formats.IsJson(parsed.GetValue(around.Options.Format)));
        return Exit.Yes;
    }

    private Target TargetOf(ParseResult parsed, Aspect kind, string file) =>
        PushFacts.TargetOf(kind, file, _options.Select(option => (option.Name[2..], parsed.GetValue(option))));

    private static void Write(Surroundings around, SourceRun run, bool json)
    {
        var line = run.Coverage[0];
        if (json)
            around.Out.WriteLine(JsonText.Of(new { run.Scope, Kind = line.Aspect.Name, run.Facts, Completeness = line.State, line.Why, line.Mend, line.Expected }));
        else
            around.Out.WriteLine($"{Check.Words.Many(run.Facts, "fact")} of {line.Aspect} taken as {run.Scope}: {line.State.ToString().ToLowerInvariant()}. {line.Why} {line.Mend}\nThey are judged with the rest by: plainproof check".Replace("  ", " ", StringComparison.Ordinal));
    }
}
