using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Plainproof.Storage.Records;

/// <summary>Puts every connection that EF opens behind its wall before the first statement.</summary>
internal sealed class PrepareOnOpening(Database rows) : DbConnectionInterceptor
{
    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default) =>
        rows.PrepareAsync(connection, cancellationToken);

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) =>
        throw new InvalidOperationException("Records are read and saved asynchronously.");
}
