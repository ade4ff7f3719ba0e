using System.Globalization;

namespace Plainproof.Tests.Servers;

/// <summary>
/// One clock for every process of a test that lives through months: libfaketime shows each of them the real time and a shift that is read
/// from one file. Between steps it runs at its usual pace, so that nothing waits for a time that never comes.
/// </summary>
internal sealed class SteppedClock
{
    private readonly string _file;
    private TimeSpan _shift;

    public SteppedClock(TemporaryFolder folder)
    {
        _file = folder.Write("clock", "+0");
        Running.Run("/bin/chmod", "755", folder.Path);
        Environment = new Dictionary<string, string>
        {
            ["LD_PRELOAD"] = Library(),
            ["FAKETIME_TIMESTAMP_FILE"] = _file,
            ["FAKETIME_NO_CACHE"] = "1",
        };
    }

    /// <summary>Makes a process see this clock.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; }

    public DateTimeOffset Now => DateTimeOffset.UtcNow + _shift;

    /// <summary>Time never goes back: neither the months nor the steady clock that timers run by.</summary>
    public void StepTo(DateTimeOffset moment)
    {
        var shift = TimeSpan.FromSeconds(Math.Ceiling((moment - DateTimeOffset.UtcNow).TotalSeconds));
        if (shift < _shift)
            throw new InvalidOperationException($"The clock stands at {Now:O} and cannot go back to {moment:O}.");
        _shift = shift;
        File.WriteAllText(_file + ".next", shift.TotalSeconds.ToString("+0", CultureInfo.InvariantCulture));
        File.Move(_file + ".next", _file, overwrite: true); // A process that reads it meanwhile sees the one or the other.
    }

    private static string Library() => Directory.GetDirectories("/usr/lib", "*-linux-gnu").Select(folder => Path.Combine(folder, "faketime", "libfaketimeMT.so.1")).First(File.Exists);
}
