using Plainproof.Facts;

namespace Plainproof.Sources.PostgreSql;

internal sealed class ServerReading : IPostgreSqlReading
{
    public Aspect Aspect => Aspect.Of<DatabaseServer>();

    public IReadOnlyList<Permission> Permissions => [];

    public string Calls => "server_version, pg_is_in_recovery()";

    public async Task ReadAsync(PostgreSqlServer server, CancellationToken stop)
    {
        var self = server.Self.Value;
        var fact = new DatabaseServer("PostgreSQL", self.Version, EndOfSupport.Dated, EndOfSupport.Of(server.Major), self.Standby);
        await server.Sink.AddAsync(Fact.Of(server.Subject("database", "server"), fact, server.Self.At), stop);
        await server.Sink.CoverCompleteAsync<DatabaseServer>(server.Scope, 1, stop);
    }
}

/// <summary>Final releases by major version. Source: PostgreSQL, "Versioning Policy" (postgresql.org/support/versioning).</summary>
internal static class EndOfSupport
{
    public static readonly DateOnly Dated = new(2026, 11, 1);

    private static readonly Dictionary<int, DateOnly> LastDays = new()
    {
        [9] = new(2021, 11, 11),
        [10] = new(2022, 11, 10),
        [11] = new(2023, 11, 9),
        [12] = new(2024, 11, 21),
        [13] = new(2025, 11, 13),
        [14] = new(2026, 11, 12),
        [15] = new(2027, 11, 11),
        [16] = new(2028, 11, 9),
        [17] = new(2029, 11, 8),
        [18] = new(2030, 11, 14),
    };

    /// <summary>Null for a version that is newer than the table.</summary>
    public static DateOnly? Of(int major) => LastDays.TryGetValue(major, out var day) ? day : major < 9 ? LastDays[9] : null;
}
