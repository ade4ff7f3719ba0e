using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plainproof.Storage.Records;

namespace Plainproof.Features.Engagements;

/// <summary>Something to think about before the auditor does. It stops nobody.</summary>
/// <param name="Id">What it is about, such as <c>short-window</c>; the same as long as the matter is.</param>
internal sealed record Warning(string Id, string Says);

/// <summary>What a feature would have people think about in an engagement. Register it as a service; all are asked.</summary>
internal interface IWarnings
{
    Task<IEnumerable<Warning>> ForAsync(Engagement it, CancellationToken stop);
}

/// <summary>A warning as somebody looks at it.</summary>
/// <param name="Aside">Who set it aside, and why; null while it stands.</param>
/// <param name="Before">It was set aside when it said something else; null when it never was.</param>
internal sealed record SeenWarning(Warning Warning, WarningSetAside? Aside, WarningSetAside? Before)
{
    public bool Stands => Aside is null;
}

/// <summary>Somebody read a warning and goes on nevertheless. It holds for what the warning said then, and for nothing else.</summary>
internal sealed class WarningSetAside : CompanyRecord
{
    public required string EngagementId { get; init; }

    /// <summary>The id of the warning.</summary>
    public required string Warning { get; init; }

    /// <summary>What it said.</summary>
    public required string Said { get; init; }

    public required string Reason { get; init; }

    public required DateTimeOffset SetAt { get; init; }

    public required string SetBy { get; init; }

    public DateTimeOffset? EndedAt { get; set; }

    public string? EndedBy { get; set; }
}

internal sealed class WarningSetAsideConfiguration : IEntityTypeConfiguration<WarningSetAside>
{
    public void Configure(EntityTypeBuilder<WarningSetAside> builder)
    {
    }
}
