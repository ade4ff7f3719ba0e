namespace Plainproof.Storage;

/// <summary>Files and folders that only their owner can read.</summary>
internal static class Private
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = OwnerFile | UnixFileMode.UserExecute;
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else if (!Directory.Exists(path))
            Directory.CreateDirectory(path, OwnerFolder);
    }

    /// <summary>Takes from others what they may do in a folder that is ours from now on.</summary>
    public static void Close(string folder)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder, OwnerFolder);
    }

    /// <summary>Makes an empty file.</summary>
    /// <param name="mayExist">When another process was faster, its file stays as it is.</param>
    public static void CreateFile(string path, bool mayExist = false)
    {
        try
        {
            using var file = Create(path);
        }
        catch (IOException) when (mayExist && File.Exists(path))
        {
            return;
        }
    }

    /// <summary>A new file for writing.</summary>
    /// <exception cref="IOException">The file is there already, or the disk refuses.</exception>
    public static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerFile;
        return new FileStream(path, options);
    }

    /// <summary>True when someone besides the owner can read or change it. Windows is not asked.</summary>
    public static bool IsOpenToOthers(string path) => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0;
}
