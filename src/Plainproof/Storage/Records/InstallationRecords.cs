namespace Plainproof.Storage.Records;

/// <summary>
/// People, companies and who may do what: <c>installation.db</c>, or the schema <c>installation</c> of the PostgreSQL. Not behind the wall
/// of one company, so only use cases about people and companies may open it.
/// </summary>
internal class InstallationRecords(Database rows) : RecordsContext(rows)
{
    public static InstallationRecords Of(DataFolder folder) => new(folder.InstallationDatabase());

    /// <summary>Brings the tables up to this build. Once, before the first use.</summary>
    /// <exception cref="DataProblem">The tables are newer than this build, or the database refuses.</exception>
    public static Task MigrateAsync(DataFolder folder, TimeProvider clock, CancellationToken stop) => new Migrator(folder.InstallationDatabase(), clock).RunAsync(stop);

    protected override Type Kind => typeof(InstallationRecord);
}
