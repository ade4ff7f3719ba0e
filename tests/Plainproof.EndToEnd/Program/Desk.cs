using System.Diagnostics;
using Plainproof.Tests.Servers;

namespace Plainproof.EndToEnd.Program;

/// <summary>Where one person works: an own data folder, an own current folder outside any repository, an own home.</summary>
internal sealed class Desk : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public Desk()
    {
        Data = _folder.File("data");
        Work = _folder.File("work");
        Directory.CreateDirectory(Work);
    }

    public string Data { get; set; }

    public string Work { get; }

    public string Report => Path.Combine(Work, "report.html");

    /// <summary>The evidence of the company that is used when none is named.</summary>
    public string Company => Path.Combine(Data, "companies", "default");

    public Dictionary<string, string> Environment { get; } = [];

    public string File(params string[] parts) => Path.Combine([Work, .. parts]);

    public string Write(string name, string text) => _folder.Write(Path.Combine("work", name), text);

    public string WriteBytes(string name, byte[] bytes)
    {
        System.IO.File.WriteAllBytes(File(name), bytes);
        return File(name);
    }

    /// <summary>Runs the program with this data folder to its end.</summary>
    public async Task<Ran> RunAsync(params IEnumerable<string> arguments)
    {
        using var started = Start(arguments);
        return await started.EndAsync();
    }

    public Started Start(params IEnumerable<string> arguments) => new(Prepared(BuiltProgram.Path, [.. arguments, "--data", Data]));

    /// <summary>Runs a line of shell in which <c>$plainproof</c> is the program and <c>$data</c> this data folder.</summary>
    public async Task<Ran> ShellAsync(string line)
    {
        var start = Prepared("/bin/bash", ["-c", line]);
        (start.Environment["plainproof"], start.Environment["data"]) = (BuiltProgram.Path, Data);
        using var started = new Started(start);
        return await started.EndAsync();
    }

    /// <summary>Every file below the data folder, by its path in it.</summary>
    public IReadOnlyList<string> Stored => Directory.Exists(Data)
        ? [.. Directory.EnumerateFiles(Data, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Data, file)).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>The log, the evidence and the database hold together, and the doctor finds nothing broken.</summary>
    public async Task HoldsTogetherAsync()
    {
        (await RunAsync("verify", Data)).Exits(0);
        (await RunAsync("doctor")).Exits(0);
    }

    public void Dispose() => _folder.Dispose();

    private ProcessStartInfo Prepared(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Work,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["HOME"] = Work;
        foreach (var (name, value) in Environment)
            start.Environment[name] = value;
        return start;
    }
}
