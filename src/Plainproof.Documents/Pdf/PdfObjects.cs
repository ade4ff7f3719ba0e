using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Plainproof.Documents.Pdf;

/// <summary>The objects of a PDF file, written as they come. Small ones are packed together, a few hundred at a time.</summary>
internal sealed class PdfObjects
{
    private const int PackedTogether = 200;
    private const int EntryLength = 7;

    private readonly Stream _to;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly List<Place> _places = [new Place(0, 0, 0)];
    private readonly List<(int Id, int Offset)> _packed = [];
    private readonly StringBuilder _pack = new();
    private uint _length;

    /// <summary>Where an object is: in the file at an offset, or in a pack at an index.</summary>
    private readonly record struct Place(byte Kind, uint At, ushort Index);

    public PdfObjects(Stream to)
    {
        _to = to;
        Send("%PDF-1.7\n"u8);
        Send([(byte)'%', 0xE2, 0xE3, 0xCF, 0xD3, (byte)'\n']);
    }

    /// <summary>The catalog and the facts of the file; set before the end.</summary>
    public int Root { get; set; }

    public int Info { get; set; }

    public int Reserve()
    {
        _places.Add(default);
        return _places.Count - 1;
    }

    public int Add(string body)
    {
        var id = Reserve();
        Write(id, body);
        return id;
    }

    public void Write(int id, string body)
    {
        _packed.Add((id, _pack.Length));
        _pack.Append(body).Append('\n');
        if (_packed.Count == PackedTogether)
            WritePack();
    }

    /// <param name="entries">What the dictionary says beside length and filter.</param>
    public void WriteStream(int id, string entries, ReadOnlySpan<byte> bytes)
    {
        _places[id] = new Place(1, _length, 0);
        var packed = Deflated(bytes);
        Send(string.Create(CultureInfo.InvariantCulture, $"{id} 0 obj\n<<{entries}/Filter/FlateDecode/Length {packed.Length}>>\nstream\n"));
        Send(packed);
        Send("\nendstream\nendobj\n"u8);
    }

    /// <summary>For what other programs look for in plain sight.</summary>
    public void WriteOpenStream(int id, string entries, ReadOnlySpan<byte> bytes)
    {
        _places[id] = new Place(1, _length, 0);
        Send(string.Create(CultureInfo.InvariantCulture, $"{id} 0 obj\n<<{entries}/Length {bytes.Length}>>\nstream\n"));
        Send(bytes);
        Send("\nendstream\nendobj\n"u8);
    }

    public void Finish()
    {
        WritePack();
        var id = Reserve();
        var at = _length;
        _places[id] = new Place(1, at, 0);
        var mark = Convert.ToHexString(_hash.GetHashAndReset().AsSpan(0, 16));
        WriteStream(id, string.Create(CultureInfo.InvariantCulture, $"/Type/XRef/Size {_places.Count}/W[1 4 2]/Root {Root} 0 R/Info {Info} 0 R/ID[<{mark}><{mark}>]"), Table());
        Send(string.Create(CultureInfo.InvariantCulture, $"startxref\n{at}\n%%EOF\n"));
    }

    private void WritePack()
    {
        if (_packed.Count == 0)
            return;
        var pack = Reserve();
        var index = new StringBuilder();
        for (var i = 0; i < _packed.Count; i++)
        {
            index.Append(CultureInfo.InvariantCulture, $"{_packed[i].Id} {_packed[i].Offset} ");
            _places[_packed[i].Id] = new Place(2, (uint)pack, (ushort)i);
        }

        WriteStream(pack, string.Create(CultureInfo.InvariantCulture, $"/Type/ObjStm/N {_packed.Count}/First {index.Length}"), Encoding.Latin1.GetBytes(index.Append(_pack).ToString()));
        _packed.Clear();
        _pack.Clear();
    }

    private byte[] Table()
    {
        var table = new byte[_places.Count * EntryLength];
        for (var i = 0; i < _places.Count; i++)
        {
            var entry = table.AsSpan(i * EntryLength, EntryLength);
            entry[0] = _places[i].Kind;
            BinaryPrimitives.WriteUInt32BigEndian(entry[1..], _places[i].At);
            BinaryPrimitives.WriteUInt16BigEndian(entry[5..], i == 0 ? ushort.MaxValue : _places[i].Index);
        }

        return table;
    }

    private static byte[] Deflated(ReadOnlySpan<byte> bytes)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            zip.Write(bytes);
        return packed.ToArray();
    }

    private void Send(string text) => Send(Encoding.Latin1.GetBytes(text));

    private void Send(ReadOnlySpan<byte> bytes)
    {
        _to.Write(bytes);
        _hash.AppendData(bytes);
        _length += (uint)bytes.Length;
    }
}
