using System.Globalization;
using System.Text.Json;
using Plainproof.EndToEnd.Program;
using Plainproof.EndToEnd.World;
using Plainproof.Tests.Servers;
using Xunit;

namespace Plainproof.EndToEnd;

/// <summary>Power cuts, full disks, clocks that jump, two at once: nothing stored is lost or half-written, and the log still verifies.</summary>
public sealed class MishapTests : IDisposable
{
    private readonly Desk _desk = new();
    private readonly PlantedCode _code = new();

    [Fact]
    public Task Killed_at_any_moment_a_few_times() => KilledAsync(5);

    [Fact, Trait("Long", "true")]
    public Task Killed_at_any_moment_many_times() => KilledAsync(40);

    [Fact]
    public async Task Ctrl_C_ends_a_run_in_plain_words_with_nothing_half_written()
    {
        using var silent = new SilentServer();
        using var run = _desk.Start("check", "--only", "--source", $"git={_code.Shop}", "--source", $"postgresql=postgresql://reader@127.0.0.1:{silent.Port}/d?timeout=120");
        while (!run.HasExited && !_desk.Stored.Any(file => file.EndsWith("plainproof.db", StringComparison.Ordinal)))
            await Task.Delay(50);
        await Task.Delay(1500);
        run.PressCtrlC();
        var ended = (await run.EndAsync(30)).Exits(2);
        ended.Says("Stopped.");
        Assert.False(File.Exists(_desk.Report));
        await _desk.HoldsTogetherAsync();
        (await CheckAsync()).Exits(0);
        await _desk.HoldsTogetherAsync();
    }

    [Fact]
    public async Task Two_at_once_on_one_data_folder_both_end_well()
    {
        var runs = await Task.WhenAll(Enumerable.Range(0, 2).Select(number => _desk.RunAsync("check", "--only", "--format", "json", "--source", $"git={_code.Shop}", "--source", $"people={Roster()}", "--report", _desk.File($"report{number}.html"))));
        Assert.All(runs, run => run.Exits(0));
        Assert.Equal(Lines(runs[0]), Lines(runs[1]));
        await _desk.HoldsTogetherAsync();
        Assert.Equal(Lines(runs[0]), Lines((await CheckAsync()).Exits(0)));
    }

    [Fact]
    public async Task A_clock_that_was_set_back_is_told_and_nothing_is_back_dated()
    {
        var faketime = Directory.Exists("/usr/lib") ? Directory.EnumerateFiles("/usr/lib", "libfaketime.so.1", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true }).FirstOrDefault() : null;
        Assert.SkipWhen(faketime is null, "libfaketime is not installed.");
        (_desk.Environment["LD_PRELOAD"], _desk.Environment["FAKETIME"], _desk.Environment["FAKETIME_DONT_FAKE_MONOTONIC"]) = (faketime!, "+3d", "1");
        var ahead = (await CheckAsync()).Exits(0);
        Assert.True(ahead.Json.GetProperty("at").GetDateTimeOffset() > DateTimeOffset.UtcNow.AddDays(2));
        _desk.Environment.Clear();

        var doctor = await _desk.RunAsync("doctor");
        Assert.Equal(1, doctor.SpeaksPlainly().Exit);
        doctor.Says("Set the clock right.");
        var back = (await CheckAsync()).SpeaksPlainly();
        Assert.True(back.Exit is 0 or 2, back.Error);
        if (back.Exit == 2)
            Assert.Contains("clock", back.Error, StringComparison.Ordinal);
        (await _desk.RunAsync("verify", _desk.Data)).Exits(0);
        (_desk.Environment["LD_PRELOAD"], _desk.Environment["FAKETIME"], _desk.Environment["FAKETIME_DONT_FAKE_MONOTONIC"]) = (faketime!, "+4d", "1");
        (await CheckAsync()).Exits(0);
        await _desk.HoldsTogetherAsync();
    }

    [Fact]
    public async Task A_full_disk_is_told_and_what_was_stored_before_holds()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root can mount a small disk.");
        var disk = Directory.CreateDirectory(_desk.File("disk")).FullName;
        Running.Run("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", disk);
        try
        {
            _desk.Data = Path.Combine(disk, "data");
            var before = (await CheckAsync()).Exits(0);
            await FillAsync(Path.Combine(disk, "ballast"));
            for (var i = 0; i < 400; i++)
                _code.Write("shop", $"src/file{i}.env", $"DB_PASSWORD='k3Jx9QmZ2v{i}Lw4Zt1Rb'\n");
            _code.Commit("shop", "Many more secrets", "Ann", "ann@ex.test");
            var full = await CheckAsync();
            Assert.Equal(2, full.SpeaksPlainly().Exit);
            Assert.Contains(full.Problems, problem => problem.Contains("space", StringComparison.OrdinalIgnoreCase) || problem.Contains("full", StringComparison.OrdinalIgnoreCase));
            (await _desk.RunAsync("doctor")).Exits(1).Says("Free some space.");
            File.Delete(Path.Combine(disk, "ballast"));
            (await _desk.RunAsync("verify", _desk.Data)).Exits(0);
            Assert.True((await CheckAsync()).Exits(0).Json.Items("results").Count() > before.Json.Items("results").Count());
            (await _desk.RunAsync("verify", _desk.Data)).Exits(0);
        }
        finally
        {
            Running.Run("umount", "--lazy", disk);
        }
    }

    [Fact]
    public async Task A_data_folder_that_nobody_may_write_is_told()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root can mount a folder read-only.");
        (await CheckAsync()).Exits(0);
        Running.Run("/bin/mkdir", _desk.File("ro"));
        Running.Run("mount", "--bind", "-o", "ro", _desk.Data, _desk.File("ro"));
        var data = _desk.Data;
        try
        {
            Running.Run("mount", "-o", "remount,ro,bind", _desk.File("ro"));
            _desk.Data = _desk.File("ro");
            Assert.Equal(2, (await CheckAsync()).SpeaksPlainly().Exit);
            (await _desk.RunAsync("verify", _desk.Data)).Exits(2).Says("The database could not be", "together give the signed root");
        }
        finally
        {
            _desk.Data = data;
            Running.Run("umount", "--lazy", _desk.File("ro"));
        }

        await _desk.HoldsTogetherAsync();
    }

    [Fact]
    public async Task A_backup_comes_back_whole_and_verifies()
    {
        var before = Lines((await CheckAsync()).Exits(0));
        (await _desk.RunAsync("backup", _desk.File("backup.zip"))).Exits(0).Says("SHA-256");
        _desk.Data = _desk.File("restored");
        (await _desk.RunAsync("restore", _desk.File("backup.zip"))).Exits(0);
        await _desk.HoldsTogetherAsync();
        Assert.Equal(before, Lines((await CheckAsync()).Exits(0)));
        await _desk.HoldsTogetherAsync();
    }

    public void Dispose()
    {
        _code.Dispose();
        _desk.Dispose();
    }

    private async Task KilledAsync(int times)
    {
        var whole = (await CheckAsync()).Exits(0);
        var expected = Lines(whole);
        for (var kill = 0; kill < times; kill++)
        {
            File.Delete(_desk.Report);
            using (var run = _desk.Start(Arguments()))
            {
                await Task.Delay(Random.Shared.Next(10, (int)whole.Took.TotalMilliseconds));
                if (!run.HasExited)
                    run.Kill();
                await run.EndAsync();
            }

            Assert.True(!File.Exists(_desk.Report) || (await File.ReadAllTextAsync(_desk.Report)).TrimEnd().EndsWith("</html>", StringComparison.Ordinal), "Half a report is there.");
            await _desk.HoldsTogetherAsync();
        }

        Assert.Equal(expected, Lines((await CheckAsync()).Exits(0)));
        await _desk.HoldsTogetherAsync();
        // Beside what is kept, a killed run may leave what it had not finished; nothing names it.
        Assert.Equal([], _desk.Stored.Where(file => file.Contains(".tmp", StringComparison.Ordinal) && !file.Contains("/incoming/", StringComparison.Ordinal)));
    }

    private string[] Arguments() => ["check", "--only", "--format", "json", "--source", $"git={_code.Shop}", "--source", $"people={Roster()}"];

    private Task<Ran> CheckAsync() => _desk.RunAsync(Arguments());

    private string Roster()
    {
        var roster = _desk.File("people.csv");
        return File.Exists(roster) ? roster : _desk.Write("people.csv", "Name,Work Email,Hire Date,Termination Date\n" + string.Concat(Enumerable.Range(0, 500).Select(number => string.Create(CultureInfo.InvariantCulture, $"Person {number},p{number}@ex.test,2020-01-01,\n"))));
    }

    /// <summary>Takes the last byte of the disk that the file lies on.</summary>
    private static async Task FillAsync(string file)
    {
        await using var ballast = File.Create(file, 1);
        var block = new byte[4096];
        try
        {
            while (true)
                await ballast.WriteAsync(block);
        }
        catch (IOException)
        {
            return; // Full, as it should be.
        }
    }

    private static List<string> Lines(Ran ran) =>
        [.. ran.Json.Items("results").Select(result => $"{result.Text("check")} {result.Text("subject")} {result.Text("outcome")} {result.Text("reason")}").Order(StringComparer.Ordinal)];
}
