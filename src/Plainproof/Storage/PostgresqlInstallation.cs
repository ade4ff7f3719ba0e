using System.Data.Common;

namespace Plainproof.Storage;

/// <summary>
/// The installation's rows in the PostgreSQL that also holds the companies': a schema of their own that only the owner can enter.
/// A connection that was opened for a company cannot read who the people are, not even their names.
/// </summary>
internal sealed class PostgresqlInstallation(string connectionString) : PostgresqlDatabase(Installation, connectionString, Schema)
{
    public const string Schema = "installation";

    public override Task PrepareAsync(DbConnection connection, CancellationToken stop) => Task.CompletedTask;

    public override async Task<DbTransaction> BeginMigrationAsync(DbConnection owner, CancellationToken stop)
    {
        var migration = await base.BeginMigrationAsync(owner, stop);
        try
        {
            await migration.Command($"CREATE SCHEMA IF NOT EXISTS {Schema}").RunAsync(stop);
            return migration;
        }
        catch
        {
            await migration.DisposeAsync();
            throw;
        }
    }

    public override Task LowerWallsAsync(DbTransaction migration, CancellationToken stop) => Task.CompletedTask;

    public override Task RaiseWallsAsync(DbTransaction migration, CancellationToken stop) => Task.CompletedTask;
}
