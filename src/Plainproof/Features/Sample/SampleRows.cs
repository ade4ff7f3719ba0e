using Plainproof.Storage;

namespace Plainproof.Features.Sample;

/// <summary>The rows of the sample company in a PostgreSQL that holds other companies too.</summary>
internal static class SampleRows
{
    /// <summary>All of them in one transaction, the mark last: the database keeps it as long as there are facts.</summary>
    public static async Task RemoveAsync(Database database, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(stop);
        await using var within = await database.BeginWriteAsync(connection, stop);
        var tables = await within.Command(
            """
            SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'company' AND NOT a.attisdropped
            WHERE c.relkind = 'r' AND c.relnamespace = to_regnamespace(current_schema()) ORDER BY c.relname = 'sample_mark', c.relname
            """).ListAsync(row => row.GetString(0), stop);
        foreach (var table in tables)
            await within.Command($"DELETE FROM {table} WHERE company = @company", ("company", database.Company)).RunAsync(stop);
        await within.CommitAsync(stop);
    }
}
