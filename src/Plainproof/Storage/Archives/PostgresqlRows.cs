using System.Data.Common;
using Npgsql;

namespace Plainproof.Storage.Archives;

/// <summary>
/// The rows of one company, or of the installation, as a CSV file with a header for each table, through the same walls as every other
/// statement: going out, the walls pick the rows; coming in, they refuse those of another company.
/// </summary>
internal static class PostgresqlRows
{
    private const string Tables =
        """
        SELECT c.relname FROM pg_class c
        WHERE c.relkind = 'r' AND c.relnamespace = to_regnamespace(current_schema()) AND c.relname <> @steps
          AND (@whole OR EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'company' AND NOT a.attisdropped)) ORDER BY 1
        """;

    /// <param name="into">Folder in the archive.</param>
    public static async Task ExportAsync(Database database, string into, ArchiveWriter archive, CancellationToken stop)
    {
        await database.GuardAsync("The rows could not be read.", async () =>
        {
            await using var connection = await database.OpenAsync(stop);
            await using var within = await database.BeginReadAsync(connection, stop);
            var tables = await TablesAsync(within, database, stop);
            foreach (var table in tables.Count == 0 ? tables : [.. tables, ArchivedSteps.Table])
            {
                using var rows = (StreamReader)await ((NpgsqlConnection)connection).BeginTextExportAsync($"COPY (SELECT * FROM {table}) TO STDOUT (FORMAT csv, HEADER)", stop);
                await archive.AddAsync($"{into}/{Manifest.RowsFolder}/{table}.csv", rows.BaseStream, packed: false, stop);
            }
        });
    }

    /// <summary>Brings rows back. They are there when the transaction is committed.</summary>
    /// <exception cref="DataProblem">The company has rows there already, or the backup holds tables that this build does not know.</exception>
    public static Task<DbTransaction> ImportAsync(Database database, ArchiveReader archive, IReadOnlyList<ManifestFile> files, CancellationToken stop) =>
        database.GuardAsync("The rows could not be restored.", async () =>
        {
            var connection = await database.OpenAsync(stop);
            try
            {
                var within = await database.BeginWriteAsync(connection, stop);
                await ImportAsync(within, database, archive, files, stop);
                return within;
            }
            catch
            {
                await connection.DisposeAsync();
                throw;
            }
        });

    private static async Task ImportAsync(DbTransaction within, Database database, ArchiveReader archive, IReadOnlyList<ManifestFile> files, CancellationToken stop)
    {
        var known = await TablesAsync(within, database, stop);
        await RefuseRowsAsync(within, database, known, stop);
        foreach (var file in files.Where(file => !ArchivedSteps.Tells(file)))
        {
            var table = TableOf(file);
            if (!known.Contains(table))
                throw new DataProblem("The backup was not restored.", file.Path, "This build knows no such table.", "Use the Plainproof that made the backup, or a newer one.");
            await ImportAsync(within, archive, file, table, stop);
        }

        await within.Command("SET CONSTRAINTS ALL IMMEDIATE").RunAsync(stop);
    }

    private static async Task ImportAsync(DbTransaction within, ArchiveReader archive, ManifestFile file, string table, CancellationToken stop)
    {
        var columns = string.Join(", ", await HeaderAsync(archive, file, stop));
        await within.Command($"CREATE TEMP TABLE restored (LIKE {table} INCLUDING DEFAULTS) ON COMMIT DROP").RunAsync(stop);
        await using (var copy = (StreamWriter)await ((NpgsqlConnection)within.Connection!).BeginTextImportAsync($"COPY restored ({columns}) FROM STDIN (FORMAT csv, HEADER)", stop))
            await archive.CopyAsync(file, copy.BaseStream, stop);
        await within.Command($"INSERT INTO {table} ({columns}) SELECT {columns} FROM restored; DROP TABLE restored").RunAsync(stop);
    }

    /// <summary>The names of the columns; only plain names get into a statement.</summary>
    public static async Task<IReadOnlyList<string>> HeaderAsync(ArchiveReader archive, ManifestFile file, CancellationToken stop)
    {
        using var head = new HeadOnly();
        await archive.CopyAsync(file, head, stop);
        var columns = head.FirstLine.Split(',');
        return columns.All(column => column.Length > 0 && column.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_'))
            ? columns
            : throw new InvalidDataException($"{file.Path} does not begin with the names of its columns.");
    }

    private static async Task RefuseRowsAsync(DbTransaction within, Database database, IReadOnlyList<string> tables, CancellationToken stop)
    {
        foreach (var table in tables)
            if (await within.Command($"SELECT 1 FROM {table} LIMIT 1").ValueAsync<int>(stop) is not null)
                throw new DataProblem(
                    "The backup was not restored.", database.Where, $"{(database.Company == Database.Installation ? "The installation" : $"The company {database.Company}")} has rows there already.",
                    "Name an empty database in PLAINPROOF_POSTGRESQL, and run the same command again.");
    }

    public static string TableOf(ManifestFile file) => Path.GetFileNameWithoutExtension(file.Path);

    public static async Task<List<string>> TablesAsync(DbTransaction within, Database database, CancellationToken stop) =>
        await within.Command(Tables, ("whole", database.Company == Database.Installation), ("steps", ArchivedSteps.Table)).ListAsync(row => row.GetString(0), stop);

    /// <summary>Keeps the first line and forgets the rest.</summary>
    private sealed class HeadOnly : MemoryStream
    {
        private const int Longest = 1 << 14;

        public string FirstLine => System.Text.Encoding.UTF8.GetString(ToArray()).Split('\n')[0].TrimEnd('\r');

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Length < Longest)
                Write(buffer.Span[..(int)Math.Min(buffer.Length, Longest - Length)]);
            return ValueTask.CompletedTask;
        }
    }
}
