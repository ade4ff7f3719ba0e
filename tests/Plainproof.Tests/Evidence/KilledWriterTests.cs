using System.Diagnostics;
using Plainproof.Evidence;
using Xunit;

namespace Plainproof.Tests.Evidence;

public sealed class KilledWriterTests
{
    [Fact]
    public Task Two_writers_killed_at_any_moment_lose_nothing_that_was_acknowledged() => KillAsync(rounds: 3);

    [Fact, Trait("Long", "true")]
    public Task Two_writers_killed_many_times_lose_nothing_that_was_acknowledged() => KillAsync(rounds: 40);

    [Fact]
    public async Task A_full_disk_stops_the_writer_and_leaves_nothing_half_written()
    {
        await using var test = await TestLog.CreateAsync();
        using var disk = await SmallDisk.MountAsync(Path.Combine(test.Root, "small"));
        var folder = new CompanyFolder("acme", disk.Path);
        using (var log = await EvidenceLog.OpenAsync(folder, test.Database, test.Keys, TimeProvider.System, default))
        {
            await test.GrowAsync(log, 3);
            var vault = new Vault(folder, test.Keys, TimeProvider.System);

            await Assert.ThrowsAnyAsync<IOException>(() => vault.KeepAsync("x/y", new RepeatingStream(200 << 20), default));
            Assert.Empty(Directory.GetFiles(Path.Combine(disk.Path, "blobs"), "*", SearchOption.AllDirectories));

            disk.Fill();
            var full = await Assert.ThrowsAsync<EvidenceException>(() => test.GrowAsync(log, 300));
            Assert.Contains("safe and signed in the database", full.Message, StringComparison.Ordinal);
            Assert.Empty(Directory.GetFiles(folder.Log, "*.tmp-*", SearchOption.AllDirectories));

            disk.MakeRoom();
            await test.GrowAsync(log, 1);
        }

        var report = await Verifier.VerifyAsync(
            new VerifyRequest { Folder = disk.Path, Keys = test.Keys, Database = test.Database }, default);
        Assert.Equal((304, 0), ((int)report.Size!, report.ExitCode));
    }

    private static async Task KillAsync(int rounds)
    {
        await using var test = await TestLog.CreateAsync();
        var acknowledged = new List<string>();
        for (var round = 0; round < rounds; round++)
        {
            acknowledged.AddRange(await WriteAndKillAsync(test.Root, round));
            using var log = await test.OpenAsync();
            await log.SealAsync(default);
            await AssertHoldsAllAsync(test, log, acknowledged);
        }

        Assert.True(acknowledged.Count > rounds, "the writers were killed before they wrote anything");
    }

    private static async Task<IEnumerable<string>> WriteAndKillAsync(string root, int round)
    {
        var outputs = new[] { "one", "two" }.Select(writer => Path.Combine(root, $"{writer}.{round}")).ToList();
        var writers = outputs.ConvertAll(output => StartWriter(root, output));
        while (!outputs.All(output => File.Exists(output) && new FileInfo(output).Length > 200)) await Task.Delay(20);
        await Task.Delay(Random.Shared.Next(400));
        foreach (var writer in writers)
        {
            writer.Kill();
            await writer.WaitForExitAsync();
            writer.Dispose();
        }

        // The last line may be half written: its entry was acknowledged to nobody.
        return outputs.SelectMany(output => File.ReadAllText(output).Split('\n')[1..^1]);
    }

    private static Process StartWriter(string root, string output)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(KilledWriterTests).Assembly.Location, "-noLogo"])
        {
            RedirectStandardOutput = true,
            Environment = { [WorkerStartup.FolderVariable] = root, [WorkerStartup.OutputVariable] = output },
        };
        return Process.Start(start)!;
    }

    private static async Task AssertHoldsAllAsync(TestLog test, EvidenceLog log, List<string> acknowledged)
    {
        var missing = acknowledged.ToHashSet();
        await using var connection = await test.Database.OpenAsync(default);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT id FROM log_entry";
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) missing.Remove(reader.GetString(0));
        Assert.Empty(missing);

        var report = await Verifier.VerifyAsync(
            new VerifyRequest { Folder = test.Folder.Root, Vkey = log.PublicKey.ToString(), Keys = test.Keys, Database = test.Database }, default);
        Assert.True(report.ExitCode == 0, string.Join("\n", report.Findings));
    }
}

/// <summary>A file system of a few megabytes.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    private string Filler => System.IO.Path.Combine(Path, "filler");

    public static async Task<SmallDisk> MountAsync(string path)
    {
        Directory.CreateDirectory(path);
        var (code, output) = await Tool.TryAsync(path, "mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", path);
        if (code != 0) Assert.Skip($"a small disk cannot be mounted here: {output.Trim()}");
        return new SmallDisk(path);
    }

    public void Fill()
    {
        using var filler = new FileStream(Filler, FileMode.Create, FileAccess.Write, FileShare.None, 0);
        try
        {
            for (var page = new byte[4096]; ;) filler.Write(page);
        }
        catch (IOException)
        {
            // Full: that was the aim.
            return;
        }
    }

    public void MakeRoom() => File.Delete(Filler);

    public void Dispose() => Tool.TryAsync("/", "umount", "--lazy", Path).GetAwaiter().GetResult();
}
