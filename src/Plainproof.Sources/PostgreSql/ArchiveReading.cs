using Plainproof.Facts;

namespace Plainproof.Sources.PostgreSql;

internal sealed class ArchiveReading : IPostgreSqlReading
{
    public Aspect Aspect => Aspect.Of<DatabaseArchive>();

    public IReadOnlyList<Permission> Permissions => [Grants.Settings, Grants.Statistics];

    public string Calls => "pg_settings: archiving (whether a command is set, not the command); pg_stat_archiver; pg_stat_replication";

    public async Task ReadAsync(PostgreSqlServer server, CancellationToken stop)
    {
        server.DemandStatistics();
        var settings = await server.SettingsAsync("settings of archiving", stop, "archive_mode", "archive_command", "archive_library", "wal_level");
        var archiver = (await server.AskAsync<ArchiverRow>("archiver", """
            select last_archived_time as archived_at, last_failed_time as failed_at, failed_count as failures from pg_stat_archiver
            """, stop))[0];
        var replicas = await server.AskAsync<ReplicaRow>("replicas", """
            select coalesce(nullif(application_name, ''), usename::text) as name, coalesce(host(client_addr), 'socket') as address, state
            from pg_stat_replication order by 1, 2
            """, stop);
        var mode = settings["archive_mode"];
        var fact = new DatabaseArchive(
            mode is "on" or "always", settings["archive_command"] == "true" || settings["archive_library"] == "true", settings["wal_level"] ?? "unknown",
            server.Self.Value.Standby && mode != "always", [.. replicas.Select(row => $"{row.Value.Name} at {row.Value.Address} ({row.Value.State})")],
            archiver.Value.ArchivedAt, archiver.Value.FailedAt, archiver.Value.Failures);
        await server.Sink.AddAsync(Fact.Of(server.Subject("database", "archive"), fact, archiver.At), stop);
        await server.Sink.CoverCompleteAsync<DatabaseArchive>(server.Scope, 1, stop);
    }

    private sealed record ArchiverRow(long Failures, DateTimeOffset? ArchivedAt = null, DateTimeOffset? FailedAt = null);

    private sealed record ReplicaRow(string Name, string Address, string State);
}
