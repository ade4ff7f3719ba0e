using System.Buffers;
using System.Formats.Asn1;
using System.Globalization;
using System.Text;

namespace Plainproof.Sources.Directories.Wire;

/// <summary>Puts a search filter from its text (RFC 4515) into bytes (RFC 4511 section 4.5.1.7).</summary>
internal ref struct Filter
{
    private const int Deepest = 64;

    private static readonly SearchValues<char> ValueEnds = SearchValues.Create("()");

    private readonly ReadOnlySpan<char> _text;
    private readonly AsnWriter _into;
    private int _at;

    private Filter(ReadOnlySpan<char> text, AsnWriter into)
    {
        _text = text;
        _into = into;
    }

    /// <exception cref="FormatException">The text is no filter.</exception>
    public static void Write(string text, AsnWriter into)
    {
        var filter = new Filter(text, into);
        filter.WriteOne(0);
        if (filter._at != text.Length)
            throw filter.Wrong("there is more after its end");
    }

    private void WriteOne(int depth)
    {
        if (depth > Deepest)
            throw Wrong("it is nested too deep");
        Expect('(');
        switch (_at < _text.Length ? _text[_at] : '\0')
        {
            case '&': WriteSet(0, depth); break;
            case '|': WriteSet(1, depth); break;
            case '!': WriteNot(depth); break;
            default: WriteItem(); break;
        }

        Expect(')');
    }

    /// <summary>An empty "and" is always true, an empty "or" never (RFC 4526).</summary>
    private void WriteSet(int tag, int depth)
    {
        _at++;
        using var set = _into.PushSequence(Context(tag));
        while (_at < _text.Length && _text[_at] == '(')
            WriteOne(depth + 1);
    }

    private void WriteNot(int depth)
    {
        _at++;
        using var not = _into.PushSequence(Context(2));
        WriteOne(depth + 1);
    }

    private void WriteItem()
    {
        var rest = _text[_at..];
        var equals = rest.IndexOf('=');
        if (equals <= 0)
            throw Wrong("an equals sign is missing");
        var end = rest[equals..].IndexOfAny(ValueEnds);
        if (end < 0)
            throw Wrong("a closing bracket is missing");
        var value = rest.Slice(equals + 1, end - 1);
        _at += equals + end;
        switch (rest[equals - 1])
        {
            case ':': WriteExtensible(rest[..(equals - 1)], value); break;
            case '>': WriteComparison(5, rest[..(equals - 1)], value); break;
            case '<': WriteComparison(6, rest[..(equals - 1)], value); break;
            case '~': WriteComparison(8, rest[..(equals - 1)], value); break;
            default: WriteEquality(rest[..equals], value); break;
        }
    }

    private readonly void WriteEquality(ReadOnlySpan<char> attribute, ReadOnlySpan<char> value)
    {
        if (value is "*")
            _into.WriteOctetString(Described(attribute), Context(7));
        else if (value.Contains('*'))
            WriteSubstrings(attribute, value);
        else
            WriteComparison(3, attribute, value);
    }

    private readonly void WriteComparison(int tag, ReadOnlySpan<char> attribute, ReadOnlySpan<char> value)
    {
        using var comparison = _into.PushSequence(Context(tag));
        _into.WriteOctetString(Described(attribute));
        _into.WriteOctetString(Unescaped(value));
    }

    private readonly void WriteSubstrings(ReadOnlySpan<char> attribute, ReadOnlySpan<char> value)
    {
        using var substrings = _into.PushSequence(Context(4));
        _into.WriteOctetString(Described(attribute));
        using var parts = _into.PushSequence();
        foreach (var range in value.Split('*'))
        {
            var part = value[range];
            if (part.Length > 0)
                _into.WriteOctetString(Unescaped(part), Context(range.Start.Value == 0 ? 0 : range.End.Value == value.Length ? 2 : 1));
        }
    }

    /// <summary><c>attribute:dn:rule:=value</c>, where attribute or rule may be left out, and <c>:dn</c> too.</summary>
    private readonly void WriteExtensible(ReadOnlySpan<char> left, ReadOnlySpan<char> value)
    {
        var colon = left.IndexOf(':');
        var attribute = colon < 0 ? left : left[..colon];
        var rule = colon < 0 ? [] : left[(colon + 1)..];
        var names = rule.Equals("dn", StringComparison.OrdinalIgnoreCase) || rule.StartsWith("dn:", StringComparison.OrdinalIgnoreCase);
        if (names)
            rule = rule.Length > 3 ? rule[3..] : [];
        if (attribute.IsEmpty && rule.IsEmpty)
            throw Wrong("a matching rule or an attribute is missing");
        using var extensible = _into.PushSequence(Context(9));
        if (!rule.IsEmpty)
            _into.WriteOctetString(Described(rule), Context(1));
        if (!attribute.IsEmpty)
            _into.WriteOctetString(Described(attribute), Context(2));
        _into.WriteOctetString(Unescaped(value), Context(3));
        if (names)
            _into.WriteBoolean(true, Context(4));
    }

    /// <summary>Names of attributes and rules: letters, digits, hyphen, dot, and semicolon before an option (RFC 4512 section 2.5).</summary>
    private readonly byte[] Described(ReadOnlySpan<char> name)
    {
        foreach (var letter in name)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('-' or '.' or ';' or '_'))
                throw Wrong("the name of an attribute holds what it may not");
        }

        return Encoding.ASCII.GetBytes(name.ToArray());
    }

    private readonly byte[] Unescaped(ReadOnlySpan<char> value)
    {
        var bytes = new ArrayBufferWriter<byte>(value.Length + 1);
        while (value.IndexOf('\\') is >= 0 and var at)
        {
            Encoding.UTF8.GetBytes(value[..at], bytes);
            if (value.Length < at + 3 || !byte.TryParse(value.Slice(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var escaped))
                throw Wrong("a backslash needs two hexadecimal digits after it");
            bytes.Write([escaped]);
            value = value[(at + 3)..];
        }

        Encoding.UTF8.GetBytes(value, bytes);
        return bytes.WrittenSpan.ToArray();
    }

    private void Expect(char letter)
    {
        if (_at >= _text.Length || _text[_at] != letter)
            throw Wrong($"a '{letter}' is missing at {_at}");
        _at++;
    }

    private readonly FormatException Wrong(string why) => new($"'{_text}' is no search filter: {why}.");

    private static Asn1Tag Context(int number) => new(TagClass.ContextSpecific, number);
}
