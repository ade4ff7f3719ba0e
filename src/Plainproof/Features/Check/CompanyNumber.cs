using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plainproof.Storage.Records;

namespace Plainproof.Features.Check;

/// <summary>A number that the company chose for a check. Never edited: a later one takes its place.</summary>
internal sealed class CompanyNumber : CompanyRecord
{
    /// <summary><c>CHECK.NAME</c>, such as <c>accounts-idle.days</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Null when the company went back to the number that we suggest.</summary>
    public double? Number { get; init; }

    public required string Why { get; init; }

    public required DateTimeOffset SetAt { get; init; }

    public required string SetBy { get; init; }
}

internal sealed class CompanyNumberConfiguration : IEntityTypeConfiguration<CompanyNumber>
{
    public void Configure(EntityTypeBuilder<CompanyNumber> builder)
    {
    }
}
