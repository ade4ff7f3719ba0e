using System.Text;

namespace Plainproof.Evidence;

/// <summary>An entry that left its log, with a C2SP tlog-proof that the log has it.</summary>
/// <param name="Entry">The exact text that was logged.</param>
/// <param name="Proof">Its place, its path and the signed checkpoint.</param>
public sealed record ProvenEntry(string Entry, string Proof)
{
    public static ProvenEntry Of(Proof proof) => new(Encoding.UTF8.GetString(proof.Body.Span), proof.Text);

    /// <summary>Holds it against the key of its log. A proof that is written in another way than ours is refused, so that no byte of it is free.</summary>
    /// <returns>Its number in the log.</returns>
    /// <exception cref="NoteException">It does not hold, and why.</exception>
    public long HeldUnder(NoteKey key)
    {
        var proof = TlogProof.Parse(Proof);
        if (proof.ToString() != Proof) throw new NoteException("the proof is not written as it was made");
        return proof.Proves(Encoding.UTF8.GetBytes(Entry), key) ? proof.Index : throw new NoteException("the entry is not the one that the log has");
    }
}
