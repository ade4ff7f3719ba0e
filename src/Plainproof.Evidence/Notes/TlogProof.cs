using System.Globalization;
using System.Text;

namespace Plainproof.Evidence;

/// <summary>One text file that proves one entry, offline: C2SP tlog-proof.</summary>
internal sealed record TlogProof(long Index, IReadOnlyList<Hash> Path, string Checkpoint)
{
    private const string Header = "c2sp.org/tlog-proof@v1";
    private const int LongestPath = 63;

    public override string ToString()
    {
        var text = new StringBuilder().Append(Header).Append('\n');
        text.Append(CultureInfo.InvariantCulture, $"index {Index}\n");
        foreach (var hash in Path) text.Append(hash.ToBase64()).Append('\n');
        return text.Append('\n').Append(Checkpoint).ToString();
    }

    /// <exception cref="NoteException">The text is not a proof.</exception>
    public static TlogProof Parse(string text)
    {
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        if (end < 0) throw new NoteException("the proof has no checkpoint");
        var lines = text[..end].Split('\n').ToList();
        if (lines[0] != Header) throw new NoteException($"the first line of a proof is {Header}");
        if (lines.Count > 1 && lines[1].StartsWith("extra ", StringComparison.Ordinal)) lines.RemoveAt(1);
        if (lines.Count < 2 || !lines[1].StartsWith("index ", StringComparison.Ordinal)
            || !long.TryParse(lines[1].AsSpan(6), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            || lines[1] != string.Create(CultureInfo.InvariantCulture, $"index {index}"))
            throw new NoteException("the proof does not say which entry it is about");
        var path = lines.Skip(2).Select(line => Hash.TryParseBase64(line, out var hash)
            ? hash
            : throw new NoteException($"'{line}' is not a hash")).ToList();
        return path.Count <= LongestPath ? new TlogProof(index, path, text[(end + 2)..]) : throw new NoteException("the proof is too long");
    }

    /// <summary>True when this entry is in the log that this key signs.</summary>
    /// <exception cref="NoteException">The checkpoint in the proof cannot be trusted.</exception>
    public bool Proves(ReadOnlySpan<byte> entry, NoteKey key)
    {
        var signed = Evidence.Checkpoint.Open(Encoding.UTF8.GetBytes(Checkpoint), key);
        return TreeProofs.VerifyInclusion(Rfc6962.Leaf(entry), Index, signed.Size, Path, signed.Root);
    }
}
