using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plainproof.Storage.Records;

namespace Plainproof.Features.Advisor;

/// <summary>Answers that a visitor chose to save under a link. Its id is a hash of the link's secret; the answers are sealed with that secret.</summary>
internal sealed class SharedDraft : InstallationRecord
{
    public required byte[] Draft { get; init; }

    public required DateTimeOffset SavedAt { get; init; }

    /// <summary>From then on the link shows nothing, and the row goes with the next one that is saved.</summary>
    public required DateTimeOffset EndsAt { get; init; }
}

internal sealed class SharedDraftConfiguration : IEntityTypeConfiguration<SharedDraft>
{
    public void Configure(EntityTypeBuilder<SharedDraft> builder)
    {
    }
}
