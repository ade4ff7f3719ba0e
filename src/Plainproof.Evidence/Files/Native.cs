using System.Runtime.InteropServices;

namespace Plainproof.Evidence;

/// <summary>What the runtime does not offer of POSIX.1-2024.</summary>
internal static class Native
{
    /// <summary>Of Linux on every processor that .NET runs on there.</summary>
    public const int CloseOnExec = 0x80000;

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int fsync(int handle);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int close(int handle);
}
