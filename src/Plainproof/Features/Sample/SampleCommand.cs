using System.CommandLine;
using Plainproof.Cli;
using Plainproof.Documents;
using Plainproof.Features.Check;
using Plainproof.Storage;

namespace Plainproof.Features.Sample;

/// <summary><c>plainproof sample make|report|remove</c>.</summary>
internal sealed class SampleCommand : ICommandDoor
{
    public Command Command(Surroundings around)
    {
        var make = new Command("make", "Make the sample company, once.");
        make.SetAction(async (parsed, stop) =>
        {
            var (company, isNew) = await new MakeSample(Data(parsed, around), around.Clock).RunAsync(stop);
            around.Out.WriteLine($"{company.Title} {(isNew ? "was made" : "is there already")}. Look at it: plainproof serve --sample");
            return Exit.Yes;
        });
        var report = new Command("report", "Print the report of the sample company. --format json, md, sarif, oscal and ocsf give what check gives.");
        report.SetAction((parsed, stop) => ReportAsync(parsed, around, stop));
        var remove = new Command("remove", "Take the sample company away, with all its files. Stop plainproof serve first.");
        remove.SetAction(async (parsed, stop) =>
        {
            around.Out.WriteLine(await new MakeSample(Data(parsed, around), around.Clock).RemoveAsync(stop) ? "The sample company is gone." : "There is no sample company here.");
            return Exit.Yes;
        });
        return new Command("sample", "A year of a company that does not exist, to look at.") { make, report, remove };
    }

    private static async Task<int> ReportAsync(ParseResult parsed, Surroundings around, CancellationToken stop)
    {
        var format = Formats.Of(parsed.GetValue(around.Options.Format), [.. CheckFormats.All, "html"]);
        var run = await new SampleReport(Data(parsed, around), around.Clock).RunAsync(stop);
        if (!CheckFormats.TryWrite(around.Out, format, run))
            around.Out.Write(CheckReport.Of(run) is var report && format == "md" ? MarkdownText.Render(report) : format == "html" ? HtmlPage.Render(report) : TerminalText.Render(report));
        return Exit.Yes;
    }

    private static DataFolder Data(ParseResult parsed, Surroundings around) => DataFolder.Open(parsed.GetValue(around.Options.Data));
}
