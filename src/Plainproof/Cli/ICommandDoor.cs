using System.CommandLine;

namespace Plainproof.Cli;

/// <summary>A thin door from the command line to a use case. Found by folder; the use case alone has logic.</summary>
internal interface ICommandDoor
{
    Command Command(Surroundings around);
}

/// <summary>What every command shares: where it reads and writes, the clock, and the global options.</summary>
internal sealed record Surroundings(TextReader In, TextWriter Out, TextWriter Error, TimeProvider Clock, GlobalOptions Options);

/// <summary>Options that every command takes.</summary>
internal sealed class GlobalOptions
{
    public Option<string?> Data { get; } = new("--data") { Description = "Folder for data, keys and evidence. Default: your user's data folder.", HelpName = "DIR", Recursive = true };

    public Option<string> Company { get; } = new("--company") { Description = "Company to work for.", HelpName = "NAME", Recursive = true, DefaultValueFactory = _ => "default" };

    public Option<string?> As { get; } = new("--as") { Description = "Who you are, for the record. Default: your user name on this machine.", HelpName = "PERSON", Recursive = true };

    public Option<string> Format { get; } = new("--format") { Description = "text for people; json for machines; check also takes md, sarif, oscal and ocsf.", HelpName = "FORMAT", Recursive = true, DefaultValueFactory = _ => "text" };

    public Option<bool> Quiet { get; } = new("--quiet") { Description = "Say only what was asked for.", Recursive = true };

    public IEnumerable<Option> All => [Data, Company, As, Format, Quiet];
}

/// <summary>Exit codes of every command.</summary>
internal static class Exit
{
    public const int Yes = 0;

    /// <summary>A verification failed, or --fail-on was met.</summary>
    public const int No = 1;

    /// <summary>Bad input, or it could not be checked.</summary>
    public const int CouldNot = 2;

    /// <summary>Our fault.</summary>
    public const int Fault = 3;
}

/// <summary>What the person gave cannot work. Holds every problem, each saying what, where, why and how to mend it.</summary>
internal sealed class BadInput(IReadOnlyList<string> problems) : Exception(string.Join('\n', problems))
{
    public BadInput(string problem)
        : this([problem])
    {
    }

    public IReadOnlyList<string> Problems { get; } = problems;
}
