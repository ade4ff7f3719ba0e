using System.Globalization;

namespace Plainproof.Evidence;

/// <summary>What a log signs: its name, how many entries it has and the root over them (C2SP tlog-checkpoint).</summary>
public sealed record Checkpoint(string Origin, long Size, Hash Root)
{
    /// <summary>Opens a signed checkpoint and holds it against the log's key; the origin must be the key's name.</summary>
    /// <exception cref="NoteException">Malformed, signed by another key, or of another log.</exception>
    public static Checkpoint Open(ReadOnlySpan<byte> note, NoteKey key)
    {
        var checkpoint = Parse(SignedNote.Open(note, key));
        return checkpoint.Origin == key.Name
            ? checkpoint
            : throw new NoteException($"this checkpoint is of the log '{checkpoint.Origin}', not of '{key.Name}'");
    }

    /// <summary>The three lines that are signed.</summary>
    internal string ToText() => $"{Origin}\n{Size.ToString(CultureInfo.InvariantCulture)}\n{Root.ToBase64()}\n";

    internal static Checkpoint Parse(string text)
    {
        var lines = text.Split('\n');
        if (lines.Length < 4 || lines[^1].Length > 0 || lines[..^1].Any(line => line.Length == 0))
            throw new NoteException("a checkpoint has a name, a size and a root, one on each line");
        if (!IsDecimal(lines[1], out var size)) throw new NoteException($"'{lines[1]}' is not the size of a log");
        if (!Hash.TryParseBase64(lines[2], out var root)) throw new NoteException("the third line of a checkpoint is not a root");
        return new Checkpoint(lines[0], size, root);
    }

    private static bool IsDecimal(string text, out long value) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value)
        && value.ToString(CultureInfo.InvariantCulture) == text;
}
