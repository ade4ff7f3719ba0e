using Plainproof.Cli;
using Plainproof.Storage;

namespace Plainproof.Features.Room;

/// <summary>Where rooms lie: one folder for each package, and each a data folder of its own, so that nothing of a company's own mixes with it.</summary>
internal sealed class RoomPlace
{
    private const int DigestLetters = 12;
    private const string Unfinished = ".tmp-";
    private readonly string _path;

    /// <summary>The one room that was named itself; null when its place was.</summary>
    private readonly string? _room;

    /// <param name="typed">A folder for rooms, or one room; null for the usual place.</param>
    /// <exception cref="BadInput">It is the data folder of a company.</exception>
    public RoomPlace(string? typed)
    {
        _path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(typed ?? DataFolder.DefaultRooms));
        if (!DataFolder.IsOne(_path))
            return;
        if (!File.Exists(DataFolder.RoomFileOf(_path)))
            throw new BadInput($"--data {typed}: this is a data folder of a company's own, and a room never mixes with one. Name another folder, or leave --data out: rooms then lie in {DataFolder.DefaultRooms}");
        (_room, _path) = (_path, Path.GetDirectoryName(_path)!);
    }

    public IReadOnlyList<(string Folder, RoomAbout About)> All() =>
        [.. (_room is not null ? [_room] : Directory.Exists(_path) ? Directory.GetDirectories(_path).Where(IsRoom).Order(StringComparer.Ordinal).ToArray() : []).Select(folder => (folder, RoomAbout.Of(folder)))];

    /// <summary>The room of a package when it was made before.</summary>
    /// <exception cref="BadInput">The room that was named is of another package.</exception>
    public string? Find(string listDigest, string title)
    {
        var found = All().Where(room => room.About.ListDigest == listDigest).Select(room => room.Folder).FirstOrDefault();
        return found is null && _room is not null
            ? throw new BadInput($"--data {_room}: this is the room of another package, of {RoomAbout.Of(_room).Title}. Each package has its own room. Name the folder that holds rooms, or leave --data out, to make one for {title}.")
            : found;
    }

    /// <summary>Where the room of a package is to be.</summary>
    /// <param name="log">The name of the company's log: it was signed, and is no path.</param>
    public string For(string listDigest, string log)
    {
        var name = log.Split('/') is [_, var company, ..] && DataFolder.ProblemWithName(company) is null ? company : "package";
        return Path.Combine(_path, $"{name}-{listDigest[..DigestLetters]}");
    }

    /// <summary>Two processes never make rooms in one place at once. Dispose it when the room is there.</summary>
    /// <exception cref="BadInput">Another one does, or the place cannot be written to.</exception>
    public IDisposable Alone()
    {
        try
        {
            Private.CreateFolder(_path);
            return new FileStream(Path.Combine(_path, ".room.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInput($"{_path}: no room can be made here now: {e.Message} When another plainproof makes one, wait until it is there. Otherwise choose another place with --data.");
        }
    }

    /// <summary>An empty folder beside that place, for a room that is being made.</summary>
    public string Begin(string room)
    {
        foreach (var left in Directory.GetDirectories(_path, $"{Path.GetFileName(room)}{Unfinished}*")) // What a killed process left half-made.
            Directory.Delete(left, recursive: true);
        return room + Unfinished + Guid.NewGuid().ToString("N");
    }

    private static bool IsRoom(string folder) => !Path.GetFileName(folder).Contains(Unfinished, StringComparison.Ordinal) && DataFolder.IsOne(folder) && File.Exists(DataFolder.RoomFileOf(folder));
}
