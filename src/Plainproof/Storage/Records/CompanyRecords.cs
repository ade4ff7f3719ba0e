using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.ValueGeneration;
using Plainproof.Evidence;

namespace Plainproof.Storage.Records;

/// <summary>
/// What the people of one company edit, in the company's own database. Three walls: the connection sees this company only, every query asks
/// for this company, and what is added gets this company.
/// </summary>
internal class CompanyRecords(Database rows) : RecordsContext(rows)
{
    public string Company { get; } = rows.Company;

    protected override Type Kind => typeof(CompanyRecord);

    /// <summary>Saves what the work changed together with the log entry that it returns: both are there, or neither.</summary>
    /// <returns>The entry's id; it is sealed when somebody asks the log for it.</returns>
    /// <exception cref="StaleRecord">Somebody else saved a record meanwhile.</exception>
    public Task<EntryId> ActAsync(IEvidenceLog log, Func<Task<Entry>> work, CancellationToken stop) =>
        WriteAsync(async within =>
        {
            var entry = await work();
            await SaveChangesAsync(stop);
            return await log.EnqueueAsync(entry, within, stop);
        }, stop);

    protected override void Begin(ModelBuilder model, Type record)
    {
        var entity = model.Entity(record);
        entity.Property(nameof(CompanyRecord.Company)).HasValueGenerator<OfContext>();
        entity.HasKey(nameof(CompanyRecord.Company), nameof(Record.Id));
        entity.HasQueryFilter(OfThisCompany(record));
    }

    /// <summary>EF reads <c>this</c> anew for each context, though the model is made once.</summary>
    private LambdaExpression OfThisCompany(Type record)
    {
        var one = Expression.Parameter(record);
        return Expression.Lambda(Expression.Equal(Expression.Property(one, nameof(CompanyRecord.Company)), Expression.Property(Expression.Constant(this), nameof(Company))), one);
    }

    private sealed class OfContext : ValueGenerator<string>
    {
        public override bool GeneratesTemporaryValues => false;

        public override string Next(EntityEntry entry) => ((CompanyRecords)entry.Context).Company;
    }
}
