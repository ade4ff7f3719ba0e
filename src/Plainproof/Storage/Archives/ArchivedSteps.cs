using System.Data.Common;
using System.Text;

namespace Plainproof.Storage.Archives;

/// <summary>
/// Which steps of the schema the rows of a PostgreSQL backup were made under. The backup tells them in <c>migration.csv</c>. Backups of earlier
/// builds do not: theirs are the steps that make exactly the tables and columns which the backup holds.
/// </summary>
internal sealed class ArchivedSteps(ArchiveReader archive)
{
    public const string Table = "migration";
    private const string Postgresql = "postgresql";
    private IReadOnlyList<Migration>? _ofCompanies;

    public static bool Tells(ManifestFile file) => PostgresqlRows.TableOf(file) == Table;

    /// <exception cref="DataProblem">The rows have a step that this build does not know. Nothing is read but the backup.</exception>
    public async Task RefuseNewerAsync(CancellationToken stop)
    {
        await ToldAsync(Database.Installation, stop);
        var companies = new List<int?>();
        foreach (var company in archive.Manifest.Companies)
            companies.Add((await ToldAsync(company, stop))?.Count);
        if (companies.Distinct().Count() > 1)
            throw new DataProblem("The backup was not restored.", archive.File, "It was taken while Plainproof was upgraded: its companies are of two builds.", "Take another backup.");
    }

    /// <summary>All companies share their tables: what the first one tells holds for the others, whose tables are in use from then on.</summary>
    /// <param name="database">Is as it was when this returns.</param>
    /// <returns>Every step of this build when the backup holds no rows of it.</returns>
    public async Task<IReadOnlyList<Migration>> OfAsync(Database database, CancellationToken stop)
    {
        var files = archive.Manifest.RowsOf(database.Company);
        if (database.Company == Database.Installation)
            return files.Count == 0 ? Known(database.Company) : await FindAsync(database, files, stop);
        if (files.Count == 0)
            return _ofCompanies ?? Known(database.Company);
        return _ofCompanies ??= await FindAsync(database, files, stop);
    }

    private async Task<IReadOnlyList<Migration>> FindAsync(Database database, IReadOnlyList<ManifestFile> files, CancellationToken stop) =>
        await ToldAsync(database.Company, stop) ?? await database.GuardAsync("The backup was not restored.", () => FittingAsync(database, files, stop));

    private async Task<IReadOnlyList<Migration>?> ToldAsync(string company, CancellationToken stop)
    {
        if (archive.Manifest.RowsOf(company).FirstOrDefault(Tells) is not { } file)
            return null;
        var applied = await ReadAsync(file, stop);
        Migrator.RefuseForeign(applied, Known(company), "The backup", archive.File);
        return [.. Known(company).Where(step => applied.ContainsKey(step.Name))];
    }

    /// <summary>Names and checksums; neither has a comma or a quote.</summary>
    private async Task<Dictionary<string, string>> ReadAsync(ManifestFile file, CancellationToken stop)
    {
        using var text = new MemoryStream();
        await archive.CopyAsync(file, text, stop);
        var rows = Encoding.UTF8.GetString(text.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(','));
        return rows.Skip(1).Where(row => row.Length > 1).ToDictionary(row => row[0], row => row[1], StringComparer.Ordinal);
    }

    /// <summary>Takes the steps one by one, looks at the tables after each, and undoes it all.</summary>
    private async Task<IReadOnlyList<Migration>> FittingAsync(Database database, IReadOnlyList<ManifestFile> files, CancellationToken stop)
    {
        var sought = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in files)
            sought.Add(Shape(PostgresqlRows.TableOf(file), await PostgresqlRows.HeaderAsync(archive, file, stop)));
        var done = await new Migrator(database, TimeProvider.System).DoneAsync(stop);
        await using var owner = await database.OpenAsOwnerAsync(stop);
        await using var within = await database.BeginMigrationAsync(owner, stop);
        IReadOnlyList<Migration>? fitting = null;
        var taken = new List<Migration>();
        foreach (var step in Known(database.Company))
        {
            taken.Add(step);
            if (!done.Contains(step.Name))
                await within.Command(step.Text).RunAsync(stop);
            if (sought.SetEquals(await ShapesAsync(within, database, stop)))
                fitting = [.. taken];
        }

        return fitting ?? throw new DataProblem(
            "The backup was not restored.", archive.File, "It has tables or columns that this build never had.", "Use the Plainproof that made the backup, or a newer one.");
    }

    private static async Task<IEnumerable<string>> ShapesAsync(DbTransaction within, Database database, CancellationToken stop)
    {
        var tables = await PostgresqlRows.TablesAsync(within, database, stop);
        var columns = await within.Command("SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema()")
            .ListAsync(row => (Table: row.GetString(0), Column: row.GetString(1)), stop);
        return columns.GroupBy(one => one.Table, one => one.Column).Where(one => tables.Contains(one.Key)).Select(one => Shape(one.Key, one));
    }

    private static string Shape(string table, IEnumerable<string> columns) => $"{table}({string.Join(',', columns.Order(StringComparer.Ordinal))})";

    private static IReadOnlyList<Migration> Known(string company) => company == Database.Installation ? Migration.OfInstallation(Postgresql) : Migration.All(Postgresql);
}
