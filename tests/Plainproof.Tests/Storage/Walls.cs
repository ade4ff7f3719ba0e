using System.Data.Common;
using Npgsql;
using Plainproof.Facts;
using Plainproof.Storage;
using Plainproof.Tests.Servers;
using Xunit;

namespace Plainproof.Tests.Storage;

/// <summary>In one PostgreSQL, no company reads or writes another's rows, whatever statement it sends.</summary>
public sealed class Walls() : StoreTests(true)
{
    [Fact]
    public async Task Every_table_with_a_company_has_a_wall_that_binds_its_owner_too()
    {
        await using var store = await OpenAsync();
        var tables = await TablesAsync(store);
        Assert.Contains("fact_version", tables);
        Assert.Contains("log_entry", tables);
        await using var owner = await store.Database.OpenAsOwnerAsync(default);
        var walled = await owner.Command(
            """
            SELECT c.relname FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid
            WHERE c.relrowsecurity AND c.relforcerowsecurity AND p.polcmd = '*' AND p.polwithcheck IS NOT NULL
            """).ListAsync(row => row.GetString(0), default);
        Assert.Empty(tables.Except(walled));
        Assert.Equal(0, await owner.Command($"SELECT COUNT(*) FROM pg_class WHERE pg_get_userbyid(relowner) = '{PostgresqlDatabase.Role}'").ValueAsync<long>(default));
    }

    [Fact]
    public async Task Every_table_but_that_of_migrations_has_a_company()
    {
        await using var store = await OpenAsync();
        await using var owner = await store.Database.OpenAsOwnerAsync(default);
        var all = await owner.Command("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").ListAsync(row => row.GetString(0), default);
        Assert.Equal(["migration"], all.Except(await TablesAsync(store)));
    }

    [Fact]
    public async Task A_rival_reads_and_changes_nothing_in_any_table()
    {
        await using var store = await OpenAsync("acme");
        await using var rival = await OpenAsync("rival");
        foreach (var table in await TablesAsync(store))
        {
            await PlantAsync(store, table);
            await using var theirs = await rival.Database.OpenAsync(default);
            Assert.Equal(0, await theirs.Command($"SELECT COUNT(*) FROM {table}").ValueAsync<long>(default));
            Assert.Equal(0, await theirs.Command($"SELECT COUNT(*) FROM {table} WHERE company = 'acme'").ValueAsync<long>(default));
            Assert.Equal("", await CopiedAsync(theirs, table));
            Assert.Equal(0, await theirs.Command($"UPDATE {table} SET company = 'rival'").RunAsync(default));
            Assert.Equal(0, await theirs.Command($"DELETE FROM {table}").RunAsync(default));
            Assert.Equal(1, await CountAsync(store, $"SELECT COUNT(*) FROM {table}"));
        }
    }

    [Fact]
    public async Task A_rival_writes_nothing_in_anothers_name_into_any_table()
    {
        await using var store = await OpenAsync("acme");
        await using var rival = await OpenAsync("rival");
        foreach (var table in await TablesAsync(store))
        {
            await using var theirs = await rival.Database.OpenAsync(default);
            var row = await RowAsync(store, table);
            var refused = await Assert.ThrowsAsync<PostgresException>(() => theirs.Command(row).RunAsync(default));
            Assert.Equal("42501", refused.SqlState);
            Assert.Contains("row-level security", refused.MessageText, StringComparison.Ordinal);
            var copy = await Assert.ThrowsAsync<PostgresException>(() => ((NpgsqlConnection)theirs).BeginTextImportAsync($"COPY {table} FROM STDIN"));
            Assert.Contains("row-level security", copy.MessageText, StringComparison.Ordinal);
            Assert.Equal(0, await CountAsync(store, $"SELECT COUNT(*) FROM {table}"));
        }
    }

    [Fact]
    public async Task A_connection_that_was_told_no_company_sees_nothing_even_as_owner()
    {
        await using var store = await OpenAsPlainOwnerAsync();
        await CollectAsync(store, Day, Completeness.Complete, [new("alice", true)]);
        Assert.Single((await store.ReadAsync(Day, default)).Facts);
        await using var owner = await store.Database.OpenAsOwnerAsync(default);
        Assert.Equal(0, await owner.Command("SELECT COUNT(*) FROM fact_version").ValueAsync<long>(default));
        await owner.Command($"SET ROLE {PostgresqlDatabase.Role}").RunAsync(default);
        Assert.Equal(0, await owner.Command("SELECT COUNT(*) FROM fact_version").ValueAsync<long>(default));
    }

    [Fact]
    public async Task A_pooled_connection_does_not_carry_its_company_to_the_next_user()
    {
        await using var store = await OpenAsync("acme");
        await using var rival = await OpenAsync("rival");
        await CollectAsync(store, Day, Completeness.Complete, [new("alice", true)]);
        for (var i = 0; i < 5; i++)
        {
            Assert.Single((await store.ReadAsync(Day, default)).Facts);
            Assert.Empty((await rival.ReadAsync(Day, default)).Facts);
        }
    }

    [Fact]
    public async Task A_later_step_may_change_rows_of_every_company_and_the_walls_stand_afterwards()
    {
        await using var store = await OpenAsPlainOwnerAsync();
        await CollectAsync(store, Day, Completeness.Complete, [new("alice", true)]);
        var step = Migration.Of("20990101000000_mend", "UPDATE fact_version SET path = '/mended'; CREATE TABLE later (company TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (company, id));");
        await new Migrator(store.Database, [.. Migration.All("postgresql"), step], TimeProvider.System).RunAsync(default);
        Assert.Equal("/mended", Assert.Single((await store.ReadAsync(Day, default)).Facts).At!.Path);
        await using var owner = await store.Database.OpenAsOwnerAsync(default);
        Assert.Equal(0, await owner.Command("SELECT COUNT(*) FROM pg_class WHERE relname IN ('fact_version', 'later') AND NOT (relrowsecurity AND relforcerowsecurity)").ValueAsync<long>(default));
    }

    /// <summary>With a login that owns the database and may make roles, and is no superuser: what the manual asks for.</summary>
    private async Task<CompanyStore> OpenAsPlainOwnerAsync()
    {
        var name = $"owner_{Guid.NewGuid():N}";
        var database = new NpgsqlConnectionStringBuilder(Folder().Postgresql).Database!;
        PostgresServer.Shared.Execute($"CREATE ROLE {name} LOGIN CREATEROLE PASSWORD 'x'");
        PostgresServer.Shared.Execute($"ALTER DATABASE {database} OWNER TO {name}");
        File.WriteAllText(Path.Combine(Data, "config.json"), $$"""{"postgresql": "{{PostgresServer.Shared.ConnectTo(database, name, "x")}}"}""");
        return await OpenAsync();
    }

    private static async Task<List<string>> TablesAsync(CompanyStore store)
    {
        await using var owner = await store.Database.OpenAsOwnerAsync(default);
        return await owner.Command("SELECT table_name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'company' ORDER BY 1")
            .ListAsync(row => row.GetString(0), default);
    }

    /// <summary>A row of acme in any table, made from the types of its columns.</summary>
    private static async Task<string> RowAsync(CompanyStore store, string table)
    {
        await using var owner = await store.Database.OpenAsOwnerAsync(default);
        var columns = await owner.Command("SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = 'public' AND table_name = @table", ("table", table))
            .ListAsync(row => (Name: row.GetString(0), Type: row.GetString(1)), default);
        var values = columns.Select(column => column switch
        {
            ("company", _) => "'acme'",
            (_, "text") => "'x'",
            (_, "bytea") => "'\\x00'",
            (_, "tsvector") => "'x'",
            _ => "1",
        });
        return $"INSERT INTO {table} ({string.Join(", ", columns.Select(column => column.Name))}) VALUES ({string.Join(", ", values)})";
    }

    private static async Task PlantAsync(CompanyStore store, string table)
    {
        await using var owner = await store.Database.OpenAsOwnerAsync(default);
        // A table that only takes another company's rows has to hold one of acme's, or there would be nothing to attack.
        await owner.Command($"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {table}_company_check; SET session_replication_role = replica; {await RowAsync(store, table)}").RunAsync(default);
    }

    private static async Task<string> CopiedAsync(DbConnection connection, string table)
    {
        using var copy = await ((NpgsqlConnection)connection).BeginTextExportAsync($"COPY {table} TO STDOUT");
        return await copy.ReadToEndAsync();
    }
}
