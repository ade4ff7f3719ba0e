using Plainproof.Storage.Archives;

namespace Plainproof.Storage;

/// <summary>
/// Brings an older data folder to the newest format, one step at a time, after a whole backup was put beside the format file.
/// One process does it; another waits and finds it done. A process that dies half-way leaves the backup and the old number, and the
/// next one runs the step again: a step MUST be safe to run twice.
/// </summary>
/// <param name="steps">The step at index 0 leads from format 1 to format 2.</param>
internal sealed class FormatUpgrade(IReadOnlyList<Action<DataFolder>> steps, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Format 1 is the first and so far the only one.</summary>
    public static FormatUpgrade Shipped { get; } = new([], TimeProvider.System);

    public int Newest => steps.Count + 1;

    public void Run(DataFolder folder)
    {
        if (DataFolder.ReadFormat(folder.Path) >= Newest)
            return;
        using var alone = Alone(Path.Combine(folder.Path, "format.lock"));
        for (var format = DataFolder.ReadFormat(folder.Path); format < Newest; format++)
        {
            BackUp(folder, format);
            steps[format - 1](folder);
            DataFolder.WriteFormat(folder.Path, format + 1, replace: true);
        }
    }

    private void BackUp(DataFolder folder, int format)
    {
        var to = Path.Combine(folder.Path, $"{DataFolder.BeforeFormat}{format + 1}.zip");
        if (!File.Exists(to)) // Opening a data folder is not asynchronous, and this happens once in the life of a format.
            Task.Run(() => new DataBackup(folder, clock).WriteAsync(to, CancellationToken.None)).GetAwaiter().GetResult();
    }

    private static FileStream Alone(string path)
    {
        for (var waited = TimeSpan.Zero; ; waited += TimeSpan.FromMilliseconds(50))
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (waited < Patience && File.Exists(path))
            {
                Thread.Sleep(50);
            }
        }
    }
}
