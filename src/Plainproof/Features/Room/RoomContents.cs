using System.Collections.Concurrent;
using Plainproof.Evidence;
using Plainproof.Facts;
using Plainproof.Features.Export;
using Plainproof.Features.Sampling;
using Plainproof.Storage;

namespace Plainproof.Features.Room;

/// <summary>One piece of evidence, as the index of the package has it.</summary>
/// <param name="Seq">The number of the entry that names it.</param>
/// <param name="After">The newest time stamp before the entry; empty when there is none.</param>
/// <param name="Before">The earliest time stamp over it; empty when there is none.</param>
internal sealed record RoomEvidence(
    long Seq, string Kind, string Digest, string Source, DateTimeOffset Claimed, string After, string Before, IReadOnlyList<string> Controls, IReadOnlyList<string> Criteria, string Name)
{
    public static RoomEvidence Of(IReadOnlyDictionary<string, string> row) => new(
        long.Parse(row["seq"], System.Globalization.CultureInfo.InvariantCulture), row["kind"], row["digest"], row["source"],
        DateTimeOffset.Parse(row["claimed"], System.Globalization.CultureInfo.InvariantCulture), row["proven after"], row["proven before"], Words(row["control"]), Words(row["criterion"]), row["name"]);

    private static string[] Words(string cell) => cell.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>What an auditor looks for in the index. Null or empty: whatever it is.</summary>
internal sealed record EvidenceFilter(string? Control, string? Criterion, string? Source, string? Kind, DateOnly? From, DateOnly? To, string? Text)
{
    public bool Takes(RoomEvidence one) =>
        (Is(Control) is not { } control || one.Controls.Contains(control, StringComparer.OrdinalIgnoreCase))
        && (Is(Criterion) is not { } criterion || one.Criteria.Contains(criterion, StringComparer.OrdinalIgnoreCase))
        && (Is(Source) is not { } source || one.Source == source)
        && (Is(Kind) is not { } kind || one.Kind == kind)
        && (From is not { } from || DateOnly.FromDateTime(one.Claimed.UtcDateTime) >= from)
        && (To is not { } to || DateOnly.FromDateTime(one.Claimed.UtcDateTime) <= to)
        && (Is(Text) is not { } text || Holds(one.Name, text) || Holds(one.Source, text) || Holds(one.Digest, text));

    private static string? Is(string? typed) => typed?.Trim() is { Length: > 0 } text ? text : null;

    private static bool Holds(string where, string text) => where.Contains(text, StringComparison.OrdinalIgnoreCase);
}

/// <summary>What is kept of the package in a room, read once. It never changes while the site runs. Safe to use from many threads.</summary>
internal sealed class RoomContents : IDisposable
{
    private readonly ConcurrentDictionary<string, Dictionary<int, Pointer>> _rows = new(StringComparer.Ordinal);
    private readonly Lazy<OpenedPackage> _package;
    private readonly Lazy<RoomAbout> _about;
    private readonly Lazy<RoomLog> _log;
    private readonly Lazy<IReadOnlyList<RoomEvidence>> _evidence;
    private readonly Lazy<PackedDeviations?> _deviations;

    public RoomContents(DataFolder data)
    {
        IsRoom = data.IsRoom;
        _about = new(() => RoomAbout.Of(data.Path));
        _package = new(() => OpenedPackage.Open(MakeRoom.KeptIn(data)));
        _log = new(() => RoomLog.Of(Package.Log));
        _evidence = new(() => [.. Package.Index().Select(RoomEvidence.Of)]);
        _deviations = new(() => Package.TryRead(PackedDeviations.Json) is { } bytes ? PackedDeviations.Parse(bytes) : null);
    }

    /// <summary>Whether this installation is a room; nothing else may be asked of one that is none.</summary>
    public bool IsRoom { get; }

    public RoomAbout About => _about.Value;

    public OpenedPackage Package => _package.Value;

    public RoomLog Log => _log.Value;

    /// <summary>In the order of the log.</summary>
    public IReadOnlyList<RoomEvidence> Evidence => _evidence.Value;

    /// <summary>Management's own list; null when none came with the package.</summary>
    public PackedDeviations? Deviations => _deviations.Value;

    /// <summary>Only such a sample can be given to the company: it has the others.</summary>
    public bool WasDrawnHere(DrawnSample sample) => IsRoom && sample.DrawnAt >= About.MadeAt;

    /// <summary>The raw bytes that told of a row when it was frozen; null when they are not in the package, and outside of a room.</summary>
    /// <param name="row">Its number, from 1.</param>
    public Pointer? EvidenceOf(string population, int row) => !IsRoom ? null : _rows.GetOrAdd(population, ReadRows).GetValueOrDefault(row);

    private Dictionary<int, Pointer> ReadRows(string population) =>
        Package.TryRead($"{Plainproof.Evidence.Package.Populations}{population}/{PopulationOrigin.File}") is { } bytes ? PopulationOrigin.Parse(bytes).Rows.ToDictionary(row => row.Row, row => new Pointer(Digest.Parse(row.Blob), row.Path)) : [];

    public void Dispose()
    {
        if (_package.IsValueCreated)
            _package.Value.Dispose();
    }
}
