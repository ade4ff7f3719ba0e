namespace Plainproof.Features.Safekeeping;

/// <summary>Whether the programs are here that some sources call.</summary>
internal static class ProgramExamination
{
    private static readonly (string Name, string For)[] Programs =
    [
        ("git", "to read Git repositories"),
        ("ssh", "to fetch Git repositories over SSH"),
        ("restic", "to read backups made with restic"),
    ];

    public static IEnumerable<Finding> Run() => Programs.Select(program => Find(program.Name) is { } path
        ? Finding.Fine($"{program.Name} is here, {program.For}.", path)
        : new Finding(FindingState.Advice, $"{program.Name} is not here. It is needed {program.For}.", "PATH", $"Install {program.Name}, if you use it."));

    private static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(folder => new[] { Path.Combine(folder, name), Path.Combine(folder, name + ".exe") })
        .FirstOrDefault(File.Exists);
}
