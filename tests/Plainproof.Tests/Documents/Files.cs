using System.Diagnostics;
using System.Text;
using Plainproof.Documents;

namespace Plainproof.Tests.Documents;

/// <summary>Files of a test, and the programs that look at them.</summary>
internal sealed class Files : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("plainproof-documents-").FullName;

    public static byte[] Docx(Document document) => Made(to => DocxFile.Write(document, Samples.Facts, to));

    public static byte[] Pdf(Document document) => Made(to => PdfFile.Write(document, Samples.Facts, to));

    public static byte[] Xlsx(params Sheet[] sheets) => Made(to => XlsxFile.Write(sheets, Samples.Facts, to));

    public string Keep(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <summary>Has LibreOffice convert a file, with a profile of its own.</summary>
    public async Task<string> ConvertAsync(string path, string format, string ending)
    {
        await RunAsync("soffice", $"-env:UserInstallation=file://{_folder}/profile", "--headless", "--convert-to", format, "--outdir", Path.Combine(_folder, "out"), path);
        return Path.Combine(_folder, "out", Path.GetFileNameWithoutExtension(path) + ending);
    }

    /// <summary>What the program says; it must end well.</summary>
    public static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8 })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 && !(await errors).Contains("Syntax Error", StringComparison.Ordinal) ? output : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {output} {await errors}");
    }

    /// <summary>Without any white space: where lines break is the business of whoever lays them out.</summary>
    public static string Squeezed(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static byte[] Made(Action<Stream> write)
    {
        using var to = new ForwardOnly();
        write(to);
        return to.Written;
    }

    /// <summary>Like the body of an answer on the web: it can be written, and nothing else.</summary>
    private sealed class ForwardOnly : Stream
    {
        private readonly MemoryStream _written = new();

        public byte[] Written => _written.ToArray();

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => _written.Write(buffer, offset, count);
    }
}
