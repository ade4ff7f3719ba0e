using System.Text;

namespace Plainproof.Evidence;

/// <summary>A text and the lines that sign it: C2SP signed-note.</summary>
internal static class SignedNote
{
    private const int MostSignatures = 100;
    private const int MostBytes = 1_000_000;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// The text of the note, once at least one of these keys signed it. Signatures of unknown keys are passed over; a bad one from a
    /// known key rejects the whole note.
    /// </summary>
    /// <exception cref="NoteException">The note is malformed or not signed by these keys.</exception>
    public static string Open(ReadOnlySpan<byte> note, params IReadOnlyList<NoteKey> known)
    {
        var (text, lines) = Split(Decode(note));
        var verified = 0;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in lines)
        {
            var (name, id, signature) = SignatureOf(line);
            var key = known.FirstOrDefault(k => k.Name == name && k.Id.Span.SequenceEqual(id));
            if (key is null || !seen.Add(key.ToString())) continue;
            if (!key.Signed(text, signature)) throw new NoteException($"the signature of {name} does not fit the text");
            verified++;
        }

        return verified > 0 ? text : throw new NoteException("none of the given keys signed this");
    }

    private static string Decode(ReadOnlySpan<byte> note)
    {
        if (note.Length > MostBytes) throw new NoteException("the note is too long");
        foreach (var b in note)
        {
            if (b < 0x20 && b != '\n') throw new NoteException("the note has a control character");
        }

        try
        {
            return Utf8.GetString(note);
        }
        catch (DecoderFallbackException)
        {
            throw new NoteException("the note is not UTF-8 text");
        }
    }

    private static (string Text, string[] Lines) Split(string note)
    {
        var split = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (split < 0 || !note.EndsWith('\n') || split + 2 == note.Length) throw new NoteException("the note has no signature lines");
        var lines = note[(split + 2)..^1].Split('\n');
        if (lines.Length > MostSignatures) throw new NoteException($"the note has more than {MostSignatures} signatures");
        return (note[..(split + 1)], lines);
    }

    private static (string Name, byte[] Id, byte[] Signature) SignatureOf(string line)
    {
        var parts = line.Split(' ');
        if (parts.Length != 3 || parts[0] != "\u2014" || !NoteKey.IsName(parts[1])
            || !StrictBase64.TryDecode(parts[2], out var bytes) || bytes.Length < 5)
            throw new NoteException("the note has a line after its text that is not a signature");
        return (parts[1], bytes[..4], bytes[4..]);
    }
}
