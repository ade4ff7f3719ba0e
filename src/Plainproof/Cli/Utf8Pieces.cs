using System.Buffers;
using System.Text;

namespace Plainproof.Cli;

/// <summary>Takes UTF-8 in pieces, which may end in the middle of a letter, and passes it on as text. It holds one piece at a time.</summary>
internal sealed class Utf8Pieces(TextWriter output) : IBufferWriter<byte>
{
    private const int Smallest = 32 << 10;

    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private byte[] _piece = new byte[Smallest];
    private char[] _letters = [];

    public Memory<byte> GetMemory(int sizeHint = 0) => Room(sizeHint);

    public Span<byte> GetSpan(int sizeHint = 0) => Room(sizeHint);

    public void Advance(int count)
    {
        var most = Encoding.UTF8.GetMaxCharCount(count);
        if (_letters.Length < most)
            _letters = new char[most];
        output.Write(_letters.AsSpan(0, _decoder.GetChars(_piece.AsSpan(0, count), _letters, flush: false)));
    }

    private byte[] Room(int atLeast)
    {
        if (_piece.Length < atLeast)
            _piece = new byte[atLeast];
        return _piece;
    }
}
