using Plainproof.Facts;

namespace Plainproof.Sources.PostgreSql;

internal sealed class LoggingReading : IPostgreSqlReading
{
    public Aspect Aspect => Aspect.Of<DatabaseLogging>();

    public IReadOnlyList<Permission> Permissions => [Grants.Settings];

    public string Calls => "pg_settings: logging and pgaudit; pg_db_role_setting: logging only";

    public async Task ReadAsync(PostgreSqlServer server, CancellationToken stop)
    {
        var settings = await server.SettingsAsync(
            "settings of logging", stop, "log_connections", "log_disconnections", "log_statement", "log_destination", "logging_collector",
            "shared_preload_libraries", "pgaudit.log");
        var exceptions = await server.AskAsync<ExceptionRow>("logging set apart", """
            select coalesce(r.rolname::text, '') as role, coalesce(d.datname::text, '') as database, split_part(c, '=', 1) as setting,
                   substr(c, strpos(c, '=') + 1) as value
            from pg_db_role_setting s left join pg_database d on d.oid = s.setdatabase left join pg_roles r on r.oid = s.setrole, unnest(s.setconfig) as c
            where split_part(c, '=', 1) in ('log_connections', 'log_disconnections', 'log_statement', 'pgaudit.log') order by 1, 2, 3
            """, stop);
        var audits = settings.List("shared_preload_libraries").Any(library => Path.GetFileName(library) is "pgaudit" or "pgaudit.so");
        var fact = new DatabaseLogging(
            settings["log_connections"] is { Length: > 0 } logins and not "off" && LogsSignIns(logins), settings.IsOn("log_disconnections"),
            settings["log_statement"] ?? "none", audits, audits ? settings.List("pgaudit.log") : [], settings.List("log_destination"),
            settings.IsOn("logging_collector") || settings["log_destination"] != "stderr", [.. exceptions.Select(row => row.Value.ToFact())]);
        await server.Sink.AddAsync(Fact.Of(server.Subject("database", "logging"), fact, settings.At("log_connections")), stop);
        await server.Sink.CoverCompleteAsync<DatabaseLogging>(server.Scope, 1, stop);
    }

    /// <summary>Since 18 a list of stages; a sign-in is told by "authorization" or "authentication". Earlier: on or off.</summary>
    private static bool LogsSignIns(string value) =>
        value is "on" or "true" or "yes" or "1" or "all"
        || value.Split(',', StringSplitOptions.TrimEntries).Any(stage => stage is "authorization" or "authentication");

    private sealed record ExceptionRow(string Role, string Database, string Setting, string Value)
    {
        public LoggingException ToFact() => new(
            string.Join(" in ", new[] { Role.Length > 0 ? $"role {Role}" : "", Database.Length > 0 ? $"database {Database}" : "" }.Where(part => part.Length > 0)), Setting, Value);
    }
}
