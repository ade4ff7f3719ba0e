using System.Data.Common;
using Plainproof.Evidence;

namespace Plainproof.Storage;

/// <summary>A company's database as its evidence log needs it.</summary>
internal sealed class LogDatabase(Database database) : ILogDatabase
{
    public Task<DbConnection> OpenAsync(CancellationToken stop) => database.OpenAsync(stop);

    public Task<DbTransaction> BeginExclusiveAsync(DbConnection connection, CancellationToken stop) => database.BeginWriteAsync(connection, stop);
}
