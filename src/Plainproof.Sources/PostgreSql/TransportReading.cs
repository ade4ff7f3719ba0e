using System.Net;
using Plainproof.Facts;

namespace Plainproof.Sources.PostgreSql;

internal sealed class TransportReading : IPostgreSqlReading
{
    public Aspect Aspect => Aspect.Of<DatabaseTransport>();

    public IReadOnlyList<Permission> Permissions => [Grants.Settings];

    public string Calls => "pg_settings: ssl, oldest TLS version, password_encryption, listen_addresses";

    public async Task ReadAsync(PostgreSqlServer server, CancellationToken stop)
    {
        var settings = await server.SettingsAsync("settings of connections", stop, "ssl", "ssl_min_protocol_version", "password_encryption", "listen_addresses");
        var encrypts = settings.IsOn("ssl");
        var listens = settings.List("listen_addresses");
        var fact = new DatabaseTransport(
            encrypts, listens.Any(IsBeyondLoopback), listens, settings["password_encryption"] is "on" or "md5" ? "md5" : settings["password_encryption"]!,
            encrypts && settings["ssl_min_protocol_version"] is { Length: > 0 } oldest ? oldest : null);
        await server.Sink.AddAsync(Fact.Of(server.Subject("database", "connections"), fact, settings.At("ssl")), stop);
        await server.Sink.CoverCompleteAsync<DatabaseTransport>(server.Scope, 1, stop);
    }

    private static bool IsBeyondLoopback(string address) =>
        address != "localhost" && !(IPAddress.TryParse(address, out var ip) && IPAddress.IsLoopback(ip));
}

internal sealed class SessionReading : IPostgreSqlReading
{
    public Aspect Aspect => Aspect.Of<DatabaseSessions>();

    public IReadOnlyList<Permission> Permissions => [Grants.Statistics];

    public string Calls => "pg_stat_activity joined to pg_stat_ssl and pg_stat_gssapi: users and addresses, no statements";

    public async Task ReadAsync(PostgreSqlServer server, CancellationToken stop)
    {
        server.DemandStatistics();
        var gssapi = server.Major >= 12 ? "coalesce(g.encrypted, false)" : "false";
        var join = server.Major >= 12 ? "left join pg_stat_gssapi g on g.pid = a.pid" : "";
        var rows = await server.AskAsync<SessionRow>("sessions", $"""
            select a.usename::text as "user", host(a.client_addr) as address,
                   a.client_addr <<= '127.0.0.0/8'::inet or a.client_addr = '::1'::inet or a.client_addr = inet_server_addr() as near,
                   coalesce(s.ssl, false) or {gssapi} as encrypted
            from pg_stat_activity a join pg_stat_ssl s on s.pid = a.pid {join}
            where a.client_addr is not null and a.usename is not null order by 1, 2
            """, stop);
        var plain = rows.Where(row => row.Value is { Encrypted: false, Near: false }).Select(row => new PlainSession(row.Value.User, row.Value.Address)).Distinct().ToList();
        // Our own session is one of the rows unless we came by socket, so the pointer names the whole answer.
        var at = rows.Count > 0 ? rows[0].At with { Path = "/rows" } : server.Self.At;
        await server.Sink.AddAsync(Fact.Of(server.Subject("database", "sessions"), new DatabaseSessions(plain), at), stop);
        await server.Sink.CoverCompleteAsync<DatabaseSessions>(server.Scope, 1, stop);
    }

    private sealed record SessionRow(string User, string Address, bool Near, bool Encrypted);
}
