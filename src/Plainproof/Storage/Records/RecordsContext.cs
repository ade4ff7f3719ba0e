using System.Data.Common;
using System.Reflection;
using System.Runtime.ExceptionServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Plainproof.Storage.Records;

/// <summary>
/// The records of one database, for one piece of work: make it, use it, dispose it. It opens its connection when it first needs one, through
/// the same walls as every other statement.
/// </summary>
internal abstract class RecordsContext : DbContext
{
    private readonly Database _rows;

    protected RecordsContext(Database rows)
        : base(OptionsFor(rows)) => _rows = rows;

    /// <summary>What this context holds: every configured record that derives from it.</summary>
    protected abstract Type Kind { get; }

    /// <summary>Where the records are found by folder.</summary>
    protected virtual Assembly Folders => typeof(RecordsContext).Assembly;

    /// <summary>
    /// One use case that writes: others wait, what the work reads stays so until it is saved, and what it changed is there whole or not
    /// at all. What must be there exactly when the rows are, such as an entry of the log, goes in by the transaction.
    /// </summary>
    /// <exception cref="StaleRecord">Somebody else saved a record meanwhile.</exception>
    /// <exception cref="DataProblem">The database refuses; it is as it was.</exception>
    public Task<T> WriteAsync<T>(Func<DbTransaction, Task<T>> work, CancellationToken stop) => _rows.GuardAsync("The change could not be stored.", async () =>
    {
        await Database.OpenConnectionAsync(stop);
        try
        {
            await using var within = await _rows.BeginWriteAsync(Database.GetDbConnection(), stop);
            await Database.UseTransactionAsync(within, stop);
            var done = await work(within);
            await SaveChangesAsync(stop);
            await within.CommitAsync(stop);
            return done;
        }
        finally
        {
            await Database.UseTransactionAsync(null, CancellationToken.None);
            await Database.CloseConnectionAsync();
        }
    });

    /// <summary>Says which version of the record a page showed. Saving fails when that is no longer the newest.</summary>
    public void Expect(Record record, long version) => Entry(record).Property(nameof(Record.Version)).OriginalValue = version;

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        foreach (var entry in ChangeTracker.Entries<Record>().Where(entry => entry.State is EntityState.Added or EntityState.Modified))
            Stamp(entry);
        try
        {
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        }
        catch (DbUpdateConcurrencyException e)
        {
            throw new StaleRecord(e);
        }
        catch (DbUpdateException e) when (e.InnerException is DbException refused)
        {
            ExceptionDispatchInfo.Throw(refused);
            throw;
        }
    }

    public override int SaveChanges(bool acceptAllChangesOnSuccess) => throw new InvalidOperationException("Records are saved by SaveChangesAsync.");

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        foreach (var record in RecordModel.Found(Folders, Kind))
            Begin(modelBuilder, record);
        modelBuilder.ApplyConfigurationsFromAssembly(Folders, configuration => RecordModel.RecordOf(configuration)?.IsSubclassOf(Kind) == true);
        RecordModel.Shape(modelBuilder.Model);
    }

    /// <summary>What holds for every record before its own configuration speaks.</summary>
    protected virtual void Begin(ModelBuilder model, Type record) => model.Entity(record).HasKey(nameof(Record.Id));

    private static void Stamp(EntityEntry<Record> entry)
    {
        var version = entry.Property(record => record.Version);
        version.CurrentValue = version.OriginalValue + 1;
        foreach (var text in entry.Properties.Where(property => property.CurrentValue is string))
            text.CurrentValue = Sql.Clean((string)text.CurrentValue!);
    }

    private static DbContextOptions OptionsFor(Database rows)
    {
        var options = new DbContextOptionsBuilder().AddInterceptors(new PrepareOnOpening(rows));
        return (rows is PostgresqlDatabase
            ? options.UseNpgsql(rows.NewConnection(), contextOwnsConnection: true)
            : options.UseSqlite(rows.NewConnection(), contextOwnsConnection: true)).Options;
    }
}
