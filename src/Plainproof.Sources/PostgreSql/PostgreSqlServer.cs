using Plainproof.Facts;

namespace Plainproof.Sources.PostgreSql;

/// <summary>The server we speak with: its version, what our role may see, and answers that several aspects share.</summary>
internal sealed class PostgreSqlServer
{
    private readonly PostgreSqlSession _session;
    private readonly PostgreSqlTarget _where;
    private IReadOnlyList<Row<RoleRow>>? _roles;

    private PostgreSqlServer(PostgreSqlSession session, PostgreSqlTarget where, ISink sink, Row<ServerRow> self)
    {
        (_session, _where, Sink, Self) = (session, where, sink, self);
    }

    public ISink Sink { get; }

    public string Scope => _where.Scope;

    public Row<ServerRow> Self { get; }

    /// <summary>Ten since 10; older servers say 9.</summary>
    public int Major => Self.Value.Number / 10000;

    public string Subject(string kind, string id) => Subjects.Of(Scope, kind, id);

    public static async Task<PostgreSqlServer> MeetAsync(PostgreSqlSession session, PostgreSqlTarget where, ISink sink, CancellationToken stop)
    {
        var self = (await session.AskAsync<ServerRow>("version and role", """
            select current_setting('server_version') as version, current_setting('server_version_num')::int as number,
                   current_user::text as role, pg_is_in_recovery() as standby,
                   coalesce((select pg_has_role(oid, 'usage') from pg_roles where rolname = 'pg_read_all_settings'), false) as settings,
                   coalesce((select pg_has_role(oid, 'usage') from pg_roles where rolname = 'pg_read_all_stats'), false) as statistics
            """, stop))[0];
        sink.Principal(self.Value.Role);
        return new PostgreSqlServer(session, where, sink, self);
    }

    public Task<IReadOnlyList<Row<T>>> AskAsync<T>(string what, string sql, CancellationToken stop)
    {
        if (Major < 10)
            throw new CannotRead(
                Completeness.Disabled, $"PostgreSQL {Self.Value.Version} is too old to tell this.", "Move to a version that is still supported.");
        return _session.AskAsync<T>(what, sql, stop);
    }

    /// <summary>The server-wide settings by name. A server hides what a role may not see instead of refusing, so the right is asked for first.</summary>
    public async Task<Settings> SettingsAsync(string what, CancellationToken stop, params string[] names)
    {
        if (Major >= 10 && !Self.Value.Settings)
            throw new CannotRead(Completeness.Denied, $"{Self.Value.Role} may not see every setting of the server.", Grants.Mend([Grants.Settings]));
        var list = string.Join(", ", names.Select(name => $"'{name}'"));
        // A command can hold a password: only whether one is set is asked.
        var rows = await AskAsync<SettingRow>(what, $"""
            select name, case when name in ('archive_command', 'archive_library') then (setting not in ('', '(disabled)'))::text else setting end as setting, source
            from pg_settings where name in ({list}) order by name
            """, stop);
        if (rows.FirstOrDefault(row => row.Value.Source is "user" or "database" or "database user" or "client" or "session") is { } own)
            throw new CannotRead(
                Completeness.Partial, $"{own.Value.Name} is set apart for {Self.Value.Role} or this database, so the setting of the server cannot be seen.",
                $"As an administrator, run: ALTER ROLE {Self.Value.Role} RESET {own.Value.Name};");
        return new Settings(rows);
    }

    /// <exception cref="CannotRead">The role may not see the sessions of others; the server would hide them without a word.</exception>
    public void DemandStatistics()
    {
        if (Major >= 10 && !Self.Value.Statistics)
            throw new CannotRead(Completeness.Denied, $"{Self.Value.Role} may not see the sessions of others.", Grants.Mend([Grants.Statistics]));
    }

    public async Task<IReadOnlyList<Row<RoleRow>>> RolesAsync(CancellationToken stop) =>
        _roles ??= await AskAsync<RoleRow>("roles", """
            select oid::bigint as id, rolname::text as name, rolcanlogin as can_sign_in, rolsuper as superuser, rolreplication as replication,
                   rolcreaterole as create_role, rolbypassrls as bypass,
                   case when isfinite(rolvaliduntil) then rolvaliduntil end as valid_until
            from pg_roles order by rolname
            """, stop);
}

internal sealed record ServerRow(string Version, int Number, string Role, bool Standby, bool Settings, bool Statistics);

internal sealed record SettingRow(string Name, string Setting, string Source);

/// <param name="Id">Below 16384 for what the system made itself; 10 is the first administrator.</param>
internal sealed record RoleRow(
    long Id, string Name, bool CanSignIn, bool Superuser, bool Replication, bool CreateRole, bool Bypass, DateTimeOffset? ValidUntil = null)
{
    public bool IsBuiltIn => Id < 16384;
}

/// <summary>Settings as read in one question.</summary>
internal sealed class Settings(IReadOnlyList<Row<SettingRow>> rows)
{
    private readonly Dictionary<string, Row<SettingRow>> _byName = rows.ToDictionary(row => row.Value.Name, StringComparer.Ordinal);

    /// <summary>The setting, or null when this server has none of that name.</summary>
    public string? this[string name] => _byName.GetValueOrDefault(name)?.Value.Setting;

    public bool IsOn(string name) => this[name] == "on";

    public IReadOnlyList<string> List(string name) =>
        (this[name] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Where the named setting stands in the transcript.</summary>
    public Pointer At(string name) => _byName[name].At;
}
