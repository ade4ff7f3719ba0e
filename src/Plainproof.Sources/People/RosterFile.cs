using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;
using Plainproof.Facts;

namespace Plainproof.Sources.People;

/// <summary>The bytes of a roster: opened once, looked through once to learn how it is written, then read as text as often as needed.</summary>
internal sealed class RosterFile : IAsyncDisposable
{
    private const string SaveAsCsv = "Open it in the spreadsheet and save it as 'CSV UTF-8'.";

    private readonly FileStream _bytes;
    private readonly Encoding _encoding;

    private RosterFile(FileStream bytes, Encoding encoding, string sha256) => (_bytes, _encoding, Sha256) = (bytes, encoding, sha256);

    public string Name => Path.GetFileName(_bytes.Name);

    public long Length => _bytes.Length;

    /// <summary>Of the whole file, so that the part we keep can be held against it.</summary>
    public string Sha256 { get; }

    /// <exception cref="CannotRead">There is no such file, it may not be read, or it is no text.</exception>
    public static async Task<RosterFile> OpenAsync(string path, CancellationToken stop)
    {
        var bytes = Open(path);
        try
        {
            var (encoding, sha256) = await LookThroughAsync(bytes, stop);
            return new RosterFile(bytes, encoding, sha256);
        }
        catch
        {
            await bytes.DisposeAsync();
            throw;
        }
    }

    /// <summary>The text from its first character. Only one reader at a time.</summary>
    public TextReader Text()
    {
        _bytes.Position = 0;
        return new StreamReader(_bytes, _encoding, detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 16, leaveOpen: true);
    }

    public void Rewind() => _bytes.Position = 0;

    public ValueTask DisposeAsync() => _bytes.DisposeAsync();

    private static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CannotRead(Completeness.Unreachable, $"There is no file {path}.", "Check the path.", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new CannotRead(Completeness.Denied, $"{path} may not be read, or is a folder.", "Check the path and who may read it.", e);
        }
        catch (IOException e)
        {
            throw new CannotRead(Completeness.Unreachable, $"{path} cannot be opened: {e.Message}", "Close it in other programs and try again.", e);
        }
    }

    private static async Task<(Encoding, string)> LookThroughAsync(FileStream bytes, CancellationToken stop)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 16];
        Encoding? marked = null;
        var (first, utf8, kept) = (true, true, 0);
        while (await bytes.ReadAsync(buffer.AsMemory(kept), stop) is > 0 and var read)
        {
            var seen = buffer.AsMemory(0, kept + read);
            hash.AppendData(buffer, kept, read);
            if (first)
                marked = Marked(seen.Span);
            first = false;
            if (marked is null && seen.Span[kept..].Contains((byte)0))
                throw new CannotRead(Completeness.Failed, $"{Path.GetFileName(bytes.Name)} is no text file: it holds zero bytes.", SaveAsCsv);
            kept = utf8 ? Rest(seen.Span, ref utf8) : 0;
            seen.Span[^kept..].CopyTo(buffer);
        }

        return (marked ?? (utf8 && kept == 0 ? Encoding.UTF8 : CodePagesEncodingProvider.Instance.GetEncoding(1252)!), Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>Length of a character cut by the end of the buffer; clears <paramref name="utf8"/> when the bytes are no UTF-8.</summary>
    private static int Rest(ReadOnlySpan<byte> bytes, ref bool utf8)
    {
        for (var cut = 0; cut < 4 && cut <= bytes.Length; cut++)
        {
            if (Utf8.IsValid(bytes[..^cut]))
                return cut;
        }

        utf8 = false;
        return 0;
    }

    private static Encoding? Marked(ReadOnlySpan<byte> start) =>
        start.StartsWith((ReadOnlySpan<byte>)[0xff, 0xfe]) ? Encoding.Unicode
        : start.StartsWith((ReadOnlySpan<byte>)[0xfe, 0xff]) ? Encoding.BigEndianUnicode
        : start.StartsWith((ReadOnlySpan<byte>)[0xef, 0xbb, 0xbf]) ? Encoding.UTF8
        : start.StartsWith("PK\x03\x04"u8) ? throw new CannotRead(Completeness.Failed, "The file is a workbook or an archive, and not CSV.", SaveAsCsv)
        : start.Length > 3 && start[0] != 0 && start[1] == 0 && start[3] == 0 ? Encoding.Unicode
        : start.Length > 3 && start[0] == 0 && start[1] != 0 && start[2] == 0 ? Encoding.BigEndianUnicode
        : null;
}
