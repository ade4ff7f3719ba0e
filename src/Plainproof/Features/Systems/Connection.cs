using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plainproof.Storage.Records;

namespace Plainproof.Features.Systems;

internal enum HowOften
{
    None,
    Daily,
    Weekly,
}

/// <summary>A system that the company connected: where it is and how to read it. Its secrets lie in a closed box beside it.</summary>
internal sealed class Connection : CompanyRecord
{
    public required string Source { get; init; }

    public required string Name { get; set; }

    /// <summary>As typed, without secrets; null for this machine and for an uploaded file.</summary>
    public string? Address { get; set; }

    /// <summary>Options that are no secret, as JSON.</summary>
    public required string Options { get; set; }

    /// <summary>The uploaded file in the company's own folder.</summary>
    public string? FileName { get; set; }

    /// <summary>The name of the system itself, as <c>ScopeOf</c> gives it. Each is connected once.</summary>
    public required string Scope { get; set; }

    /// <summary>Closed by <see cref="SecretBox"/>; null when nothing is withheld.</summary>
    public byte[]? Withheld { get; set; }

    public DateTimeOffset WithheldAt { get; set; }

    public required string WithheldBy { get; set; }

    public required DateTimeOffset ConnectedAt { get; init; }

    public required string ConnectedBy { get; init; }

    public DateTimeOffset? DisabledAt { get; set; }

    public string? DisabledBy { get; set; }

    public HowOften HowOften { get; set; }

    /// <summary>Minutes after midnight, by the clock of the zone.</summary>
    public int Minute { get; set; }

    public DayOfWeek Weekday { get; set; } = DayOfWeek.Monday;

    /// <summary>IANA name.</summary>
    public string Zone { get; set; } = Timing.Utc;

    /// <summary>Since when this plan counts.</summary>
    public DateTimeOffset? ScheduledAt { get; set; }

    public string? ScheduledBy { get; set; }

    public Dictionary<string, string> OptionValues() => JsonSerializer.Deserialize<Dictionary<string, string>>(Options)!;

    public Timing Timing => new(HowOften, Minute, Weekday, Zone);

    public DateTimeOffset? NextAfter(DateTimeOffset now) => DisabledAt is null ? Timing.NextAfter(now) : null;
}

internal sealed class ConnectionConfiguration : IEntityTypeConfiguration<Connection>
{
    public void Configure(EntityTypeBuilder<Connection> builder)
    {
        builder.Ignore(connection => connection.Timing);
        builder.HasIndex(nameof(CompanyRecord.Company), nameof(Connection.Scope)).IsUnique();
    }
}
