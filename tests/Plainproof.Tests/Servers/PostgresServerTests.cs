using Npgsql;
using Xunit;

namespace Plainproof.Tests.Servers;

public sealed class PostgresServerTests
{
    [Fact]
    public async Task The_shared_server_answers_and_gives_fresh_databases()
    {
        await using var source = NpgsqlDataSource.Create(PostgresServer.Shared.NewDatabase());
        await using var command = source.CreateCommand("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'");
        Assert.Equal(0L, await command.ExecuteScalarAsync());
    }

    [Fact]
    public void An_own_server_takes_settings_and_access_rules_and_is_gone_afterwards()
    {
        string folder;
        using (var server = PostgresServer.Start(new Dictionary<string, string> { ["log_connections"] = "on" }, ["host all postgres 127.0.0.1/32 trust"]))
        {
            folder = server.Folder;
            server.Execute("CREATE ROLE nobody LOGIN PASSWORD 'x'");
            var refused = Assert.Throws<PostgresException>(() => server.Execute("SELECT 1", server.ConnectTo("postgres", "nobody", "x")));
            Assert.Contains("pg_hba.conf", refused.MessageText, StringComparison.Ordinal);
            Assert.Contains("connection received", server.Said, StringComparison.Ordinal);
        }

        Assert.False(Directory.Exists(folder));
    }
}
