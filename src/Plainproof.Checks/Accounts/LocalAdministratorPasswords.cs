using Plainproof.Facts;

namespace Plainproof.Checks.Accounts;

/// <summary>How many Windows computers have a local administrator's password of their own that is changed by the domain (LAPS).</summary>
internal sealed class LocalAdministratorPasswords : WholeCheck
{
    private const int NamesTold = 10;

    public override void Evaluate(IFacts facts, Given given, Findings into)
    {
        var managed = facts.Of<ComputerLocalAdministrator>()
            .Where(it => it.Value.ExpiresAt is { } due && (given.AsOf - due).TotalDays <= given["overdueDays"])
            .Select(it => it.Subject).ToHashSet(StringComparer.Ordinal);
        foreach (var scope in facts.Of<Computer>().GroupBy(computer => computer.Scope))
        {
            var all = scope.Where(computer => computer.Value is { Enabled: true, ServesDirectory: false } it && IsWindows(it)).ToList();
            if (all.Count == 0)
                continue;
            var without = all.Where(computer => !managed.Contains(computer.Subject)).Select(computer => computer.Value.Name).ToList();
            var percent = 100.0 * (all.Count - without.Count) / all.Count;
            into.JudgeScope(scope.Key, percent >= given["leastPercent"] ? Outcome.Pass : Outcome.Fail, () => Say(all.Count, without, percent));
        }
    }

    private static bool IsWindows(Computer it) => it.OperatingSystem is null || it.OperatingSystem.Contains("Windows", StringComparison.OrdinalIgnoreCase);

    private static string Say(int all, List<string> without, double percent)
    {
        var names = without.Count == 0 ? "." : $". Without: {string.Join(", ", without.Take(NamesTold))}{(without.Count > NamesTold ? $" and {without.Count - NamesTold} more" : "")}.";
        return $"{all - without.Count} of {all} Windows computers ({percent:0}%) have a managed local administrator password{names}";
    }
}
