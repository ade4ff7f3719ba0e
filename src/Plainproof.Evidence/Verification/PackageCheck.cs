using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Plainproof.Evidence;

/// <summary>
/// A package against the log inside it: each piece of evidence, each proof and each population must be what the log holds. Needs a log whose
/// entries were checked before.
/// </summary>
internal sealed partial class PackageCheck(IFileTree files, FindingList findings)
{
    private const string Evidence = "evidence files";
    private const string Proofs = "proofs";
    private readonly BagCheck _bag = new(files, findings);

    public void CheckFiles(CancellationToken stop) => _bag.Run(stop);

    public void CheckAgainstLog(LogContent content, TileTree tree, byte[] note, NoteKey key, CancellationToken stop)
    {
        var disclosed = CheckEvidence(content);
        CheckProofs(disclosed, tree, Encoding.UTF8.GetString(note), key, stop);
        new PopulationCheck(files, findings).Run(content.Populations);
        new IndexCheck(files, findings).Run(content, _bag.Evidence.Keys);
        findings.Limits.Add("Which control a piece serves, the list of deviations, and the documents for programs are the company's own words. They are held against the lists of the package only.");
    }

    /// <returns>Numbers of entries whose evidence is in the package.</returns>
    private HashSet<long> CheckEvidence(LogContent content)
    {
        var disclosed = new HashSet<long>();
        var named = content.Blobs.ToLookup(blob => blob.Blob.Digest, StringComparer.Ordinal);
        foreach (var (digest, bytes) in _bag.Evidence.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            var entries = named[digest].ToList();
            if (entries.Count == 0) findings.Failed(Evidence, $"{digest} is named by no entry of the log. It was added.");
            else if (bytes is null) findings.Failed(Evidence, $"{digest} with its salt does not give the digest that entry {entries[0].Seq} names. It was changed or swapped.");
            else if (entries.Any(entry => entry.Blob.Bytes != bytes)) findings.Failed(Evidence, $"{digest} has {bytes} bytes. The log says {entries[0].Blob.Bytes}.");
            disclosed.UnionWith(entries.Select(entry => entry.Seq));
        }

        ReportEvidence(named.Count(one => !_bag.Evidence.ContainsKey(one.Key) && !content.Expired.Contains(one.Key)), content.Expired.Count);
        return disclosed;
    }

    private void ReportEvidence(int withheld, int expired)
    {
        if (!findings.HasFailed(Evidence))
            findings.Checked(Evidence, _bag.Evidence.IsEmpty ? "No evidence file is in this package." : $"{Counted.All(_bag.Evidence.Count, "evidence file gives the salted digest", "evidence files give the salted digests")} in the log.");
        if (withheld > 0) findings.Limits.Add($"{Counted.Of(withheld, "evidence file that the log names is", "evidence files that the log names are")} not in this package. Ask for more when it matters.");
        if (expired > 0) findings.Limits.Add($"{Counted.Of(expired, "evidence file was", "evidence files were")} destroyed on purpose; the log holds the reason.");
    }

    private void CheckProofs(HashSet<long> disclosed, TileTree tree, string note, NoteKey key, CancellationToken stop)
    {
        var seen = new ConcurrentDictionary<string, (long? Seq, string? Problem)>(StringComparer.Ordinal);
        var root = tree.RootAt(tree.Size);
        InParallel.ForEach(files.Names().Where(name => name.StartsWith(Package.Proofs, StringComparison.Ordinal)), name => seen[name] = Look(name, tree, root, note, key), stop);
        foreach (var (name, (seq, problem)) in seen.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            if (problem is not null) findings.Failed(Proofs, $"{name} {problem}.");
            if (seq is { } number) disclosed.Remove(number);
        }

        foreach (var seq in disclosed.Order()) findings.Failed(Proofs, $"There is no proof of entry {seq}, whose evidence is in the package.");
        if (!findings.HasFailed(Proofs)) findings.Checked(Proofs, $"{Counted.All(seen.Count, "proof shows its entry", "proofs show their entries")} in this log.");
    }

    private (long? Seq, string? Problem) Look(string name, TileTree tree, Hash root, string note, NoteKey key) =>
        long.TryParse(ProofName().Match(name).Groups["seq"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var seq)
            ? (seq, ProblemOf(name, seq, tree, root, note, key))
            : (null, "is named like no proof");

    private string? ProblemOf(string name, long seq, TileTree tree, Hash root, string note, NoteKey key)
    {
        try
        {
            var proof = TlogProof.Parse(Encoding.UTF8.GetString(_bag.Proofs.GetValueOrDefault(name) ?? files.TryRead(name)!));
            if (proof.Index != seq) return $"is about entry {proof.Index}";
            if (seq >= tree.Size) return "is about an entry that is not in this log";
            var signed = proof.Checkpoint == note ? null : Checkpoint.Open(Encoding.UTF8.GetBytes(proof.Checkpoint), key);
            if (signed is not null && (signed.Size > tree.Size || signed.Root != tree.RootAt(signed.Size))) return "is of another history than this log";
            return TreeProofs.VerifyInclusion(tree.LeafAt(seq), seq, signed?.Size ?? tree.Size, proof.Path, signed?.Root ?? root) ? null : "does not lead to the signed root";
        }
        catch (Exception bad) when (bad is NoteException or InvalidDataException)
        {
            return $"does not hold: {bad.Message}";
        }
    }

    [GeneratedRegex(@"^data/proofs/(?<seq>0|[1-9][0-9]{0,17})\.tlog-proof$", RegexOptions.CultureInvariant)]
    private static partial Regex ProofName();
}
