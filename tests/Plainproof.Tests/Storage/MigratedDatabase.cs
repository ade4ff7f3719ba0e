using Plainproof.Storage;
using Plainproof.Tests.Servers;

namespace Plainproof.Tests.Storage;

/// <summary>A database with every table of this build: a copy of one that was brought up to date once. Tests of migrations take an empty one.</summary>
internal static class MigratedDatabase
{
    private static readonly Lazy<string> Model = new(Migrate);

    /// <summary>A connection string, as superuser.</summary>
    public static string New() => PostgresServer.Shared.CopyOf(Model.Value);

    private static string Migrate()
    {
        var made = PostgresServer.Shared.NewDatabase();
        foreach (var database in new PostgresqlDatabase[] { new PostgresqlInstallation(made), new("model", made) })
        {
            new Migrator(database, TimeProvider.System).RunAsync(default).GetAwaiter().GetResult();
            database.Release();
        }

        return made;
    }
}
