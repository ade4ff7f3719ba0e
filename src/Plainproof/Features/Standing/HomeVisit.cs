using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plainproof.Storage.Records;

namespace Plainproof.Features.Standing;

/// <summary>When somebody last looked at the home of the company, so that it can say what is new since.</summary>
internal sealed class HomeVisit : CompanyRecord
{
    public required string PersonId { get; init; }

    public required DateTimeOffset LastAt { get; set; }

    /// <summary>The end of the visit before this one; null at the first.</summary>
    public DateTimeOffset? BeforeAt { get; set; }
}

internal sealed class HomeVisitConfiguration : IEntityTypeConfiguration<HomeVisit>
{
    public void Configure(EntityTypeBuilder<HomeVisit> builder) => builder.HasIndex(visit => new { visit.Company, visit.PersonId }).IsUnique();
}

internal sealed class HomeVisits(CompanyRecords records, TimeProvider clock)
{
    /// <summary>Within this time, loading the page again belongs to the same visit.</summary>
    private static readonly TimeSpan OneVisit = TimeSpan.FromMinutes(30);

    /// <summary>Noted no more often than this: looking at a page need not wait for the disk.</summary>
    private static readonly TimeSpan Grain = TimeSpan.FromMinutes(1);

    /// <summary>Notes that somebody is here.</summary>
    /// <returns>When they were here before; null at the first visit.</returns>
    public async Task<DateTimeOffset?> ComeAsync(string person, CancellationToken stop)
    {
        var noted = await records.Set<HomeVisit>().AsNoTracking().SingleOrDefaultAsync(one => one.PersonId == person, stop);
        return noted is not null && clock.GetUtcNow() - noted.LastAt < Grain ? noted.BeforeAt : await NoteAsync(person, stop);
    }

    private Task<DateTimeOffset?> NoteAsync(string person, CancellationToken stop) => records.WriteAsync(async _ =>
    {
        var now = clock.GetUtcNow();
        if (await records.Set<HomeVisit>().SingleOrDefaultAsync(one => one.PersonId == person, stop) is not { } visit)
        {
            records.Add(new HomeVisit { PersonId = person, LastAt = now });
            return null;
        }

        if (now - visit.LastAt > OneVisit)
            visit.BeforeAt = visit.LastAt;
        visit.LastAt = now;
        return visit.BeforeAt;
    }, stop);
}
