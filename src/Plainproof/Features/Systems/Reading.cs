using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plainproof.Facts;
using Plainproof.Features.Check;
using Plainproof.Storage.Records;

namespace Plainproof.Features.Systems;

internal enum ReadingState
{
    Running,
    Done,

    /// <summary>It ended with a problem that kept the checks from being judged.</summary>
    Failed,

    /// <summary>The server stopped while it ran.</summary>
    BrokenOff,
}

/// <summary>One run: systems read one after another or side by side, then the checks judged. Kept for good.</summary>
internal sealed class Reading : CompanyRecord
{
    public required DateTimeOffset StartedAt { get; init; }

    public required string StartedBy { get; init; }

    /// <summary>What made it start, in words.</summary>
    public required string Why { get; init; }

    /// <summary>Ids of the connections it reads, with blanks between.</summary>
    public required string Connections { get; init; }

    public required ReadingState State { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>What went wrong with the run as a whole.</summary>
    public string? Says { get; set; }

    /// <summary>Which server process runs it; empty for those from before this was noted.</summary>
    public string Server { get; init; } = "";

    /// <summary>What each system gave, as JSON.</summary>
    public required string Parts { get; set; }

    public bool Reads(string connection) => Connections.Split(' ').Contains(connection);

    public IReadOnlyList<ReadingPart> PartList() => JsonSerializer.Deserialize<List<ReadingPart>>(Parts)!;

    public void Tell(IReadOnlyList<ReadingPart> parts) => Parts = JsonSerializer.Serialize(parts);
}

internal sealed class ReadingConfiguration : IEntityTypeConfiguration<Reading>
{
    public void Configure(EntityTypeBuilder<Reading> builder)
    {
    }
}

/// <summary>What one system gave in one run.</summary>
internal sealed record ReadingPart(string Connection, string Name, double Seconds, long Facts, int Whole, int Of, IReadOnlyList<UnreadPart> Unread)
{
    public static ReadingPart From(Connection connection, SourceRun run) => new(
        connection.Id, connection.Name, run.Seconds, run.Facts, run.CompleteAspects, run.Coverage.Count,
        [.. run.Coverage.Where(line => line.State != Completeness.Complete).Select(line => new UnreadPart(Kinds.PlainOf(line.Aspect), line.State, line.Why, line.Mend))]);

    public static ReadingPart NotTried(Connection connection, string why) => new(connection.Id, connection.Name, 0, 0, 0, 0, [new UnreadPart("Everything", Completeness.Disabled, why, null)]);
}

internal sealed record UnreadPart(string What, Completeness State, string? Why, string? Mend);
