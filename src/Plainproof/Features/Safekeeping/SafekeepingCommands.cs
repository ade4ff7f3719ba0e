using System.CommandLine;
using Plainproof.Cli;
using Plainproof.Storage;

namespace Plainproof.Features.Safekeeping;

/// <summary><c>plainproof backup FILE</c>.</summary>
internal sealed class BackupCommand : ICommandDoor
{
    public Command Command(Surroundings around)
    {
        var file = new Argument<string>("FILE") { Description = "The zip file to write. It must not be there yet." };
        var command = new Command("backup", "Write one file with everything: rows, evidence, log and keys.") { file };
        command.SetAction((parsed, stop) => new Backup(DataFolder.Open(parsed.GetValue(around.Options.Data)), around.Clock).RunAsync(parsed.GetRequiredValue(file), around.Out, stop));
        return command;
    }
}

/// <summary><c>plainproof restore FILE</c>.</summary>
internal sealed class RestoreCommand : ICommandDoor
{
    public Command Command(Surroundings around)
    {
        var file = new Argument<string>("FILE") { Description = "A backup that plainproof wrote." };
        var command = new Command("restore", "Bring a backup back into an empty folder, every hash checked first.") { file };
        command.SetAction((parsed, stop) =>
            new Restore(parsed.GetRequiredValue(file), parsed.GetValue(around.Options.Data) ?? DataFolder.DefaultPath, around.Clock).RunAsync(around.Out, stop));
        return command;
    }
}

/// <summary><c>plainproof doctor</c>.</summary>
internal sealed class DoctorCommand : ICommandDoor
{
    public Command Command(Surroundings around)
    {
        var command = new Command("doctor", "Look at the data folder and what it needs. Changes nothing.");
        command.SetAction((parsed, stop) => RunAsync(new Doctor(parsed.GetValue(around.Options.Data), around.Clock), Formats.IsJson(parsed.GetValue(around.Options.Format)), around.Out, stop));
        return command;
    }

    private static async Task<int> RunAsync(Doctor doctor, bool json, TextWriter output, CancellationToken stop)
    {
        if (!json)
            return await doctor.RunAsync(output, stop);
        var findings = await doctor.ExamineAsync(stop);
        await output.WriteLineAsync(JsonText.Of(new { findings }).AsMemory(), stop);
        return Doctor.ExitCode(findings);
    }
}
