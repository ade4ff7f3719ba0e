using System.Data.Common;

namespace Plainproof.Evidence;

/// <summary>The database of one company as the log needs it. The log speaks plain SQL that SQLite and PostgreSQL share.</summary>
public interface ILogDatabase
{
    /// <summary>An open connection; the log disposes it.</summary>
    Task<DbConnection> OpenAsync(CancellationToken stop);

    /// <summary>
    /// A transaction that holds the log's lease until it ends: <c>BEGIN IMMEDIATE</c> on SQLite, an advisory transaction lock for this
    /// company on PostgreSQL. MUST wait for the lease, MUST see what others committed before it was granted (READ COMMITTED), and its
    /// commit MUST be durable (<c>synchronous=FULL</c>).
    /// </summary>
    Task<DbTransaction> BeginExclusiveAsync(DbConnection connection, CancellationToken stop);
}
