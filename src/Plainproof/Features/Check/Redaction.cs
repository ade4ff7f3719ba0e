using System.Buffers;
using System.Text;
using Plainproof.Evidence;
using Plainproof.Sources.Git;

namespace Plainproof.Features.Check;

/// <summary>
/// Takes what looks like a secret out of raw evidence before it is hashed, logged or stored (law 7).
/// What is taken out is masked to the same number of bytes, so that pointers into the evidence still hold.
/// Compressed and binary content passes as it is.
/// </summary>
internal sealed class Redaction(Stream source) : ForwardStream
{
    /// <summary>Raised when other bytes would be masked.</summary>
    public const int Version = 1;

    private const int Block = 1 << 20;

    private readonly Dictionary<string, int> _removed = new(StringComparer.Ordinal);
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(Block);
    private int _filled;
    private int _clean;
    private int _given;
    private bool _ended;

    /// <summary>How many of each sort were masked so far.</summary>
    public IReadOnlyDictionary<string, int> Removed => _removed;

    public override bool CanRead => true;

    public static bool Reads(string mediaType) =>
        mediaType.StartsWith("text/", StringComparison.Ordinal) || mediaType.Contains("json", StringComparison.Ordinal)
        || (mediaType.Contains("xml", StringComparison.Ordinal) && !mediaType.Contains("openxmlformats", StringComparison.Ordinal)) || mediaType.Contains("yaml", StringComparison.Ordinal);

    public override async ValueTask<int> ReadAsync(Memory<byte> into, CancellationToken stop = default)
    {
        while (_given == _clean && !(_ended && _filled == _clean))
            await FillAsync(stop);
        var count = Math.Min(into.Length, _clean - _given);
        _buffer.AsMemory(_given, count).CopyTo(into);
        _given += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    protected override void Dispose(bool disposing)
    {
        if (disposing && _buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        (_buffer, _filled, _clean, _given, _ended) = ([], 0, 0, 0, true);
        base.Dispose(disposing);
    }

    /// <summary>Moves what was not given yet to the front, reads on, and masks up to the last line break so that no secret is cut in two.</summary>
    private async Task FillAsync(CancellationToken stop)
    {
        _buffer.AsSpan(_clean, _filled - _clean).CopyTo(_buffer);
        _filled -= _clean;
        _given = _clean = 0;
        while (_filled < _buffer.Length && !_ended)
        {
            var read = await source.ReadAsync(_buffer.AsMemory(_filled), stop);
            _ended = read == 0;
            _filled += read;
        }

        _clean = _ended ? _filled : _buffer.AsSpan(0, _filled).LastIndexOf((byte)'\n') + 1;
        if (_clean == 0 && _buffer.Length < 16 * Block)
            Grow();
        else
            Mask(_buffer.AsSpan(0, _clean = _clean == 0 ? _filled : _clean));
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.AsSpan(0, _filled).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }

    private void Mask(Span<byte> text)
    {
        foreach (var secret in SecretPatterns.Find(text))
        {
            var mask = Encoding.ASCII.GetBytes($"[removed: {secret.Sort}]".PadRight(secret.Length, '*')[..secret.Length]);
            mask.CopyTo(text[secret.Start..]);
            _removed[secret.Sort] = _removed.GetValueOrDefault(secret.Sort) + 1;
        }
    }
}
