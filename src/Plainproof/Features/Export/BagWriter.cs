using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Plainproof.Evidence;

namespace Plainproof.Features.Export;

/// <summary>Writes a BagIt bag (RFC 8493) file by file and hashes each on its way.</summary>
internal sealed class BagWriter(BagPlace place)
{
    private readonly List<(string Name, string Sum)> _payload = [];
    private readonly List<(string Name, string Sum)> _tags = [];
    private long _bytes;

    public async Task AddAsync(string name, Func<Stream, Task> write)
    {
        await using var file = new HashedFile(place.Create(name));
        await write(file);
        await file.FlushAsync();
        if (name.StartsWith(Package.Payload, StringComparison.Ordinal))
        {
            _bytes += file.Length;
            _payload.Add((name, file.Sum()));
        }
        else
        {
            _tags.Add((name, file.Sum()));
        }
    }

    public Task AddAsync(string name, ReadOnlyMemory<byte> bytes, CancellationToken stop) => AddAsync(name, file => file.WriteAsync(bytes, stop).AsTask());

    public Task AddAsync(string name, string text, CancellationToken stop) => AddAsync(name, Encoding.UTF8.GetBytes(text), stop);

    /// <param name="about">The lines of bag-info.txt, without the size.</param>
    /// <returns>The SHA-256 of the list of the payload: it names this very package.</returns>
    public async Task<string> FinishAsync(IEnumerable<(string Label, string Value)> about, CancellationToken stop)
    {
        var info = about.Append(("Payload-Oxum", string.Create(CultureInfo.InvariantCulture, $"{_bytes}.{_payload.Count}")));
        await AddAsync(Package.Declaration, Package.DeclarationText, stop);
        await AddAsync(Package.BagInfo, string.Concat(info.Select(line => $"{line.Item1}: {line.Item2.ReplaceLineEndings(" ")}\n")), stop);
        await AddAsync(Package.PayloadList, ListOf(_payload), stop);
        var digest = _tags[^1].Sum;
        await AddAsync(Package.TagList, ListOf(_tags), stop);
        await place.FinishAsync();
        return digest;
    }

    private static string ListOf(List<(string Name, string Sum)> files) =>
        string.Concat(files.OrderBy(file => file.Name, StringComparer.Ordinal).Select(file => $"{file.Sum}  {file.Name}\n"));

    /// <summary>Passes on what is written, and hashes it.</summary>
    private sealed class HashedFile(Stream into) : ForwardStream
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private long _length;

        public override bool CanWrite => true;

        public override long Length => _length;

        public string Sum() => Convert.ToHexStringLower(_hash.GetHashAndReset());

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            _hash.AppendData(buffer);
            _length += buffer.Length;
            into.Write(buffer);
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Write(buffer.Span); // To a file, which takes it at once.
            return ValueTask.CompletedTask;
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override void Flush() => into.Flush();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                into.Dispose();
                _hash.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
