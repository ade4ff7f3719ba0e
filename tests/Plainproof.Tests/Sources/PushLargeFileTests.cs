using Plainproof.Facts;
using Plainproof.Sources.Import;
using Plainproof.Sources.Push;
using Plainproof.Tests.Servers;
using Xunit;

namespace Plainproof.Tests.Sources;

/// <summary>Memory is measured, so nothing else may run.</summary>
[CollectionDefinition("Memory", DisableParallelization = true)]
public sealed class Memory;

[Collection("Memory")]
public sealed class PushLargeFileTests : IDisposable
{
    private static readonly string Title = new('t', 800);

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_large_file_is_read_as_a_stream()
    {
        var path = _folder.File("large.jsonl");
        const int Count = 100_000;
        await using (var file = new StreamWriter(path))
        {
            await file.WriteLineAsync("""{"plainproof":"push/1","kind":"change.merge"}""");
            for (var n = 0; n < Count; n++)
                await file.WriteLineAsync($$$"""{"subject":"merge/{{{n}}}","value":{"id":"#{{{n}}}","repository":"shop","author":"ann","mergedBy":"bob","mergedAt":"2026-02-01T10:00:00Z","approvals":[{"by":"bob","at":"2026-02-01T09:00:00Z"}],"title":"{{{Title}}}"}}""");
        }

        await using var stream = File.OpenRead(path);
        var before = GC.GetTotalMemory(true);
        var most = 0L;
        var seen = 0;
        var read = await PushFile.ReadAsync(stream, typeof(Merge), line =>
        {
            if (++seen % 20_000 == 0)
                most = Math.Max(most, GC.GetTotalMemory(true) - before);
            return ValueTask.CompletedTask;
        }, CancellationToken.None);

        Assert.Equal((Count, 0, Count), (read.Facts, read.Wrong, seen));
        Assert.InRange(most, 0, 40_000_000); // The names, to find one that is there twice; never the lines.
    }

    [Fact]
    public async Task A_large_report_is_walked_in_little_memory()
    {
        var path = _folder.File("large.sarif");
        const int Count = 150_000;
        await using (var file = new StreamWriter(path))
        {
            await file.WriteAsync("{\"version\":\"2.1.0\",\"runs\":[{\"results\":[");
            for (var n = 0; n < Count; n++)
                await file.WriteAsync($"{(n == 0 ? "" : ",")}{{\"ruleId\":\"r{n % 100}\",\"level\":\"error\",\"message\":{{\"text\":\"{new string('x', 700)}\"}},\"locations\":[{{\"physicalLocation\":{{\"artifactLocation\":{{\"uri\":\"f{n}.js\"}}}}}}]}}");
            await file.WriteAsync("],\"tool\":{\"driver\":{\"name\":\"big\"}}}]}");
        }

        var (seen, most, before) = (0, 0L, GC.GetTotalMemory(true));
        await using var text = File.OpenRead(path);
        var end = await new JsonScan(["/runs/*/results/*"], _ =>
        {
            if (++seen % 25_000 == 0)
                most = Math.Max(most, GC.GetTotalMemory(true) - before);
            return ValueTask.CompletedTask;
        }).RunAsync(text, CancellationToken.None);

        Assert.Equal((Count, new FileInfo(path).Length, (string?)null), (seen, end.Bytes, end.Broken));
        Assert.InRange(most, 0, 10_000_000);
        Assert.True(new FileInfo(path).Length > 100_000_000);
    }

    public void Dispose() => _folder.Dispose();
}
