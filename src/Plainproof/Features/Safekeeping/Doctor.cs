using Plainproof.Storage;

namespace Plainproof.Features.Safekeeping;

/// <summary>
/// Looks at the data folder and what it needs, and changes nothing. Exit 0: nothing is broken. 1: something is. 2: something could not be
/// looked at, and nothing seen is broken.
/// </summary>
internal sealed class Doctor(string? path, TimeProvider clock)
{
    public static int ExitCode(IReadOnlyList<Finding> findings) =>
        findings.Any(finding => finding.State == FindingState.Broken) ? 1 : findings.Any(finding => finding.State == FindingState.Unknown) ? 2 : 0;

    public async Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken stop)
    {
        var findings = new List<Finding>();
        try
        {
            if (DataFolder.Find(path) is { } folder)
                await ExamineAsync(folder, findings, stop);
            else
                findings.Add(Finding.Fine("There is no data folder yet. The first command that stores something makes it.", path ?? DataFolder.DefaultPath));
        }
        catch (DataProblem problem)
        {
            findings.Add(Of(problem));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            findings.Add(new Finding(FindingState.Unknown, $"The folder cannot be looked at: {e.Message}", path ?? DataFolder.DefaultPath, "Check who owns the folder, or run this as its owner."));
        }

        findings.AddRange(ProgramExamination.Run());
        return findings;
    }

    public async Task<int> RunAsync(TextWriter output, CancellationToken stop)
    {
        var findings = await ExamineAsync(stop);
        foreach (var finding in findings)
        {
            await output.WriteLineAsync($"{Word(finding.State),-8}{finding.What} ({finding.Where})".AsMemory(), stop);
            if (finding.Mend is not null)
                await output.WriteLineAsync($"        {finding.Mend}".AsMemory(), stop);
        }

        var broken = findings.Count(finding => finding.State == FindingState.Broken);
        await output.WriteLineAsync((broken == 0 ? "Nothing is broken." : broken == 1 ? "1 thing is broken." : $"{broken} things are broken.").AsMemory(), stop);
        return ExitCode(findings);
    }

    private async Task ExamineAsync(DataFolder folder, List<Finding> findings, CancellationToken stop)
    {
        findings.AddRange(FolderExamination.Run(folder, clock.GetUtcNow()));
        await ExamineAsync(() => DatabaseExamination.OfInstallationAsync(folder, clock, stop), findings);
        await ExamineAsync(() => CopyExamination.RunAsync(folder, stop), findings);
        foreach (var company in folder.Companies)
        {
            findings.AddRange(KeyExamination.Run(folder, company));
            await ExamineAsync(() => DatabaseExamination.RunAsync(folder, company, clock, stop), findings);
        }
    }

    private static async Task ExamineAsync(Func<Task<IReadOnlyList<Finding>>> examination, List<Finding> findings)
    {
        try
        {
            findings.AddRange(await examination());
        }
        catch (DataProblem problem)
        {
            findings.Add(Of(problem));
        }
    }

    private static Finding Of(DataProblem problem) => new(FindingState.Broken, $"{problem.What} {problem.Why}", problem.Where, problem.Mend);

    private static string Word(FindingState state) => state switch
    {
        FindingState.Fine => "fine",
        FindingState.Advice => "advice",
        FindingState.Broken => "broken",
        _ => "unknown",
    };
}
