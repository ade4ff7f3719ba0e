using System.Data.Common;

namespace Plainproof.Storage;

internal enum BulkType
{
    Text,
    Number,
    Bytes,
}

/// <summary>A temporary table of one connection: rows gather here, unseen by anyone else, until one transaction merges them.</summary>
internal sealed record StagingTable(string Name, IReadOnlyList<(string Name, BulkType Type)> Columns, string? Index = null)
{
    public string ColumnNames => string.Join(", ", Columns.Select(column => column.Name));
}

/// <summary>Appends many rows at once, in the way each database does best.</summary>
internal interface IBulk
{
    /// <summary>Makes the table anew on this connection.</summary>
    Task CreateAsync(DbConnection connection, StagingTable table, CancellationToken stop);

    /// <summary>
    /// A value is a string, a long, a byte array, or null. The connection must hold no transaction. Rows are taken one by one, so that those
    /// that are made as they are asked for never stand in memory together.
    /// </summary>
    Task AppendAsync(DbConnection connection, StagingTable table, IEnumerable<object?[]> rows, CancellationToken stop);

    /// <summary>To be called once all rows are in, before they are merged.</summary>
    Task IndexAsync(DbConnection connection, StagingTable table, CancellationToken stop);
}
