using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;

namespace Plainproof.Storage;

/// <summary>One file per company, and one for the installation. Writers begin at once (<c>BEGIN IMMEDIATE</c>): a reader that turns writer would fail for good.</summary>
internal sealed class SqliteDatabase(string company, string file) : Database(company)
{
    private const int BusySeconds = 30;
    private static readonly ConditionalWeakTable<object, object> Prepared = [];
    private readonly string _connection = new SqliteConnectionStringBuilder
    {
        DataSource = file,
        Mode = SqliteOpenMode.ReadWrite,
        ForeignKeys = true,
        DefaultTimeout = BusySeconds,
        Pooling = true,
    }.ConnectionString;

    public override string Dialect => "sqlite";

    public override string Where => file;

    public override IBulk Bulk { get; } = new SqliteBulk();

    public override DbConnection NewConnection()
    {
        CreateOnce();
        return new SqliteConnection(_connection);
    }

    /// <summary>Once for each connection of the pool: SQLite keeps these for as long as it is open.</summary>
    public override async Task PrepareAsync(DbConnection connection, CancellationToken stop)
    {
        var handle = ((SqliteConnection)connection).Handle!;
        if (Prepared.TryGetValue(handle, out _))
            return;
        await connection.Command($"PRAGMA busy_timeout = {BusySeconds * 1000}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL").RunAsync(stop);
        Prepared.AddOrUpdate(handle, handle);
    }

    public override Task<DbTransaction> BeginWriteAsync(DbConnection connection, CancellationToken stop) =>
        Task.FromResult<DbTransaction>(((SqliteConnection)connection).BeginTransaction(deferred: false));

    public override Task<DbTransaction> BeginReadAsync(DbConnection connection, CancellationToken stop) =>
        Task.FromResult<DbTransaction>(((SqliteConnection)connection).BeginTransaction(deferred: true));

    public override Task<DbTransaction> BeginLogAsync(DbConnection connection, CancellationToken stop) => BeginWriteAsync(connection, stop);

    public override Task<DbConnection> OpenAsOwnerAsync(CancellationToken stop) => OpenAsync(stop);

    public override Task<DbTransaction> BeginMigrationAsync(DbConnection owner, CancellationToken stop) => BeginWriteAsync(owner, stop);

    public override async Task<bool> HasTableAsync(DbConnection connection, string table, CancellationToken stop) =>
        await connection.Command("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = @table", ("table", table)).ValueAsync<long>(stop) is not null;

    public override async Task CopyAsideAsync(string lastMigration, CancellationToken stop)
    {
        var aside = Path.Combine(Path.GetDirectoryName(file)!, $"before-upgrade-from-{lastMigration}.db");
        if (!File.Exists(aside))
            await CopyAsync(aside, stop);
    }

    /// <summary>A whole copy as of one moment, while others read and write. Replaces nothing: the file must not be there.</summary>
    public async Task CopyAsync(string to, CancellationToken stop)
    {
        var unfinished = to + ".tmp-" + Guid.NewGuid().ToString("N");
        try
        {
            Private.CreateFile(unfinished);
            await using (var connection = await OpenAsync(stop))
                await connection.Command("VACUUM INTO @to", ("to", unfinished)).RunAsync(stop);
            File.Move(unfinished, to, overwrite: false);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    public override void Release()
    {
        using var any = new SqliteConnection(_connection);
        SqliteConnection.ClearPool(any);
    }

    protected override DataProblem? Explain(string what, Exception cause)
    {
        (string Why, string Mend)? told = cause switch
        {
            SqliteException { SqliteErrorCode: 13 } => ("The disk, or the one for temporary files, is full.", "Free some space, then run the same command again. What was stored before is whole."),
            SqliteException { SqliteErrorCode: 10 } => ($"The disk did not do as it was told: {cause.Message}", "Check the disk and its free space, then run the same command again."),
            SqliteException { SqliteErrorCode: 5 or 6 } => ($"Another process kept the database busy for {BusySeconds} seconds.", "Wait for it to end, or stop it, then try again."),
            SqliteException { SqliteErrorCode: 8 or 14 or 23 } => ($"The file cannot be opened for writing: {cause.Message}", "Check who owns the folder, and whether its disk is read-only."),
            SqliteException { SqliteErrorCode: 11 or 26 } => ($"The file is damaged: {cause.Message}", "Restore your newest backup into a new folder: plainproof restore FILE --data NEWFOLDER."),
            IOException or UnauthorizedAccessException => (cause.Message, "Check free space and who may write there, then run the same command again."),
            _ => null,
        };
        return told is { } words ? new DataProblem(what, file, words.Why, words.Mend, cause) : null;
    }

    /// <summary>Makes the empty file with its mode. An existing file is never opened here: closing it would drop SQLite's locks.</summary>
    private void CreateOnce()
    {
        if (!File.Exists(file))
            Private.CreateFile(file, mayExist: true);
    }
}
