using System.CommandLine;
using System.Text;
using System.CommandLine.Parsing;
using System.Globalization;
using Plainproof.Catalog;
using Plainproof.Cli;
using Plainproof.Documents;
using Plainproof.Features.Library;
using Plainproof.Sources;
using Plainproof.Storage;

namespace Plainproof.Features.Check;

/// <summary><c>plainproof check</c>: the main job.</summary>
internal sealed class CheckCommand : ICommandDoor
{
    private readonly Option<string[]> _sources = new("--source") { Description = "A system to read besides; may be repeated. See: plainproof sources", HelpName = "NAME[=ADDRESS]" };
    private readonly Option<bool> _only = new("--only") { Description = "Read only what --source names: not this host, not this repository." };
    private readonly Option<string?> _answers = new("--answers") { Description = "Answers of the interview. Default: answers.yaml here, when it is there.", HelpName = "FILE" };
    private readonly Option<string[]> _own = new("--checks") { Description = "A file or folder of your own checks in YAML; may be repeated.", HelpName = "PATH" };
    private readonly Option<string[]> _set = new("--set") { Description = "Your own number for a check, such as idle-accounts.idleDays=60; may be repeated.", HelpName = "CHECK.NAME=NUMBER" };
    private readonly Option<string?> _report = new("--report") { Description = "Where to write the report. Default: report.html here.", HelpName = "FILE" };
    private readonly Option<Plainproof.Checks.Severity?> _failOn = new("--fail-on") { Description = "Exit with 1 when a gap of this weight or more is open: low, medium, high, critical.", HelpName = "WEIGHT", CustomParser = Weight };
    private readonly Option<int> _limit = new("--limit") { Description = "Seconds one source may take.", HelpName = "SECONDS", DefaultValueFactory = _ => 600, CustomParser = Seconds };

    public Command Command(Surroundings around)
    {
        var command = new Command("check", "See where you stand: read this host, this Git repository and what you name, and list the gaps.") { _sources, _only, _answers, _own, _set, _report, _failOn, _limit };
        command.SetAction((parsed, stop) => RunAsync(parsed, around, stop));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, Surroundings around, CancellationToken stop)
    {
        var format = Formats.Of(parsed.GetValue(around.Options.Format), [.. CheckFormats.All]);
        var company = parsed.GetValue(around.Options.Company)!;
        var data = DataFolder.Open(parsed.GetValue(around.Options.Data));
        var request = Request(parsed, around, data, company);
        var report = ReportPath(parsed.GetValue(_report));

        var lines = new SourceLines(Screen.On(around.Error), parsed.GetValue(around.Options.Quiet));
        var run = await lines.WhileAsync(progress => new RunCheck(data, company, around.Clock).RunAsync(request, progress, stop));

        foreach (var problem in run.Unstamped)
            around.Error.WriteLine($"plainproof: {problem}");
        var document = CheckReport.Of(run);
        await WholeFile.WriteAsync(
            report, Encoding.UTF8.GetBytes(HtmlPage.Render(document)), replaces: true, why => $"The report could not be written to {report}: {why} Everything read is stored. Choose another place with --report FILE.", stop);
        Write(around.Out, format, run, document, report);
        return parsed.GetValue(_failOn) is { } weight && run.Readiness.Gaps.Any(gap => gap.Severity >= weight) ? Exit.No : Exit.Yes;
    }

    private static void Write(TextWriter output, string format, CheckRun run, Document document, string report)
    {
        if (CheckFormats.TryWrite(output, format, run))
            return;
        if (format == "md")
            output.Write(MarkdownText.Render(document));
        else
            new CheckText(Screen.On(output)).Write(run, report);
    }

    /// <summary>Gathers every problem with what was typed before anything is read.</summary>
    private CheckRequest Request(ParseResult parsed, Surroundings around, DataFolder data, string company)
    {
        var problems = new List<string>();
        var sources = Sources(parsed, new SourceLibrary(around.Clock), problems);
        var checks = CompanyChecks.Read(data, company, parsed.GetValue(_own) ?? [], problems);
        var numbers = CompanyNumbers.Parse(parsed.GetValue(_set) ?? [], checks, problems);
        var said = Said.Read(parsed.GetValue(_answers), Catalogue.Shipped, around.Clock, problems);
        if (parsed.GetValue(_limit) < 1)
            problems.Add("--limit needs at least 1 second.");
        if (problems.Count > 0)
            throw new BadInput(problems);
        return new CheckRequest(
            sources, checks, said.Claims, said.Gaps, said.Categories, numbers, parsed.GetValue(around.Options.As) ?? Environment.UserName, TimeSpan.FromSeconds(parsed.GetValue(_limit)));
    }

    private List<(ISource, Target)> Sources(ParseResult parsed, SourceLibrary library, List<string> problems)
    {
        var typed = (parsed.GetValue(_sources) ?? []).ToList();
        if (!parsed.GetValue(_only))
            typed.InsertRange(0, ByDefault(typed));
        var chosen = new List<(ISource Source, Target Target)>();
        foreach (var one in typed)
        {
            var target = Target.Parse(one);
            if (library.Find(target.Source) is not { } source)
                problems.Add($"There is no source '{target.Source}'.{LibraryLookup.Near(target.Source, library.All.Select(known => known.Info.Name))} See: plainproof sources");
            else if (target.Problems(source.Info).ToList() is { Count: > 0 } wrong)
                problems.AddRange(wrong);
            else if (Scope(source, target, problems) is { } scope && chosen.Any(other => other.Source.ScopeOf(other.Target) == scope))
                problems.Add($"{one}: {scope} is named twice. Name each system once.");
            else
                chosen.Add((source, target));
        }

        if (typed.Count == 0)
            problems.Add("Nothing to read: --only needs at least one --source.");
        return chosen;
    }

    private static string? Scope(ISource source, Target target, List<string> problems)
    {
        try
        {
            return source.ScopeOf(target);
        }
        catch (BadTarget e)
        {
            problems.AddRange(e.Problems);
            return null;
        }
    }

    /// <summary>This host, and the repository that the current folder lies in, unless they are named anyway.</summary>
    private static IEnumerable<string> ByDefault(List<string> typed)
    {
        if (!typed.Any(one => Target.Parse(one) is { Source: "host", Address: null }))
            yield return "host";
        if (InsideRepository() && !typed.Any(one => Target.Parse(one).Source == "git"))
            yield return "git";
    }

    private static bool InsideRepository()
    {
        for (var folder = new DirectoryInfo(Environment.CurrentDirectory); folder is not null; folder = folder.Parent)
            if (Path.Exists(Path.Combine(folder.FullName, ".git")))
                return true;
        return false;
    }

    private static Plainproof.Checks.Severity? Weight(ArgumentResult given)
    {
        var typed = given.Tokens[0].Value;
        if (typed.All(char.IsAsciiLetter) && Enum.TryParse<Plainproof.Checks.Severity>(typed, ignoreCase: true, out var weight))
            return weight;
        given.AddError($"--fail-on {typed}: the weight is low, medium, high or critical.");
        return null;
    }

    private static int Seconds(ArgumentResult given)
    {
        if (int.TryParse(given.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return seconds;
        given.AddError($"--limit {given.Tokens[0].Value}: give a whole number of seconds, such as --limit 900.");
        return 0;
    }

    private static string ReportPath(string? typed)
    {
        var path = Path.GetFullPath(typed ?? "report.html");
        if (Directory.Exists(path))
            throw new BadInput($"--report {typed}: this is a folder. Name a file in it, such as {Path.Combine(typed ?? ".", "report.html")}.");
        if (!Directory.Exists(Path.GetDirectoryName(path)))
            throw new BadInput($"--report {typed}: the folder {Path.GetDirectoryName(path)} is not there. Make it first, or choose another.");
        return path;
    }
}
