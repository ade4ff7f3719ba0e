using System.Text;
using Plainproof.Catalog;
using Plainproof.Features.Interview;

namespace Plainproof.Tests.Interview;

/// <summary>One run of plainproof interview with typed lines, in a folder of its own.</summary>
internal sealed class Sitting : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("interview-").FullName;

    public Sitting() => File = Path.Combine(_folder, "answers.yaml");

    public string File { get; }
    public string Output { get; private set; } = "";
    public string Errors { get; private set; } = "";
    public IReadOnlyList<string> Files => [.. Directory.EnumerateFiles(_folder).Select(path => Path.GetFileName(path))];

    public Answers Saved => new AnswersReader(Company.Questions, TimeProvider.System).Read(File).Answers!;

    /// <summary>Types the lines; the input ends after them.</summary>
    public Task<int> Types(params string[] lines) => Reads(new StringReader(string.Concat(lines.Select(line => line + "\n"))));

    public async Task<int> Reads(TextReader input, bool interactive = false, string? company = "Three Friends", string? by = "ada@example.com", string? startAt = null, CancellationToken stop = default)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        try
        {
            return await new RunInterview(Catalogue.Shipped, TimeProvider.System)
                .RunAsync(new(File, company, by, interactive, startAt), input, output, errors, stop);
        }
        finally
        {
            (Output, Errors) = (output.ToString(), errors.ToString());
        }
    }

    public void Holds(string yaml) => System.IO.File.WriteAllText(File, yaml, new UTF8Encoding(false));

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

/// <summary>Input that breaks off after some lines, as when the terminal is torn away.</summary>
internal sealed class TornReader(string lines) : TextReader
{
    private readonly StringReader _lines = new(lines);

    public override int Read(char[] buffer, int index, int count) =>
        _lines.Read(buffer, index, 1) is var read and > 0 ? read : throw new InvalidOperationException("torn away");
}

/// <summary>A person who types some lines, then presses Ctrl+C and types nothing more.</summary>
internal sealed class BlockedReader(string lines, CancellationTokenSource stop) : TextReader
{
    private readonly StringReader _lines = new(lines);
    private readonly ManualResetEventSlim _never = new();

    public override int Read(char[] buffer, int index, int count)
    {
        var read = _lines.Read(buffer, index, 1);
        if (read == 0)
        {
            stop.Cancel();
            _never.Wait(TimeSpan.FromSeconds(30));
        }
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        _never.Set();
        base.Dispose(disposing);
    }
}
