using System.Data.Common;

namespace Plainproof.Evidence;

/// <summary>The log of one company. Safe to call from many threads, and from many processes on one data folder.</summary>
public interface IEvidenceLog
{
    /// <summary>
    /// Puts an entry in line inside the caller's transaction: it is in the log's reach exactly when that transaction commits.
    /// It has no number and no proof until it is sealed.
    /// </summary>
    ValueTask<EntryId> EnqueueAsync(Entry entry, DbTransaction with, CancellationToken stop);

    /// <summary>Seals when needed and says where the entry stands. MUST NOT be called while the caller holds a write transaction.</summary>
    /// <exception cref="EvidenceException">The entry is unknown (its transaction did not commit), or the log refuses to sign.</exception>
    Task<Receipt> SealedAsync(EntryId id, CancellationToken stop);

    /// <summary>
    /// Numbers all waiting entries in the order of their ids, signs, commits, then publishes the files. When it returns, every entry
    /// committed before the call is durable, signed and published. MUST NOT be called while the caller holds a write transaction.
    /// </summary>
    /// <exception cref="EvidenceException">The log refuses to sign; the message says why and what to do.</exception>
    Task SealAsync(CancellationToken stop);

    /// <summary>A proof that the entry is in the published log, made from the files and checked before it is returned.</summary>
    Task<Proof> ProveAsync(EntryId id, CancellationToken stop);
}

/// <summary>Where a sealed entry stands.</summary>
/// <param name="Id">The entry.</param>
/// <param name="Seq">Its number in the log, from 0.</param>
/// <param name="Checkpoint">The first signed checkpoint that covers it, as text.</param>
public sealed record Receipt(EntryId Id, long Seq, string Checkpoint);

/// <summary>An entry with what proves it.</summary>
/// <param name="Id">The entry.</param>
/// <param name="Seq">Its number in the log.</param>
/// <param name="Body">The exact bytes that were logged.</param>
/// <param name="Path">Sibling hashes from the leaf to the root.</param>
/// <param name="Checkpoint">The signed checkpoint the path leads to.</param>
/// <param name="Text">All of it but the body as a C2SP tlog-proof file.</param>
public sealed record Proof(EntryId Id, long Seq, ReadOnlyMemory<byte> Body, IReadOnlyList<Hash> Path, string Checkpoint, string Text);
