using Plainproof.Facts;

namespace Plainproof.Sources.Import;

/// <summary>
/// One format of scanner reports, told apart by content. A file is walked several times, because the parts may stand in any order:
/// each walk asks for parts by pattern; the last one yields the weaknesses.
/// </summary>
internal abstract class ReportFormat
{
    /// <summary>What the person who imports says of the file; fills what the format does not carry.</summary>
    public required Told Told { get; init; }

    public abstract string Name { get; }

    /// <summary>The patterns of each walk before the last.</summary>
    public abstract IReadOnlyList<IReadOnlyCollection<string>> Before { get; }

    public abstract IReadOnlyCollection<string> Weaknesses { get; }

    /// <summary>Takes a part from one of the walks before the last.</summary>
    public abstract void Learn(in Found found);

    public abstract IEnumerable<Weakness> Read(Found found);

    /// <summary>The runs of the scanner, once all weaknesses were read; each with the place that tells of it.</summary>
    public abstract IEnumerable<(WeaknessScan Scan, string Pointer)> Scans(IReadOnlyDictionary<(string Tool, string Asset), Tally> tallies);

    protected static WeaknessLevel LevelOf(string? word) => word?.ToLowerInvariant() switch
    {
        "critical" => WeaknessLevel.Critical,
        "high" => WeaknessLevel.High,
        "medium" or "moderate" => WeaknessLevel.Medium,
        "low" => WeaknessLevel.Low,
        "negligible" or "info" or "informational" or "none" => WeaknessLevel.Info,
        _ => WeaknessLevel.Unknown,
    };

    /// <summary>CVSS v3.1 specification, section 5: qualitative severity rating scale.</summary>
    protected static WeaknessLevel LevelOf(double score) =>
        score >= 9 ? WeaknessLevel.Critical : score >= 7 ? WeaknessLevel.High : score >= 4 ? WeaknessLevel.Medium : score > 0 ? WeaknessLevel.Low : WeaknessLevel.Info;
}

/// <param name="Asset">The repository, image or host that was scanned.</param>
/// <param name="At">When it was scanned.</param>
internal sealed record Told(string? Asset, DateTimeOffset? At, string FileName)
{
    public string AssetOr(string? found) => Asset ?? found ?? FileName;
}

/// <summary>What was counted while reading one tool's findings on one asset.</summary>
internal sealed class Tally
{
    public long All { get; private set; }

    public SortedDictionary<string, long> Open { get; } = new(StringComparer.Ordinal);

    public void Add(Weakness one)
    {
        All++;
        if (one.State is not (WeaknessState.Open or WeaknessState.Exploitable))
            return;
        var level = one.Level.ToString().ToLowerInvariant();
        Open[level] = Open.GetValueOrDefault(level) + 1;
    }
}
