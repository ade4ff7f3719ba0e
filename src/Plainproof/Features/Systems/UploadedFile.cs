using Microsoft.AspNetCore.Http;
using Plainproof.Sources;
using Plainproof.Storage;

namespace Plainproof.Features.Systems;

/// <summary>A file that came through a page and lies in the company's own folder. Nothing else there can be named.</summary>
internal static class UploadedFile
{
    public const int MostBytes = 32 << 20;
    private const int LongestName = 80;
    private const int Looked = 4096;

    /// <summary>File endings that a source takes from a page.</summary>
    public static string Endings(SourceInfo info) => info.Name switch
    {
        "people" => ".csv,.txt",
        "import" => ".json,.sarif,.gz",
        _ => ".jsonl,.ndjson,.json",
    };

    /// <returns>Null when it can be taken.</returns>
    public static string? Problem(SourceInfo info, IFormFile? file)
    {
        if (file is null)
            return $"Choose the file. It ends in {Endings(info).Replace(",", " or ", StringComparison.Ordinal)}.";
        if (file.Length > MostBytes)
            return $"The file is larger than {MostBytes >> 20} MB. Read it on the command line: plainproof check --source {info.Name}=FILE";
        var ending = Path.GetExtension(file.FileName).ToLowerInvariant();
        if (ending.Length == 0 || !Endings(info).Split(',').Contains(ending))
            return $"The file must end in {Endings(info).Replace(",", " or ", StringComparison.Ordinal)}.";
        return Fits(file, ending) ? null : $"This is no {ending} file inside. Export it anew, as text.";
    }

    public static string FolderOf(DataFolder data, string company, string connection) => Path.Combine(data.CompanyRoot(company), "uploads", Guid.ParseExact(connection, "D").ToString("D"));

    /// <summary>The name as it is stored: letters, digits, dots and dashes of what the browser said, and never a path.</summary>
    public static string SafeName(string told)
    {
        var last = told[(told.LastIndexOfAny(['/', '\\']) + 1)..];
        var clean = new string([.. last.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '-')]).Trim('.', '-');
        return clean.Length > LongestName ? clean[^LongestName..].TrimStart('.', '-') : clean.Length == 0 ? "file" : clean;
    }

    /// <summary>Takes the place of what was there under that name: the system is known by it.</summary>
    /// <param name="name">As <see cref="SafeName"/> gave it.</param>
    public static async Task SaveAsync(DataFolder data, string company, string connection, IFormFile file, string name, CancellationToken stop)
    {
        var folder = FolderOf(data, company, connection);
        Private.CreateFolder(Path.GetDirectoryName(folder)!);
        Private.CreateFolder(folder);
        var unfinished = Path.Combine(folder, $".tmp-{Guid.NewGuid():N}");
        try
        {
            await using (var into = Private.Create(unfinished))
                await file.CopyToAsync(into, stop);
            File.Move(unfinished, Path.Combine(folder, name), overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    public static void Remove(DataFolder data, string company, string connection)
    {
        var folder = FolderOf(data, company, connection);
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    private static bool Fits(IFormFile file, string ending)
    {
        using var stream = file.OpenReadStream();
        var start = new byte[Looked];
        var bytes = start.AsSpan(0, stream.ReadAtLeast(start, Looked, throwOnEndOfStream: false));
        if (ending == ".gz")
            return bytes.StartsWith((byte[])[0x1f, 0x8b]);
        if (bytes.Contains((byte)0))
            return false;
        if (bytes.StartsWith((byte[])[0xef, 0xbb, 0xbf]))
            bytes = bytes[3..];
        return ending is ".csv" or ".txt" || bytes.TrimStart(" \r\n\t"u8) is [(byte)'{' or (byte)'[', ..];
    }
}
