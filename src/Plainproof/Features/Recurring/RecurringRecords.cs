using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plainproof.Assurance.Period;
using Plainproof.Storage.Records;

namespace Plainproof.Features.Recurring;

/// <summary>How often the company does one of its controls, from a day on. Never edited: what was due before stays due.</summary>
internal sealed class ControlRhythm : CompanyRecord
{
    public required string ControlId { get; init; }

    /// <summary>The first day, in UTC. Never before the day of writing.</summary>
    public required DateOnly Begins { get; init; }

    /// <summary>Null when nothing is due from that day on.</summary>
    public Cadence? Cadence { get; init; }

    public required DateOnly FirstDue { get; init; }

    public required int GraceDays { get; init; }

    public required string Why { get; init; }

    public required DateTimeOffset WrittenAt { get; init; }

    public required string WrittenBy { get; init; }

    public Promise Promise => new(Begins, Cadence, FirstDue, GraceDays);
}

/// <summary>Somebody wrote down that a control was done. It is a claim, until a file shows it (law 2); it may be taken back, and stays on record.</summary>
internal sealed class ControlOccurrence : CompanyRecord
{
    public required string ControlId { get; init; }

    public required DateOnly DueOn { get; init; }

    /// <summary>When it happened; never to be mixed with when it was written down (law 3).</summary>
    public required DateOnly DoneOn { get; init; }

    public required string Says { get; init; }

    /// <summary>Where they looked, when there was nothing to do; empty when there was something.</summary>
    public required string Search { get; init; }

    /// <summary>The evidence file that shows it; null when none does.</summary>
    public string? FileId { get; init; }

    public required DateTimeOffset ToldAt { get; init; }

    public required string ToldBy { get; init; }

    public DateTimeOffset? TakenBackAt { get; set; }

    public string? TakenBackBy { get; set; }

    public string? TakenBackWhy { get; set; }

    public bool IsNil => Search.Length > 0;

    public Told Told => new(Id, DueOn, DoneOn, DateOnly.FromDateTime(ToldAt.UtcDateTime));
}

internal sealed class ControlRhythmConfiguration : IEntityTypeConfiguration<ControlRhythm>
{
    public void Configure(EntityTypeBuilder<ControlRhythm> builder) => builder.Ignore(rhythm => rhythm.Promise);
}

internal sealed class ControlOccurrenceConfiguration : IEntityTypeConfiguration<ControlOccurrence>
{
    public void Configure(EntityTypeBuilder<ControlOccurrence> builder)
    {
        builder.Ignore(one => one.IsNil);
        builder.Ignore(one => one.Told);
    }
}
