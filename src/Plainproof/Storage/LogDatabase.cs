using System.Data.Common;
using Plainproof.Evidence;

namespace Plainproof.Storage;

/// <summary>The company's database as its evidence log sees it.</summary>
internal sealed class LogDatabase(Database database) : ILogDatabase
{
    public Task<DbConnection> OpenAsync(CancellationToken stop) =>
        database.GuardAsync("The evidence log could not be opened.", () => database.OpenAsync(stop));

    public Task<DbTransaction> BeginExclusiveAsync(DbConnection connection, CancellationToken stop) =>
        database.GuardAsync("The evidence log could not be reserved.", () => database.BeginLogAsync(connection, stop));
}
