using Plainproof.Facts;

namespace Plainproof.Checks.Backups;

/// <summary>A restore was really done, in time, and someone looked at what came back.</summary>
internal sealed class BackupRestoreTested : WholeCheck
{
    public override void Evaluate(IFacts facts, Given given, Findings into)
    {
        var tries = facts.Of<BackupRestore>().Where(one => one.Value.At <= given.AsOf).ToLookup(one => one.Scope, StringComparer.Ordinal);
        foreach (var (scope, whole) in facts.Coverage(Aspect.Of<BackupRestore>()).Select(line => (line.Scope, line.State == Completeness.Complete)).Distinct())
            if (tries[scope].OrderByDescending(one => Problem(one.Value, given) is null).ThenByDescending(one => one.Value.At).FirstOrDefault() is { } best)
                into.Judge(best, Problem(best.Value, given) is null ? Outcome.Pass : Outcome.Fail, () => Say(best.Value, given));
            else if (whole && facts.Coverage(Aspect.Of<BackupSet>()).Any(line => line.Scope == scope && line.ProvenEmpty))
                into.JudgeScope(scope, Outcome.NotApplicable, () => "There are no backups here to restore.");
            else if (whole) // That there is none may be said only where all was seen.
                into.JudgeScope(scope, Outcome.Fail, () => "No restore is on record.");
    }

    private static string Say(BackupRestore it, Given given) =>
        Problem(it, given) ?? $"{it.DataSet} was restored on {it.At:yyyy-MM-dd} in {it.Seconds / 3600:0.#} hours, and {it.VerifiedBy} looked at it.";

    private static string? Problem(BackupRestore it, Given given) =>
        !it.Worked ? $"The restore of {it.DataSet} on {it.At:yyyy-MM-dd} did not work."
        : (given.AsOf - it.At).TotalDays > given["restoreDays"] ? $"The last restore on record is of {it.At:yyyy-MM-dd}, {(given.AsOf - it.At).TotalDays:0} days ago."
        : string.IsNullOrWhiteSpace(it.VerifiedBy) ? $"Nobody is named who looked at what was restored on {it.At:yyyy-MM-dd}."
        : it.Seconds is not { } seconds ? $"The restore of {it.At:yyyy-MM-dd} was not timed."
        : seconds / 3600 > given["recoveryHours"] ? $"The restore of {it.DataSet} took {seconds / 3600:0.#} hours; {given["recoveryHours"]:0.#} are allowed."
        : null;
}
