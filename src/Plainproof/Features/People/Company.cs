using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plainproof.Storage.Records;

namespace Plainproof.Features.People;

/// <summary>A company that people can enter. Its id is the name of its folder, so it never changes; its title is for people.</summary>
internal sealed class Company : InstallationRecord
{
    public required string Title { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string CreatedBy { get; init; }

    /// <summary>Set at birth for the sample company, whose facts are made up; null for ever for a real one.</summary>
    public DateTimeOffset? SampleSince { get; init; }

    public bool IsSample => SampleSince is not null;
}

internal sealed class CompanyConfiguration : IEntityTypeConfiguration<Company>
{
    public void Configure(EntityTypeBuilder<Company> builder) => builder.Ignore(company => company.IsSample);
}
