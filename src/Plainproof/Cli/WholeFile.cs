namespace Plainproof.Cli;

/// <summary>A file that people asked for. Nobody ever sees half of it: it is written beside its place, then moved there.</summary>
internal static class WholeFile
{
    /// <param name="replaces">Whether it takes the place of a file that is there already.</param>
    /// <param name="told">What to say when it cannot be written, from why.</param>
    /// <exception cref="BadInput">It cannot be written.</exception>
    public static async Task WriteAsync(string path, ReadOnlyMemory<byte> bytes, bool replaces, Func<string, string> told, CancellationToken stop)
    {
        var unfinished = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            await File.WriteAllBytesAsync(unfinished, bytes, stop);
            File.Move(unfinished, path, replaces);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInput(told(e.Message));
        }
        finally
        {
            File.Delete(unfinished);
        }
    }
}
