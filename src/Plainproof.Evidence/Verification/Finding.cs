namespace Plainproof.Evidence;

/// <summary>What became of one check. <see cref="NotChecked"/> is not a pass.</summary>
public enum Outcome
{
    Checked,
    Failed,
    NotChecked,
}

/// <summary>One check and its outcome, in words for a person.</summary>
/// <param name="About">What was looked at: <c>key</c>, <c>checkpoint</c>, <c>entries</c>, <c>tiles</c>, <c>other files</c>, <c>kept
/// checkpoint</c>, <c>anchors</c>, <c>times</c>, <c>evidence files</c>, <c>database</c>;
/// of a package also <c>package</c>, <c>proofs</c>, <c>populations</c>, <c>index</c>.</param>
public sealed record Finding(string About, Outcome Outcome, string Words);

/// <summary>Everything that was looked at.</summary>
/// <param name="Findings">In the order of the checks.</param>
/// <param name="Limits">What a clean result still does not prove for this folder. Always show these.</param>
/// <param name="Size">Entries in the log, as signed; null when no checkpoint could be trusted.</param>
public sealed record VerifyReport(IReadOnlyList<Finding> Findings, IReadOnlyList<string> Limits, long? Size)
{
    /// <summary>The log says of itself that all of it is made up.</summary>
    public bool IsSample { get; init; }

    /// <summary>0: all was checked and holds. 1: a check failed. 2: something could not be checked.</summary>
    public int ExitCode =>
        Findings.Any(finding => finding.Outcome == Outcome.Failed) ? 1
        : Findings.Count == 0 || Findings.Any(finding => finding.Outcome == Outcome.NotChecked) ? 2
        : 0;
}

/// <summary>Collects findings; of one kind of failure only the first few are spelled out.</summary>
internal sealed class FindingList
{
    private const int SpelledOut = 20;
    private readonly List<Finding> _findings = [];
    private readonly Dictionary<string, int> _failures = [];

    public List<string> Limits { get; } = [];

    public bool HasFailed(string about) => _failures.ContainsKey(about);

    public bool HasFailed() => _failures.Count > 0;

    public void Checked(string about, string words) => _findings.Add(new Finding(about, Outcome.Checked, words));

    public void NotChecked(string about, string words) => _findings.Add(new Finding(about, Outcome.NotChecked, words));

    public void Failed(string about, string words)
    {
        var count = _failures[about] = _failures.GetValueOrDefault(about) + 1;
        if (count <= SpelledOut) _findings.Add(new Finding(about, Outcome.Failed, words));
    }

    public VerifyReport ToReport(long? size)
    {
        foreach (var (about, count) in _failures.Where(failure => failure.Value > SpelledOut))
            _findings.Add(new Finding(about, Outcome.Failed, $"{count - SpelledOut} more failures like these."));
        return new VerifyReport(_findings, Limits, size);
    }
}
