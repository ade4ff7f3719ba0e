using System.CommandLine;
using Plainproof.Checks;
using Plainproof.Cli;
using Plainproof.Facts;
using Plainproof.Sources;
using Spectre.Console;

namespace Plainproof.Features.Library;

/// <summary><c>plainproof permissions SOURCE...</c>: the least rights for the chosen checks, and what each one is worth.</summary>
internal sealed class PermissionsCommand : ICommandDoor
{
    public Command Command(Surroundings around)
    {
        var names = new Argument<string[]>("SOURCE") { Description = "One or more sources.", Arity = ArgumentArity.OneOrMore };
        var only = new Option<string[]>("--check") { Description = "Only the rights that this check needs; may be repeated.", HelpName = "CHECK" };
        var command = new Command("permissions", "Print the least rights a source needs, ready to paste, before you connect it.") { names, only };
        command.SetAction(parsed =>
        {
            var needs = Needs(new SourceLibrary(around.Clock), parsed.GetValue(names)!, parsed.GetValue(only) ?? []);
            if (Formats.IsJson(parsed.GetValue(around.Options.Format)))
                around.Out.WriteLine(JsonText.Of(needs));
            else
                Write(Screen.On(around.Out), needs);
            return Exit.Yes;
        });
        return command;
    }

    private static List<Need> Needs(SourceLibrary library, string[] names, string[] only)
    {
        var problems = only.Where(id => CheckLibrary.All.All(check => check.Info.Id != id))
            .Select(id => $"There is no check '{id}'.{LibraryLookup.Near(id, CheckLibrary.All.Select(check => check.Info.Id))}").ToList();
        problems.AddRange(names.Where(name => library.Find(name) is null).Select(name => $"There is no source '{name}'.{LibraryLookup.Near(name, library.All.Select(source => source.Info.Name))}"));
        if (problems.Count > 0)
            throw new BadInput(problems);
        return [.. names.Select(name => library.Find(name)!).Distinct().SelectMany(source => Need.Of(source, only))];
    }

    private static void Write(IAnsiConsole console, List<Need> needs)
    {
        foreach (var source in needs.GroupBy(need => need.Source))
        {
            console.MarkupLineInterpolated($"\n[bold underline]{source.Key}[/]\n");
            foreach (var need in source)
            {
                console.MarkupLineInterpolated($"[bold]{need.Where}[/]: {need.Why}");
                foreach (var line in need.Grant.Split('\n'))
                    console.MarkupLineInterpolated($"    {line}");
                console.MarkupLineInterpolated($"  For: {string.Join(", ", need.Aspects.Select(name => Kinds.PlainOf(new Aspect(name))))}.");
                console.MarkupLineInterpolated($"  Without it these checks are not tested: {(need.NotTestedWithout.Count == 0 ? "none" : string.Join(", ", need.NotTestedWithout))}.\n");
            }
        }

        if (needs.Count == 0)
            console.MarkupLine("No right is needed beyond reaching it.");
    }
}
