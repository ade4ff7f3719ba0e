using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Plainproof.Storage;
using Plainproof.Storage.Records;
using Plainproof.Tests.Storage;
using Xunit;

namespace Plainproof.Tests.Records;

public sealed class SchemasOnSqlite() : Schemas(false);

public sealed class SchemasOnPostgresql() : Schemas(true);

/// <summary>What the migrations made is what the records expect: tables, columns, types, nullability, keys.</summary>
public abstract class Schemas(bool postgresql) : StoreTests(postgresql)
{
    [Fact]
    public async Task The_installations_tables_are_those_of_its_records()
    {
        await InstallationRecords.MigrateAsync(Folder(), TimeProvider.System, default);
        await using var records = InstallationRecords.Of(Folder());
        var expected = Expected(records);
        Assert.NotEmpty(expected);
        Assert.Equal(expected, await FoundAsync(Folder().InstallationDatabase(), _ => true));
    }

    [Fact]
    public async Task A_companys_tables_are_those_of_its_records()
    {
        await using var store = await OpenAsync();
        await using var records = new CompanyRecords(store.Database);
        Assert.Equal(Expected(records), await FoundAsync(store.Database, Tables(records).Contains));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("due TEXT,", "due TEXT NOT NULL,")]
    [InlineData("stars BIGINT NOT NULL,", "stars TEXT NOT NULL,")]
    [InlineData("weight DOUBLE PRECISION,", "")]
    [InlineData("drawing BYTEA,", "drawing BYTEA, more TEXT,")]
    [InlineData("PRIMARY KEY (company, id)\n);\nCREATE UNIQUE", "PRIMARY KEY (id, company)\n);\nCREATE UNIQUE")]
    [InlineData("note (company, says)", "note (says)")]
    [InlineData("CREATE UNIQUE INDEX note_by_words", "CREATE INDEX note_by_words")]
    [InlineData(",\n  FOREIGN KEY (company, note_id) REFERENCES note (company, id) DEFERRABLE INITIALLY DEFERRED", "")]
    public async Task Whatever_differs_is_seen(string? from, string? to)
    {
        var schema = from is null ? Notes.Schema : Notes.Schema.Replace(from, to, StringComparison.Ordinal);
        Assert.Equal(from is null, schema == Notes.Schema);
        var database = await Notes.MigratedAsync(Folder(), "acme", schema);
        await using var notes = new Notes(database);
        var found = await FoundAsync(database, Tables(notes).Contains);
        Assert.Equal(from is null, Expected(notes).SequenceEqual(found));
    }

    private static List<string> Tables(DbContext records) => [.. Model(records).Tables.Select(table => table.Name)];

    private static IRelationalModel Model(DbContext records) => records.GetService<IDesignTimeModel>().Model.GetRelationalModel();

    private static List<string> Expected(DbContext records) => Sorted(Model(records).Tables.SelectMany(table => (IEnumerable<string>)[
        .. table.Columns.Select(column => Column(table.Name, column.Name, column.StoreType, column.IsNullable)),
        Key(table.Name, table.PrimaryKey!.Columns.Select(column => column.Name)),
        .. table.Indexes.Where(index => index.IsUnique).Select(index => Unique(table.Name, index.Columns.Select(column => column.Name))),
        .. table.ForeignKeyConstraints.Select(key => Reference(table.Name, key.Columns.Select(column => column.Name), key.PrincipalTable.Name, key.PrincipalColumns.Select(column => column.Name))),
    ]));

    private async Task<List<string>> FoundAsync(Database database, Func<string, bool> wanted)
    {
        await using var connection = await database.OpenAsOwnerAsync(default);
        var found = OnPostgresql ? await FoundOnPostgresqlAsync(connection) : await FoundOnSqliteAsync(connection);
        return Sorted(found.Where(line => line.Table != "migration" && wanted(line.Table)).Select(line => line.Text));
    }

    private static async Task<List<(string Table, string Text)>> FoundOnSqliteAsync(DbConnection connection)
    {
        var found = new List<(string, string)>();
        foreach (var table in await connection.Command("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").ListAsync(row => row.GetString(0), default))
        {
            var columns = await connection.Command($"SELECT name, type, \"notnull\", pk FROM pragma_table_info('{table}')")
                .ListAsync(row => (Name: row.GetString(0), Type: row.GetString(1), NotNull: row.GetInt64(2) == 1, Key: row.GetInt64(3)), default);
            found.AddRange(columns.Select(column => (table, Column(table, column.Name, column.Type, !column.NotNull))));
            found.Add((table, Key(table, columns.Where(column => column.Key > 0).OrderBy(column => column.Key).Select(column => column.Name))));
            foreach (var index in await connection.Command($"SELECT name FROM pragma_index_list('{table}') WHERE \"unique\" = 1 AND origin <> 'pk'").ListAsync(row => row.GetString(0), default))
                found.Add((table, Unique(table, await connection.Command($"SELECT name FROM pragma_index_info('{index}') ORDER BY seqno").ListAsync(row => row.GetString(0), default))));
            var references = await connection.Command($"SELECT id, \"table\", \"from\", \"to\" FROM pragma_foreign_key_list('{table}') ORDER BY id, seq")
                .ListAsync(row => (Id: row.GetInt64(0), To: row.GetString(1), From: row.GetString(2), Column: row.GetString(3)), default);
            found.AddRange(references.GroupBy(part => part.Id).Select(key => (table, Reference(table, key.Select(part => part.From), key.First().To, key.Select(part => part.Column)))));
        }

        return found;
    }

    private static async Task<List<(string Table, string Text)>> FoundOnPostgresqlAsync(DbConnection connection) =>
    [
        .. await connection.Command(
            """
            SELECT c.table_name, c.column_name, c.data_type, c.is_nullable = 'YES' FROM information_schema.columns c
            WHERE c.table_schema = current_schema()
            """).ListAsync(row => (row.GetString(0), Column(row.GetString(0), row.GetString(1), row.GetString(2), row.GetBoolean(3))), default),
        .. await connection.Command(
            $"""
            SELECT t.relname, i.indisprimary, {Names("i.indkey", "t.oid")} FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
            WHERE i.indisunique AND t.relnamespace = current_schema()::regnamespace
            """).ListAsync(row => (row.GetString(0), row.GetBoolean(1) ? Key(row.GetString(0), row.GetFieldValue<string[]>(2)) : Unique(row.GetString(0), row.GetFieldValue<string[]>(2))), default),
        .. await connection.Command(
            $"""
            SELECT t.relname, o.relname, {Names("k.conkey", "t.oid")}, {Names("k.confkey", "o.oid")}
            FROM pg_constraint k JOIN pg_class t ON t.oid = k.conrelid JOIN pg_class o ON o.oid = k.confrelid
            WHERE k.contype = 'f' AND t.relnamespace = current_schema()::regnamespace
            """).ListAsync(row => (row.GetString(0), Reference(row.GetString(0), row.GetFieldValue<string[]>(2), row.GetString(1), row.GetFieldValue<string[]>(3))), default),
    ];

    private static string Names(string numbers, string table) =>
        $"ARRAY(SELECT a.attname::text FROM unnest({numbers}) WITH ORDINALITY n(number, place) JOIN pg_attribute a ON a.attrelid = {table} AND a.attnum = n.number ORDER BY n.place)";

    private static string Column(string table, string name, string type, bool nullable) => $"{table}.{name} {type.ToUpperInvariant()}{(nullable ? "" : " NOT NULL")}";

    private static string Key(string table, IEnumerable<string> columns) => $"{table} key {string.Join(", ", columns)}";

    private static string Unique(string table, IEnumerable<string> columns) => $"{table} unique {string.Join(", ", columns)}";

    private static string Reference(string table, IEnumerable<string> from, string other, IEnumerable<string> to) => $"{table} ({string.Join(", ", from)}) -> {other} ({string.Join(", ", to)})";

    private static List<string> Sorted(IEnumerable<string> lines) => [.. lines.Order(StringComparer.Ordinal)];
}
