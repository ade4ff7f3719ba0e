namespace Plainproof.Sources.Directories.Wire;

/// <summary>What came is no LDAP message: nothing after it on this connection can be trusted.</summary>
/// <param name="what">What was wrong with it, to stand after "that is no LDAP: ".</param>
internal sealed class BadAnswer(string what) : Exception(what);

/// <summary>Where the content of one element lies.</summary>
internal readonly record struct Piece(int Start, int Length)
{
    public int End => Start + Length;
}

/// <summary>
/// Reads the elements of a message one after another. LDAP allows BER with definite lengths and tags of one byte only
/// (RFC 4511 section 5.1), so this is all of it, at a fraction of the time of a general reader.
/// </summary>
internal ref struct BerReader(ReadOnlySpan<byte> bytes, Piece within)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private readonly int _end = within.End;
    private int _at = within.Start;

    public readonly bool AtEnd => _at == _end;

    public readonly bool Is(byte tag) => _at < _end && _bytes[_at] == tag;

    /// <exception cref="BadAnswer">Something else stands here, or it reaches beyond what holds it.</exception>
    public Piece Read(byte tag) => Is(tag) ? ReadAny(out _) : throw new BadAnswer($"an element {tag:x2} is missing");

    public Piece ReadAny(out byte tag)
    {
        if (!TryHead(_bytes[_at.._end], out tag, out var head, out var length) || length > _end - _at - head)
            throw new BadAnswer("an element is longer than what holds it");
        var piece = new Piece(_at + head, (int)length);
        _at = piece.End;
        return piece;
    }

    /// <summary>How many elements are left, all of them whole and of this sort.</summary>
    public readonly int Count(byte tag = Tag.Sequence)
    {
        var count = 0;
        for (var rest = this; !rest.AtEnd; count++)
            rest.Read(tag);
        return count;
    }

    /// <summary>INTEGER and ENUMERATED as LDAP uses them: 0 to 2,147,483,647.</summary>
    public int ReadNumber(byte tag)
    {
        var piece = Read(tag);
        if (piece.Length is 0 or > 4 || _bytes[piece.Start] > 127)
            throw new BadAnswer("a number is out of range");
        var number = 0;
        foreach (var part in _bytes.Slice(piece.Start, piece.Length))
            number = (number << 8) | part;
        return number;
    }

    /// <summary>Tag and length of the next element; false while the bytes do not hold all of them.</summary>
    /// <exception cref="BadAnswer">The length is indefinite or absurd, or the tag has several bytes.</exception>
    public static bool TryHead(ReadOnlySpan<byte> bytes, out byte tag, out int head, out long length)
    {
        (tag, head, length) = (0, 2, 0);
        if (bytes.Length < 2)
            return false;
        tag = bytes[0];
        length = bytes[1];
        if ((tag & 0x1f) == 0x1f)
            throw new BadAnswer("an element has a tag of several bytes");
        if (length < 0x80)
            return true;
        var count = (int)length & 0x7f;
        if (count is 0 or > 4)
            throw new BadAnswer(count == 0 ? "a length is indefinite" : "a length has too many bytes");
        head += count;
        if (bytes.Length < head)
            return false;
        length = 0;
        foreach (var part in bytes[2..head])
            length = (length << 8) | part;
        return true;
    }
}
