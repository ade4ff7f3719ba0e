using System.Globalization;
using Spectre.Console;

namespace Plainproof.Features.Check;

/// <summary>Live progress, one line a source, on the error stream so that the output stays clean.</summary>
internal sealed class SourceLines(IAnsiConsole console, bool quiet)
{
    private readonly Lock _one = new();
    private readonly Dictionary<string, SourceProgress> _now = new(StringComparer.Ordinal);

    public async Task<T> WhileAsync<T>(Func<Action<SourceProgress>, Task<T>> work)
    {
        if (quiet)
            return await work(_ => { });
        if (!console.Profile.Capabilities.Interactive)
            return await work(PrintWhenEnded);
        T result = default!;
        await console.Live(Picture()).StartAsync(async live =>
        {
            result = await work(progress =>
            {
                lock (_one)
                {
                    _now[progress.Source] = progress;
                    live.UpdateTarget(Picture());
                }
            });
        });
        return result;
    }

    private void PrintWhenEnded(SourceProgress progress)
    {
        if (progress.Ended is null)
            return;
        lock (_one)
            console.MarkupLineInterpolated($"{progress.Source}: {Ending(progress.Ended)}");
    }

    private Table Picture()
    {
        var table = new Table().Border(TableBorder.None).HideHeaders().AddColumns("source", "doing");
        foreach (var (name, progress) in _now)
            table.AddRow(Markup.Escape(name), progress.Ended is { } run ? Markup.Escape(Ending(run)) : $"[dim]{Markup.Escape(Doing(progress))}[/]");
        return table;
    }

    private static string Doing(SourceProgress progress) => progress.Of is { } of
        ? string.Create(CultureInfo.InvariantCulture, $"{progress.Doing} {progress.Done:#,0} of {of:#,0}")
        : progress.Done > 0 ? string.Create(CultureInfo.InvariantCulture, $"{progress.Doing} {progress.Done:#,0}") : progress.Doing;

    private static string Ending(SourceRun run) => string.Create(
        CultureInfo.InvariantCulture, $"{run.CompleteAspects} of {run.Coverage.Count} aspects read in full, {Words.Many(run.Facts, "fact")}, {run.Seconds:0.0} s");
}
