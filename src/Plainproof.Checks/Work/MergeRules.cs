using Plainproof.Facts;

namespace Plainproof.Checks.Work;

/// <summary>What counts as someone else's approval of a change.</summary>
internal static class MergeRules
{
    /// <summary>An approval by a person who is not the author, given before the merge.</summary>
    public static Approval? ApprovalOf(Merge it) =>
        it.Approvals.FirstOrDefault(one => !Same(one.By, it.Author) && !IsProgram(one.By) && one.At <= it.MergedAt);

    /// <summary>Code hosts mark accounts of programs in this way; a program cannot judge.</summary>
    public static bool IsProgram(string name) => name.EndsWith("[bot]", StringComparison.OrdinalIgnoreCase);

    public static bool Same(string one, string other) => one.Trim().Equals(other.Trim(), StringComparison.OrdinalIgnoreCase);

    /// <summary>An emergency change may go first and be looked at after. Null: it was not merged as one.</summary>
    public static EmergencyState? EmergencyOf(Merge it, Given given)
    {
        if (!it.Emergency)
            return null;
        var last = it.MergedAt.AddDays(given["emergencyDays"]);
        return it.ReviewedAfterAt is { } at ? at <= last && at >= it.MergedAt ? EmergencyState.ReviewedInTime : EmergencyState.Late
            : given.AsOf <= last ? EmergencyState.Waiting : EmergencyState.Late;
    }
}

internal enum EmergencyState
{
    ReviewedInTime,
    Waiting,
    Late,
}
