using System.CommandLine;
using System.CommandLine.Parsing;
using Plainproof.Evidence;
using Plainproof.Features.Library;
using Plainproof.Sources;
using Plainproof.Storage;

namespace Plainproof.Cli;

/// <summary>Finds the commands, runs one, and turns every ending into an exit code and plain words.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] args, TextReader input, TextWriter output, TextWriter error, TimeProvider? clock = null)
    {
        var options = new GlobalOptions();
        var root = Root(new Surroundings(input, output, error, clock ?? TimeProvider.System, options));
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
            return Refuse(parsed, error);
        using var stop = new CancellationTokenSource();
        ConsoleCancelEventHandler onCancel = (_, pressed) =>
        {
            pressed.Cancel = true;
            stop.Cancel();
        };
        Console.CancelKeyPress += onCancel;
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, stop.Token);
        }
        catch (Exception e)
        {
            return Explain(e, error, stop.IsCancellationRequested);
        }
        finally
        {
            Console.CancelKeyPress -= onCancel;
        }
    }

    private static RootCommand Root(Surroundings around)
    {
        var root = new RootCommand("SOC 2 in plain English, with proof. Start with: plainproof check");
        foreach (var option in around.Options.All)
            root.Options.Add(option);
        foreach (var door in Doors())
            root.Subcommands.Add(door.Command(around));
        return root;
    }

    private static IEnumerable<ICommandDoor> Doors() => typeof(CommandLine).Assembly.GetTypes()
        .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(ICommandDoor)))
        .OrderBy(type => type.Name, StringComparer.Ordinal)
        .Select(type => (ICommandDoor)Activator.CreateInstance(type)!);

    private static int Refuse(ParseResult parsed, TextWriter error)
    {
        foreach (var problem in Problems(parsed))
            error.WriteLine($"plainproof: {problem}");
        error.WriteLine($"See: plainproof {string.Join(' ', Path(parsed.CommandResult))} --help".Replace("  ", " ", StringComparison.Ordinal));
        return Exit.CouldNot;
    }

    /// <summary>A command or an option that is not there is told as such, with the one that was probably meant.</summary>
    private static IEnumerable<string> Problems(ParseResult parsed)
    {
        var commands = parsed.CommandResult.Command.Subcommands.Select(command => command.Name).ToList();
        if (commands.Count > 0 && parsed.UnmatchedTokens.FirstOrDefault(token => !token.StartsWith('-')) is { } typed)
            return [$"There is no command '{typed}'.{LibraryLookup.Near(typed, commands)}"];
        var options = OptionsOf(parsed.CommandResult).ToList();
        return parsed.Errors.Select(problem => parsed.UnmatchedTokens.FirstOrDefault(token => token.StartsWith('-') && problem.Message.Contains($"'{token}'", StringComparison.Ordinal)) is { } option
            ? $"There is no option '{option}'.{LibraryLookup.Near(option, options)}"
            : problem.Message);
    }

    private static IEnumerable<string> OptionsOf(CommandResult at) =>
        at.Command.Options.Select(option => option.Name).Concat(at.Parent is CommandResult parent ? OptionsOf(parent) : []);

    private static IEnumerable<string> Path(CommandResult at) =>
        at.Parent is CommandResult parent ? Path(parent).Append(at.Command.Name) : [];

    private static int Explain(Exception e, TextWriter error, bool cancelled)
    {
        switch (e)
        {
            case BadInput bad:
                return Say(error, bad.Problems, Exit.CouldNot);
            case BadTarget bad:
                return Say(error, bad.Problems, Exit.CouldNot);
            case DataProblem bad:
                return Say(error, bad.Message.Split('\n'), Exit.CouldNot);
            case EvidenceException bad:
                return Say(error, bad.Message.Split('\n'), Exit.CouldNot);
            case OperationCanceledException when cancelled:
                return Say(error, ["Stopped. What was already stored is kept; nothing is half-written."], Exit.CouldNot);
            default:
                return Say(error, [$"Something went wrong inside Plainproof: {e.Message}", "This is our fault, not yours. Please report it with the lines below.", e.ToString()], Exit.Fault);
        }
    }

    private static int Say(TextWriter error, IEnumerable<string> lines, int exit)
    {
        foreach (var line in lines)
            error.WriteLine($"plainproof: {line}");
        return exit;
    }
}
