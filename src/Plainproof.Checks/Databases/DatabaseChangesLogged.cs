using Plainproof.Facts;

namespace Plainproof.Checks.Databases;

/// <summary>Changes to tables and rights are written to the log, by the server or by an audit extension, for every role.</summary>
internal sealed class DatabaseChangesLogged : EachCheck<DatabaseLogging>
{
    protected override Outcome Judge(DatabaseLogging it, Given given) => PassWhen(ByStatement(it) || ByAudit(it));

    protected override string Say(DatabaseLogging it, Dated about, Outcome outcome, Given given) => outcome == Outcome.Pass
        ? ByAudit(it) ? $"The audit extension records {string.Join(", ", it.AuditClasses)}." : $"Statements are logged: {it.Statements}."
        : Weakened(it) is { } one ? $"Changes are not logged for {one.For}: {one.Setting} is {Shown(one)}."
        : it.AuditLoaded ? $"An audit extension is loaded, and records {(it.AuditClasses.Count == 0 ? "nothing" : string.Join(", ", it.AuditClasses))}."
        : $"Changes to tables and rights are not logged: log_statement is {it.Statements}.";

    private static bool ByStatement(DatabaseLogging it) =>
        Records(it.Statements) && !it.Exceptions.Any(one => one.Setting == "log_statement" && !Records(one.Value));

    private static bool ByAudit(DatabaseLogging it) =>
        it.AuditLoaded && Audits(it.AuditClasses) && !it.Exceptions.Any(one => one.Setting == "pgaudit.log" && !Audits(Classes(one)));

    private static LoggingException? Weakened(DatabaseLogging it) =>
        Records(it.Statements) ? it.Exceptions.FirstOrDefault(one => one.Setting == "log_statement" && !Records(one.Value))
        : it.AuditLoaded && Audits(it.AuditClasses) ? it.Exceptions.FirstOrDefault(one => one.Setting == "pgaudit.log" && !Audits(Classes(one)))
        : null;

    private static bool Records(string statements) => statements is "ddl" or "mod" or "all";

    /// <summary>Classes are added in order; one with a minus is taken away again. Both tables and rights must be left.</summary>
    private static bool Audits(IReadOnlyList<string> classes)
    {
        var on = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var word in classes)
        {
            string[] meant = word.TrimStart('-').Equals("all", StringComparison.OrdinalIgnoreCase) ? ["ddl", "role"] : [word.TrimStart('-')];
            if (word.StartsWith('-'))
                on.ExceptWith(meant);
            else
                on.UnionWith(meant);
        }

        return on.Contains("ddl") && on.Contains("role");
    }

    private static string[] Classes(LoggingException one) => one.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static string Shown(LoggingException one) => one.Value.Length == 0 ? "empty" : one.Value;
}
