using Plainproof.Facts;

namespace Plainproof.Checks.Backups;

/// <summary>Stored backups were checked for damage lately, and were clean.</summary>
internal sealed class BackupVerified : WholeCheck
{
    public override void Evaluate(IFacts facts, Given given, Findings into)
    {
        var newest = facts.Of<BackupVerification>().Where(check => check.Value.At <= given.AsOf)
            .GroupBy(check => check.Scope, StringComparer.Ordinal).ToDictionary(checks => checks.Key, checks => checks.MaxBy(check => check.Value.At)!, StringComparer.Ordinal);
        foreach (var (scope, whole) in facts.Coverage(Aspect.Of<BackupVerification>()).Select(line => (line.Scope, line.State == Completeness.Complete)).Distinct())
            if (newest.TryGetValue(scope, out var check))
                into.Judge(check, IsGood(check.Value, given) ? Outcome.Pass : Outcome.Fail, () => Say(check.Value, given));
            else if (whole && facts.Coverage(Aspect.Of<BackupSet>()).Any(line => line.Scope == scope && line.ProvenEmpty))
                into.JudgeScope(scope, Outcome.NotApplicable, () => "There are no backups here to check.");
            else if (whole) // That there is none may be said only where all was seen.
                into.JudgeScope(scope, Outcome.Fail, () => "No check of the backups is on record.");
    }

    private static bool IsGood(BackupVerification check, Given given) => check.Clean && Age(check, given) <= given["verifyDays"];

    private static string Say(BackupVerification check, Given given) =>
        !check.Clean ? $"The check of {check.At:yyyy-MM-dd} found damage, and no clean one came after it."
        : Age(check, given) <= given["verifyDays"] ? $"The backups were checked on {check.At:yyyy-MM-dd} and were clean."
        : $"The backups were last checked on {check.At:yyyy-MM-dd}, {Age(check, given):0} days ago.";

    private static double Age(BackupVerification check, Given given) => (given.AsOf - check.At).TotalDays;
}
