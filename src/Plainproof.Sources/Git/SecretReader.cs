using System.Globalization;
using System.Text;
using Plainproof.Facts;

namespace Plainproof.Sources.Git;

/// <summary>Looks through every text file of the tree at the tip. Only masked values are told or kept.</summary>
internal sealed class SecretReader(GitReading reading)
{
    private const long LargestSearched = 8 << 20;
    private const int Sniffed = 8000;
    private const int MostTold = 2000;

    private static readonly HashSet<string> Binary = new(StringComparer.OrdinalIgnoreCase)
    {
        ".png", ".jpg", ".jpeg", ".gif", ".webp", ".ico", ".bmp", ".tif", ".tiff", ".pdf", ".zip", ".gz", ".tgz", ".bz2", ".xz", ".zst", ".7z", ".rar", ".jar", ".war", ".woff", ".woff2", ".ttf", ".otf",
        ".eot", ".mp3", ".mp4", ".mov", ".avi", ".webm", ".wav", ".flac", ".exe", ".dll", ".so", ".dylib", ".o", ".a", ".class", ".pyc", ".wasm", ".bin", ".dat", ".iso", ".img", ".psd", ".docx", ".xlsx", ".pptx",
    };

    private readonly List<RepositorySecret> _found = [];
    private readonly StringBuilder _transcript = new();
    private long _searched;

    public async Task ReadAsync(CancellationToken stop)
    {
        var files = reading.Files.Where(file => !Binary.Contains(Path.GetExtension(file.Path))).ToList();
        var tooLarge = files.Where(file => file.Size > LargestSearched).ToList();
        await SearchAsync([.. files.Where(file => file.Size is > 0 and <= LargestSearched)], stop);

        _transcript.Insert(0, $"searched {_searched} of {reading.Files.Count} files at {reading.Tip ?? "no commit"}\n");
        var blob = await reading.Sink.KeepTextAsync("text/plain", _transcript.ToString(), stop);
        var line = 1;
        foreach (var (secret, number) in Numbered())
        {
            line++;
            var id = $"{secret.File}:{secret.Line}{(number > 1 ? $"#{number}" : "")}";
            await reading.Sink.AddAsync(Fact.Of(Subjects.Of(reading.Scope, "secret", id), secret, new Pointer(blob, string.Create(CultureInfo.InvariantCulture, $"line:{line}"))), stop);
        }

        var missing = reading.Files.Where(file => file.Size == TreeFile.Unreadable).ToList();
        var trouble = missing.Count > 0 ? $"The bytes of {missing.Count} files are missing from this clone, such as {missing[0].Path}."
            : tooLarge.Count > 0 ? $"{tooLarge.Count} large files were not searched, such as {tooLarge[0].Path}."
            : _found.Count >= MostTold ? $"The search stopped after {MostTold} findings." : null;
        await (trouble is null
            ? reading.Sink.CoverCompleteAsync<RepositorySecret>(reading.Scope, _found.Count, stop)
            : reading.Sink.CoverAsync<RepositorySecret>(reading.Scope, Completeness.Partial, trouble, missing.Count > 0 ? "Run git fsck in the repository, or clone it again." : "Keep large files out of the repository, or look through them by hand.", stop, _found.Count));
    }

    private IEnumerable<(RepositorySecret Secret, int Number)> Numbered() =>
        _found.GroupBy(secret => (secret.File, secret.Line)).SelectMany(same => same.Select((secret, index) => (secret, index + 1)));

    /// <summary>One process for all files: their names go in, headers and bytes come out, in the same order.</summary>
    private async Task SearchAsync(List<TreeFile> files, CancellationToken stop)
    {
        if (files.Count == 0)
            return;
        using var running = reading.Git.Start("cat-file", "--batch");
        var asking = Task.Run(async () =>
        {
            foreach (var file in files)
                await running.Input.WriteAsync($"{file.Id}\n".AsMemory(), stop);
            running.Input.Close();
        }, stop);
        var output = new BufferedStream(running.Output, 1 << 16);
        foreach (var file in files)
        {
            var bytes = await BlobAsync(output, stop);
            if (_found.Count < MostTold && bytes.AsSpan(0, Math.Min(Sniffed, bytes.Length)).IndexOf((byte)0) < 0)
                Search(file.Path, bytes);
            if (++_searched % 500 == 0)
                reading.Sink.Progress("searching code for secrets", _searched, files.Count);
        }

        await asking;
        await running.EndAsync(stop);
        reading.Sink.Called(new Call("git cat-file --batch", 1, _searched, files.Sum(file => file.Size)));
    }

    private void Search(string path, byte[] bytes)
    {
        var text = Encoding.Latin1.GetString(bytes);
        var (line, at) = (1, 0);
        foreach (var span in SecretPatterns.Find(text))
        {
            line += text.AsSpan(at, span.Start - at).Count('\n');
            at = span.Start;
            var masked = SecretPatterns.Mask(text.AsSpan(span.Start, span.Length));
            _found.Add(new RepositorySecret(path, line, span.Sort, masked, reading.Name));
            _transcript.Append(CultureInfo.InvariantCulture, $"{path}:{line}: {span.Sort} {masked}\n");
        }
    }

    /// <summary><c>ID blob SIZE</c>, a line break, the bytes, a line break.</summary>
    private static async Task<byte[]> BlobAsync(BufferedStream from, CancellationToken stop)
    {
        var header = new StringBuilder();
        for (int letter; (letter = from.ReadByte()) != '\n'; header.Append((char)letter))
        {
            if (letter < 0)
                throw new GitFailed(-1, "git stopped in the middle of a file.");
        }

        var words = header.ToString().Split(' ');
        if (words.Length < 3 || words[1] != "blob")
            throw new GitFailed(-1, $"A file of the tree cannot be read: {header}");
        var bytes = new byte[int.Parse(words[2], CultureInfo.InvariantCulture)];
        await from.ReadExactlyAsync(bytes, stop);
        from.ReadByte();
        return bytes;
    }
}
