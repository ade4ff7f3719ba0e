using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plainproof.Storage.Records;

namespace Plainproof.Features.Interview;

/// <summary>A company's answers as they were saved once. A later saving supersedes them and overwrites nothing. They are claims.</summary>
internal sealed class SavedAnswers : CompanyRecord
{
    public required byte[] Answers { get; init; }

    public required DateTimeOffset SavedAt { get; init; }

    public required string SavedBy { get; init; }
}

internal sealed class SavedAnswersConfiguration : IEntityTypeConfiguration<SavedAnswers>
{
    public void Configure(EntityTypeBuilder<SavedAnswers> builder)
    {
    }
}
