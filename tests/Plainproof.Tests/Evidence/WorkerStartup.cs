using Plainproof.Evidence;
using Plainproof.Tests.Evidence;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestPipelineStartup(typeof(WorkerStartup))]

namespace Plainproof.Tests.Evidence;

/// <summary>
/// Turns a second process of this test programme into a writer that works until it is killed. Each line of its output file names an
/// entry that the log acknowledged.
/// </summary>
public sealed class WorkerStartup : ITestPipelineStartup
{
    public const string FolderVariable = "PLAINPROOF_TEST_WORKER_FOLDER";
    public const string OutputVariable = "PLAINPROOF_TEST_WORKER_OUTPUT";

    public async ValueTask StartAsync(IMessageSink diagnosticMessageSink)
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is { } folder)
            await WriteForEverAsync(TestLog.OnSqlite(folder), Environment.GetEnvironmentVariable(OutputVariable)!);
    }

    public ValueTask StopAsync() => default;

    private static async Task WriteForEverAsync(TestLog test, string outputPath)
    {
        using var output = new StreamWriter(outputPath) { AutoFlush = true };
        await output.WriteLineAsync("started");
        using var log = await test.OpenAsync();
        var vault = new Vault(test.Folder, test.Keys, TimeProvider.System);
        for (var n = 0; ; n++)
        {
            var kept = await vault.KeepAsync("x/y", new RepeatingStream(n * 1000 % 300_000), default);
            var entries = Enumerable.Range(0, 1 + (n % 40)).Select(i => TestLog.AnEntry(i))
                .Append(Entry.Create("evidence.collected", DateTimeOffset.UtcNow, [], kept));
            var ids = await test.EnqueueAsync(log, [.. entries]);
            await log.SealedAsync(ids[^1], default);
            await output.WriteLineAsync(string.Join('\n', ids));
        }
    }
}
