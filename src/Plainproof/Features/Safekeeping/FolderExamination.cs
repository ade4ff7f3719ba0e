using Plainproof.Storage;

namespace Plainproof.Features.Safekeeping;

/// <summary>Who can read the folder, what format it has, how much room is left, and whether its clock makes sense.</summary>
internal static class FolderExamination
{
    private const long LittleRoom = 1L << 30;
    private const long NoRoom = 100L << 20;
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    public static IEnumerable<Finding> Run(DataFolder folder, DateTimeOffset now)
    {
        yield return Format(folder);
        yield return Permissions(folder);
        yield return Room(folder);
        yield return Clock(folder, now);
    }

    private static Finding Format(DataFolder folder)
    {
        var format = DataFolder.ReadFormat(folder.Path);
        return format > DataFolder.CurrentFormat
            ? new Finding(FindingState.Broken, $"The folder has format {format}; this build knows formats up to {DataFolder.CurrentFormat}.", folder.FormatFile, "Use the newer Plainproof.")
            : format < DataFolder.CurrentFormat
            ? new Finding(FindingState.Advice, $"The folder has the older format {format}.", folder.FormatFile, "The next command upgrades it, after a backup.")
            : Finding.Fine($"The folder has format {format}.", folder.FormatFile);
    }

    private static Finding Permissions(DataFolder folder)
    {
        if (OperatingSystem.IsWindows())
            return new Finding(FindingState.Unknown, "Who can read the folder was not looked at on Windows.", folder.Path, "Look at the folder's properties, under Security.");
        string[] guarded = [folder.Path, folder.Keys, folder.InstallationFile, .. Files(folder.Keys), .. folder.Companies.Select(folder.CompanyRoot), .. folder.Companies.Select(folder.DatabaseFile)];
        var open = guarded.Where(path => Path.Exists(path) && Private.IsOpenToOthers(path)).ToList();
        return open.Count == 0
            ? Finding.Fine("Only you can read the folder.", folder.Path)
            : new Finding(
                FindingState.Broken, $"Other people on this machine can get at {open.Count} of its files or folders, such as {Path.GetRelativePath(folder.Path, open[0])}.", folder.Path,
                $"Run: chmod -R go= {Quoted(folder.Path)}");
    }

    private static Finding Room(DataFolder folder)
    {
        var free = new DriveInfo(folder.Path).AvailableFreeSpace;
        var words = $"The disk has {Amounts.Bytes(free)} free.";
        return free >= LittleRoom
            ? Finding.Fine(words, folder.Path)
            : new Finding(free < NoRoom ? FindingState.Broken : FindingState.Advice, words, folder.Path, "Free some space. A full disk stops collections; what is stored stays whole.");
    }

    private static Finding Clock(DataFolder folder, DateTimeOffset now)
    {
        var newest = Files(folder.Path).Concat(folder.Companies.SelectMany(company => Files(folder.CompanyRoot(company)))).Concat(Files(folder.Keys))
            .Select(path => (Path: path, At: File.GetLastWriteTimeUtc(path))).MaxBy(file => file.At);
        return newest.Path is null || newest.At <= now.UtcDateTime + Skew
            ? Finding.Fine($"The clock says {now:yyyy-MM-dd HH:mm} UTC, and no file comes from the future.", folder.Path)
            : new Finding(
                FindingState.Broken, $"The clock says {now:yyyy-MM-dd HH:mm} UTC, and a file was written at {newest.At:yyyy-MM-dd HH:mm} UTC.", newest.Path,
                "Set the clock right, and let it be kept by a time server. Nothing is stored with a clock that went back.");
    }

    private static string[] Files(string path) => Directory.Exists(path) ? Directory.GetFiles(path) : [];

    private static string Quoted(string path) => $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
