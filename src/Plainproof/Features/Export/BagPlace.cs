using System.IO.Compression;
using Plainproof.Cli;
using Plainproof.Storage;

namespace Plainproof.Features.Export;

/// <summary>Where the files of a bag go. It lies beside its place until it is finished; disposed before, nothing stays.</summary>
internal abstract class BagPlace(string path) : IAsyncDisposable
{
    protected string Path => path;

    protected string Unfinished { get; } = $"{path}.tmp-{Guid.NewGuid():N}";

    protected bool IsFinished { get; private set; }

    /// <param name="root">The folder inside of a zip.</param>
    /// <exception cref="BadInput">The disk refuses.</exception>
    public static BagPlace At(PackageTarget target, string root) => Guarded<BagPlace>(target.Path, () => target.IsFolder ? new BagFolder(target.Path) : new BagZip(target.Path, root));

    /// <summary>One file after the other: dispose it before the next.</summary>
    public abstract Stream Create(string name);

    public async Task FinishAsync()
    {
        await CloseAsync();
        Guarded(path, () =>
        {
            MoveIntoPlace();
            return true;
        });
        IsFinished = true;
    }

    public abstract ValueTask DisposeAsync();

    protected abstract Task CloseAsync();

    protected abstract void MoveIntoPlace();

    private static T Guarded<T>(string path, Func<T> write)
    {
        try
        {
            return write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInput($"The package could not be written to {path}: {e.Message} Choose another place with --out.");
        }
    }
}

internal sealed class BagFolder : BagPlace
{
    private readonly HashSet<string> _folders = new(StringComparer.Ordinal);

    public BagFolder(string path)
        : base(path) => Private.CreateFolder(Unfinished);

    public override Stream Create(string name)
    {
        var at = System.IO.Path.Combine(Unfinished, name.Replace('/', System.IO.Path.DirectorySeparatorChar));
        if (_folders.Add(System.IO.Path.GetDirectoryName(at)!))
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(at)!);
        return Private.Create(at);
    }

    public override ValueTask DisposeAsync()
    {
        if (!IsFinished && Directory.Exists(Unfinished))
            Directory.Delete(Unfinished, recursive: true);
        return ValueTask.CompletedTask;
    }

    protected override Task CloseAsync() => Task.CompletedTask;

    protected override void MoveIntoPlace()
    {
        if (Directory.Exists(Path))
            Directory.Delete(Path); // It was empty; when somebody put something there meanwhile, this throws.
        Directory.Move(Unfinished, Path);
    }
}

/// <summary>Stored without compression and without a date, so that the same state gives the same bytes.</summary>
internal sealed class BagZip : BagPlace
{
    /// <summary>An ordinary file that its owner may write and everyone may read.</summary>
    private const int Attributes = unchecked((int)0x81A40000);
    private static readonly DateTimeOffset NoDate = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly string _root;
    private readonly FileStream _file;
    private readonly ZipArchive _zip;

    public BagZip(string path, string root)
        : base(path)
    {
        _root = root;
        _file = Private.Create(Unfinished);
        _zip = new ZipArchive(_file, ZipArchiveMode.Create, leaveOpen: true);
    }

    public override Stream Create(string name)
    {
        var entry = _zip.CreateEntry($"{_root}/{name}", CompressionLevel.NoCompression);
        (entry.LastWriteTime, entry.ExternalAttributes) = (NoDate, Attributes);
        return entry.Open();
    }

    public override async ValueTask DisposeAsync()
    {
        if (IsFinished)
            return;
        await _file.DisposeAsync();
        File.Delete(Unfinished);
    }

    protected override async Task CloseAsync()
    {
        await _zip.DisposeAsync();
        _file.Flush(flushToDisk: true);
        await _file.DisposeAsync();
    }

    protected override void MoveIntoPlace() => File.Move(Unfinished, Path, overwrite: false);
}
