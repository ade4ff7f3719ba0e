using System.CommandLine;
using Plainproof.Cli;
using Plainproof.Features.People;
using Plainproof.Storage;
using Words = Plainproof.Features.Check.Words;

namespace Plainproof.Features.Export;

/// <summary><c>plainproof export</c>.</summary>
internal sealed class ExportCommand : ICommandDoor
{
    private readonly Option<string?> _out = new("--out") { Description = "Where to write the package: a file that ends with .zip, or a folder with / at its end.", HelpName = "FILE" };
    private readonly Option<string?> _engagement = new("--engagement") { Description = "The id of an engagement: only what lies in its days. The log is always whole.", HelpName = "ID" };
    private readonly Option<bool> _sample = new("--sample") { Description = "The sample company. Every part of the package says SAMPLE." };

    public Command Command(Surroundings around)
    {
        var command = new Command("export", "Write the package that an auditor takes away and checks without us.") { _out, _engagement, _sample };
        command.SetAction((parsed, stop) => RunAsync(parsed, around, stop));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, Surroundings around, CancellationToken stop)
    {
        var json = Formats.IsJson(parsed.GetValue(around.Options.Format));
        var typed = parsed.GetValue(_out) ?? throw new BadInput("Say where to write the package: --out FILE.zip, or --out FOLDER/");
        var (data, name) = (DataFolder.Open(parsed.GetValue(around.Options.Data)), parsed.GetValue(_sample) ? SampleMark.Company : parsed.GetValue(around.Options.Company)!);
        if (!data.Companies.Contains(name))
            throw new BadInput(parsed.GetValue(_sample) ? "There is no sample company here. Make it first: plainproof sample make" : $"There is no company '{name}' in {data.Path}. See: plainproof company list");
        await using var console = await WorkFromConsole.OpenAsync(parsed, around, data, name, stop);
        var isSample = console.Company.IsSample;
        var request = new ExportRequest(PackageTarget.Of(typed, isSample), await console.TitleAsync(stop), parsed.GetValue(_engagement));
        var done = await ExportPackage.FromConsole(console).RunAsync(request, stop);
        foreach (var problem in done.Unstamped)
            around.Error.WriteLine($"plainproof: {problem}");
        if (json)
            around.Out.WriteLine(JsonText.Of(done));
        else
            around.Out.WriteLine(
                $"""
                {(isSample ? $"{SampleMark.Words}\n" : "")}The package is in {done.Path}
                It holds {Words.Many(done.Evidence, "evidence file")}, {Words.Many(done.Populations, "population")} and the whole log of {Words.Many(done.Entries, "entry", "entries")}.
                SHA-256 of its list: {done.ListDigest}
                The evidence in it is in clear. Hand it over by a safe way.
                Send the key of the log by another way: plainproof verify and verify.py need it.
                  {done.Key}
                """);
        return Exit.Yes;
    }
}
