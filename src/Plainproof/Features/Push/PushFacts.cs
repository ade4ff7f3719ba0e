using Plainproof.Cli;
using Plainproof.Evidence;
using Plainproof.Facts;
using Plainproof.Features.Check;
using Plainproof.Features.Library;
using Plainproof.Sources;
using Plainproof.Storage;

namespace Plainproof.Features.Push;

/// <summary>Takes a pushed file into the store and the log, labelled as pushed; all of it or none.</summary>
internal sealed class PushFacts(DataFolder data, string company, TimeProvider clock)
{
    private static readonly TimeSpan Limit = TimeSpan.FromHours(1);

    /// <summary>What a pushed list may say of itself beside its kind, each with its words.</summary>
    public static IReadOnlyList<string> Options { get; } = ["name", "completeness", "expected", "from", "to", "says"];

    /// <param name="options">Of <see cref="Options"/>; what is null is left out.</param>
    public static Target TargetOf(Aspect kind, string file, IEnumerable<(string Name, string? Value)> options) =>
        Target.Parse($"push={file}?kind={kind}{string.Concat(options.Where(pair => pair.Value is not null).Select(pair => $"&{pair.Name}={Uri.EscapeDataString(pair.Value!)}"))}");

    /// <exception cref="BadInput">There is no such kind.</exception>
    public static Aspect KindOf(string typed) => Kinds.TypeOf(new Aspect(typed)) is not null ? new Aspect(typed)
        : throw new BadInput($"There is no kind of fact '{typed}'.{LibraryLookup.Near(typed, Kinds.All.Select(known => known.Name))} All of them: {string.Join(", ", Kinds.All.Select(known => known.Name))}.");

    public async Task<SourceRun> RunAsync(Target target, string by, CancellationToken stop)
    {
        var source = new SourceLibrary(clock).Find("push")!;
        if (target.Problems(source.Info).ToList() is { Count: > 0 } problems)
            throw new BadInput(problems);
        await using var store = await CompanyStore.OpenAsync(data, company, clock, stop);
        var folder = new CompanyFolder(company, store.Root);
        var keys = new KeyFolder(data.Keys);
        using var log = await EvidenceLog.OpenAsync(folder, new LogDatabase(store.Database), keys, clock, stop);
        var run = await new ReadSource(store, new Vault(folder, keys, clock), log, clock, by).RunAsync(source, target, Limit, (_, _, _) => { }, stop);
        await log.SealAsync(stop);
        return run;
    }
}

/// <summary>What came by standard input, as a file for as long as it is read.</summary>
internal sealed class PipedFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("plainproof-push-");

    public string Path => System.IO.Path.Combine(_folder.FullName, "stdin.jsonl");

    /// <summary>Bytes as they come, such as the body of a request.</summary>
    public static async Task<PipedFile> OfAsync(Stream input, CancellationToken stop)
    {
        var file = new PipedFile();
        try
        {
            await using var writer = File.Create(file.Path);
            await input.CopyToAsync(writer, stop);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public static async Task<PipedFile> OfAsync(TextReader input, CancellationToken stop)
    {
        var file = new PipedFile();
        await using var writer = File.CreateText(file.Path);
        var buffer = new char[1 << 16];
        for (int read; (read = await input.ReadAsync(buffer, stop)) > 0;)
            await writer.WriteAsync(buffer.AsMemory(0, read), stop);
        return file;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
