using System.Runtime.InteropServices;

namespace Plainproof.Evidence;

/// <summary>Files that are whole or absent: written beside, synced, then renamed.</summary>
internal static class DurableFile
{
    /// <summary>Marks a file that was never finished. Anything with this in its name may be deleted.</summary>
    public const string UnfinishedMark = ".tmp-";

    public static string UnfinishedName(string path) => $"{path}{UnfinishedMark}{Guid.NewGuid():N}";

    /// <summary>
    /// Replaces the file. The bytes are durable when this returns, the name after <see cref="SyncFolder"/> of its folder.
    /// </summary>
    public static void Write(string path, ReadOnlySpan<byte> bytes, bool secret = false)
    {
        var unfinished = WriteUnfinished(path, bytes, secret);
        File.Move(unfinished, path, overwrite: true);
    }

    /// <summary>Creates the file, or returns false and leaves it alone when it is there already.</summary>
    public static bool TryCreate(string path, ReadOnlySpan<byte> bytes, bool secret = false)
    {
        if (File.Exists(path)) return false;
        var unfinished = WriteUnfinished(path, bytes, secret);
        try
        {
            File.Move(unfinished, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
        finally
        {
            File.Delete(unfinished);
        }

        SyncFolder(Path.GetDirectoryName(path)!);
        return true;
    }

    /// <summary>Makes the names in a folder durable. Windows does that with the file, so nothing is done there.</summary>
    public static void SyncFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        var handle = Native.open(folder, 0);
        if (handle < 0) throw new IOException($"could not open {folder} to sync it (error {Marshal.GetLastPInvokeError()})");
        try
        {
            if (Native.fsync(handle) != 0) throw new IOException($"could not sync {folder} (error {Marshal.GetLastPInvokeError()})");
        }
        finally
        {
            _ = Native.close(handle);
        }
    }

    /// <summary>Creates a folder with its parents, each durable.</summary>
    public static void CreateFolder(string folder)
    {
        if (Directory.Exists(folder)) return;
        if (Path.GetDirectoryName(folder) is { } parent) CreateFolder(parent);
        Directory.CreateDirectory(folder);
        SyncFolder(Path.GetDirectoryName(folder) ?? folder);
    }

    private static string WriteUnfinished(string path, ReadOnlySpan<byte> bytes, bool secret)
    {
        var unfinished = UnfinishedName(path);
        try
        {
            using var file = new FileStream(unfinished, Options(secret));
            file.Write(bytes);
            file.Flush(flushToDisk: true);
            return unfinished;
        }
        catch (IOException)
        {
            File.Delete(unfinished);
            throw;
        }
    }

    private static FileStreamOptions Options(bool secret)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (secret && !OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}
