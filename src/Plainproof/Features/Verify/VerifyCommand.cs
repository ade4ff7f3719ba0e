using System.CommandLine;
using Plainproof.Cli;
using Plainproof.Evidence;
using Spectre.Console;

namespace Plainproof.Features.Verify;

/// <summary><c>plainproof verify DIR</c>: exit 0 all checked, 1 a check failed, 2 could not check.</summary>
internal sealed class VerifyCommand : ICommandDoor
{
    private readonly Argument<string> _folder = new("DIR_OR_ZIP") { Description = "A data folder, the folder of one company, or a package that was exported." };
    private readonly Option<string?> _key = new("--vkey") { Description = "The log's public key as you received it earlier from elsewhere: the line, or a file that holds it.", HelpName = "KEY" };
    private readonly Option<string?> _roots = new("--tsa-ca") { Description = "Root certificates of the time-stamp authorities, in PEM.", HelpName = "FILE" };
    private readonly Option<string[]> _kept = new("--kept") { Description = "A signed checkpoint that you kept outside; may be repeated.", HelpName = "FILE" };

    public Command Command(Surroundings around)
    {
        var command = new Command("verify", "Check the evidence log, the evidence and the database, or a package, against each other and against what you kept.") { _folder, _key, _roots, _kept };
        command.SetAction(async (parsed, stop) =>
        {
            var json = Formats.IsJson(parsed.GetValue(around.Options.Format));
            var request = VerifyFolder.Request(parsed.GetValue(_folder)!, parsed.GetValue(_key), parsed.GetValue(_roots), parsed.GetValue(_kept) ?? []);
            var reports = await new VerifyFolder(request).RunAsync(stop);
            if (json)
                around.Out.WriteLine(JsonText.Of(new { Exit = ExitOf(reports), Folders = reports.Select(AsJson) }));
            else
                Write(Screen.On(around.Out), reports);
            return ExitOf(reports);
        });
        return command;
    }

    private static int ExitOf(IReadOnlyList<VerifiedFolder> reports) =>
        reports.Any(one => one.Report.ExitCode == Exit.No) ? Exit.No : reports.Any(one => one.Report.ExitCode != Exit.Yes) ? Exit.CouldNot : Exit.Yes;

    public static void Write(IAnsiConsole console, IReadOnlyList<VerifiedFolder> reports)
    {
        foreach (var one in reports)
        {
            console.MarkupLineInterpolated($"[bold]{one.Folder}[/]{(one.Report.Size is { } size ? $"  ({size:#,0} entries)" : "")}");
            var table = new Table().Border(TableBorder.Simple).AddColumns("Looked at", "Result", "In words");
            foreach (var finding in one.Report.Findings)
                table.AddRow(Markup.Escape(finding.About), Say(finding.Outcome), Markup.Escape(finding.Words));
            console.Write(table);
            foreach (var limit in one.Report.Limits)
                console.MarkupLineInterpolated($"  Not proven: {limit}");
            console.WriteLine();
        }

        console.MarkupLine(ExitOf(reports) switch
        {
            Exit.Yes => "[green]All of it was checked and holds.[/]",
            Exit.No => "[red]A check failed.[/] Keep this folder as it is, and compare it with a backup.",
            _ => "[yellow]Some of it could not be checked.[/] See above for what is missing.",
        });
    }

    private static string Say(Outcome outcome) => outcome switch
    {
        Outcome.Checked => "[green]checked[/]",
        Outcome.Failed => "[red]FAILED[/]",
        _ => "[yellow]not checked[/]",
    };

    private static object AsJson(VerifiedFolder one) => new { one.Folder, Exit = one.Report.ExitCode, Entries = one.Report.Size, one.Report.Findings, one.Report.Limits };
}
