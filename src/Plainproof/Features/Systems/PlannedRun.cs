using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plainproof.Storage.Records;

namespace Plainproof.Features.Systems;

/// <summary>What a planned run gave of its system.</summary>
internal enum RunOutcome
{
    InFull,
    InPart,
    NotAtAll,
}

/// <summary>How a planned run stands, as of a moment. Computed, never stored.</summary>
internal enum RunStanding
{
    Expected,
    Due,
    Running,
    OnTime,
    Late,
    Failed,
    Missed,
}

/// <summary>
/// One moment at which a system was to be read. The row is there before the moment comes, except where no server ran then.
/// What became of it stays: a later run does not fill it in.
/// </summary>
internal sealed class PlannedRun : CompanyRecord
{
    /// <summary>What starts later than this after its moment is late.</summary>
    public static readonly TimeSpan Punctual = TimeSpan.FromHours(1);

    public required string Connection { get; init; }

    /// <summary>The name of the system itself.</summary>
    public required string Scope { get; init; }

    public required DateTimeOffset DueAt { get; init; }

    /// <summary>When this row was written.</summary>
    public required DateTimeOffset PlannedAt { get; init; }

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; set; }

    /// <summary>When the last attempt started; null while none is under way and none came to an end.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>The run that did it, or tries to.</summary>
    public string? Reading { get; set; }

    /// <summary>An attempt failed, and the next waits until then.</summary>
    public DateTimeOffset? NotBefore { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public RunOutcome? Outcome { get; set; }

    /// <summary>When it was noticed that nothing had started it.</summary>
    public DateTimeOffset? MissedAt { get; set; }

    /// <summary>Why it was missed or failed.</summary>
    public string? Says { get; set; }

    /// <summary>The log entry that tells what became of it.</summary>
    public string? Entry { get; set; }

    public RunStanding Standing(DateTimeOffset now) =>
        MissedAt is not null ? RunStanding.Missed
        : EndedAt is not null ? Outcome == RunOutcome.NotAtAll ? RunStanding.Failed : StartedAt - DueAt > Punctual ? RunStanding.Late : RunStanding.OnTime
        : StartedAt is not null ? RunStanding.Running
        : DueAt > now ? RunStanding.Expected
        : RunStanding.Due;
}

internal sealed class PlannedRunConfiguration : IEntityTypeConfiguration<PlannedRun>
{
    public void Configure(EntityTypeBuilder<PlannedRun> builder) =>
        builder.HasIndex(nameof(CompanyRecord.Company), nameof(PlannedRun.Connection), nameof(PlannedRun.DueAt)).IsUnique();
}
