using System.Data.Common;

namespace Plainproof.Storage;

/// <summary>
/// The rows of one company, or of the installation, in a SQLite file of their own or behind the walls of a PostgreSQL.
/// Every statement of a feature is written once for both; what differs is here and nowhere else.
/// </summary>
internal abstract class Database(string company)
{
    /// <summary>The name that stands for rows of the installation itself: no company can have it.</summary>
    public const string Installation = "";

    public string Company { get; } = company;

    /// <summary>The suffix of migrations that are for this kind of database only.</summary>
    public abstract string Dialect { get; }

    /// <summary>The file or server, for people; never a secret.</summary>
    public abstract string Where { get; }

    public abstract IBulk Bulk { get; }

    /// <summary>A connection that can see this company only.</summary>
    public async Task<DbConnection> OpenAsync(CancellationToken stop)
    {
        var connection = NewConnection();
        try
        {
            await connection.OpenAsync(stop);
            await PrepareAsync(connection, stop);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>A connection that is not open. Whoever opens it MUST <see cref="PrepareAsync"/> it before the first statement.</summary>
    public abstract DbConnection NewConnection();

    /// <summary>Makes an open connection see this company only.</summary>
    public abstract Task PrepareAsync(DbConnection connection, CancellationToken stop);

    /// <summary>Waits for other writers of this company, sees all they committed, and keeps them out until it ends.</summary>
    public abstract Task<DbTransaction> BeginWriteAsync(DbConnection connection, CancellationToken stop);

    /// <summary>All reads within see one moment.</summary>
    public abstract Task<DbTransaction> BeginReadAsync(DbConnection connection, CancellationToken stop);

    /// <summary>Holds the lease of this company's evidence log until it ends.</summary>
    public abstract Task<DbTransaction> BeginLogAsync(DbConnection connection, CancellationToken stop);

    /// <summary>The owner of the tables, who alone may change them. Sees no company's rows.</summary>
    public abstract Task<DbConnection> OpenAsOwnerAsync(CancellationToken stop);

    /// <summary>Keeps every other process out of the schema until the transaction ends.</summary>
    public abstract Task<DbTransaction> BeginMigrationAsync(DbConnection owner, CancellationToken stop);

    public abstract Task<bool> HasTableAsync(DbConnection connection, string table, CancellationToken stop);

    /// <summary>Called within a migration before pending steps, so that steps may change rows of every company.</summary>
    public virtual Task LowerWallsAsync(DbTransaction migration, CancellationToken stop) => Task.CompletedTask;

    /// <summary>Called within a migration after the last step: puts a wall around every table that holds companies' rows.</summary>
    public virtual Task RaiseWallsAsync(DbTransaction migration, CancellationToken stop) => Task.CompletedTask;

    /// <summary>Puts aside a copy before an existing schema is changed; where a server has its own backups, nothing.</summary>
    public virtual Task CopyAsideAsync(string lastMigration, CancellationToken stop) => Task.CompletedTask;

    /// <summary>Lets go of idle connections.</summary>
    public abstract void Release();

    /// <summary>Runs one piece of work; what the database refuses comes out as a <see cref="DataProblem"/>.</summary>
    public async Task<T> GuardAsync<T>(string what, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (e is DbException or IOException or UnauthorizedAccessException or TimeoutException && Explain(what, e) is not null)
        {
            throw Explain(what, e)!;
        }
    }

    public Task GuardAsync(string what, Func<Task> work) => GuardAsync(what, async () =>
    {
        await work();
        return true;
    });

    /// <summary>Null when the failure is a fault of ours.</summary>
    protected abstract DataProblem? Explain(string what, Exception cause);
}
