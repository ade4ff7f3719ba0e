using Plainproof.Catalog;
using Plainproof.Checks;
using Plainproof.Evidence;
using Plainproof.Features.EvidenceFiles;
using Plainproof.Features.Populations;

namespace Plainproof.Features.Export;

/// <summary>What people of the company said about sealed files, by their digests.</summary>
/// <param name="Given">Digests of what belongs to the engagement on whichever day it came: given for a request, or told of a frozen row.</param>
internal sealed record KnownFiles(ILookup<string, EvidenceFile> Files, ILookup<string, EvidenceLink> Links, IReadOnlyDictionary<string, FrozenPopulation> Populations, IReadOnlySet<string> Given)
{
    /// <param name="digests">Of evidence that belongs to the package whenever it came.</param>
    public KnownFiles With(IEnumerable<string> digests) => this with { Given = Given.Union(digests).ToHashSet(StringComparer.Ordinal) };
}

/// <summary>What goes into a package, out of one reading of the log from its first entry to its last.</summary>
internal sealed class PackagePlan(PackageDays days, KnownFiles known, Catalogue catalogue, IReadOnlyList<CheckInfo> checks)
{
    private readonly HashSet<string> _expired = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<string>> _controlsOfScope = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<string>> _controlsOfAspects = new(StringComparer.Ordinal);
    private List<PackageItem> _items = [];

    /// <summary>In the order of the log.</summary>
    public IReadOnlyList<PackageItem> Items => _items;

    /// <summary>Of everything in <see cref="Items"/>.</summary>
    public IReadOnlySet<string> Digests { get; private set; } = new HashSet<string>();

    public List<PackageStamp> Stamps { get; } = [];

    /// <summary>Populations with the entry that froze each.</summary>
    public List<(FrozenPopulation Frozen, byte[] Entry)> Populations { get; } = [];

    /// <summary>The newest entry that tells how the engagement stands; null without one.</summary>
    public (long Seq, byte[] Entry)? Frame { get; private set; }

    /// <summary>The latest time that any entry claims: the moment that the package stands at, whenever it is written.</summary>
    public DateTimeOffset Newest { get; private set; }

    /// <exception cref="EvidenceException">The files of the log are damaged.</exception>
    public static PackagePlan Of(LogCut log, PackageDays days, KnownFiles known, IReadOnlyList<ICheck> checks)
    {
        var plan = new PackagePlan(days, known, Catalogue.Shipped, [.. checks.Select(check => check.Info)]);
        plan.Read(log);
        return plan;
    }

    private void Read(LogCut log)
    {
        foreach (var logged in log.Entries())
        {
            using var entry = new ReadEntry(logged);
            Add(entry);
        }

        _items = [.. _items.Where(item => !_expired.Contains(item.Digest.ToString()))];
        Digests = _items.Select(item => item.Digest.ToString()).ToHashSet(StringComparer.Ordinal);
        Populations.RemoveAll(one => _expired.Contains(one.Frozen.Digest));
    }

    private void Add(ReadEntry entry)
    {
        Newest = entry.At > Newest ? entry.At : Newest;
        _expired.UnionWith(entry.Expired);
        if (entry.Kind == "anchor")
            Stamps.Add(new PackageStamp(entry.Seq, entry.Number("size"), entry.Text("authority")!, entry.Text("stampedAt")!));
        if (days.Engagement is { } engagement && PackageFrame.Tells(entry, engagement.Id))
            Frame = (entry.Seq, entry.Body.ToArray());
        foreach (var digest in entry.Blobs.Where(digest => Belongs(entry, digest)))
            if (Hash.TryParseHex(digest, out var hash))
                AddItem(entry, hash, digest);
    }

    private void AddItem(ReadEntry entry, Hash hash, string digest)
    {
        if (known.Populations.GetValueOrDefault(digest) is { } frozen)
            Populations.Add((frozen, entry.Body.ToArray()));
        var controls = ControlsOf(entry, digest);
        _items.Add(new PackageItem(
            entry.Seq, entry.Kind, hash, entry.Claimed, entry.Text("scope") ?? entry.Text("by") ?? "", controls,
            [.. controls.Where(catalogue.By.Control.Has).SelectMany(id => catalogue.By.Control[id].Criteria).Distinct().Order(StringComparer.Ordinal)], NameOf(entry, digest)));
    }

    /// <summary>Whether the evidence lies in the days. A file speaks of the days that were said of it.</summary>
    private bool Belongs(ReadEntry entry, string digest)
    {
        if (known.Populations.GetValueOrDefault(digest) is { } frozen)
            return days.Engagement is null || frozen.Engagement == days.Engagement.Id || (frozen.Engagement is null && frozen.FirstDay >= days.First && frozen.LastDay <= days.Last);
        return known.Given.Contains(digest) || (known.Files[digest].FirstOrDefault() is { CoversFrom: { } from, CoversTo: { } to } ? days.Hold(from, to) : days.Hold(entry.SpeaksOf));
    }

    private IReadOnlyList<string> ControlsOf(ReadEntry entry, string digest) => entry.Kind == "evidence.collected"
        ? ControlsOfCollection(entry)
        : [.. known.Files[digest].SelectMany(file => known.Links[file.Id]).Select(link => About.Parse(link.About)).Where(about => about is { IsGap: false }).Select(about => about!.Value.Id).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The controls whose checks read what was read. The first entry of a collection tells its aspects; those of its other parts follow it.</summary>
    private IReadOnlyList<string> ControlsOfCollection(ReadEntry entry)
    {
        var scope = entry.Text("scope") ?? "";
        if (entry.Aspects.ToList() is { Count: > 0 } told)
            _controlsOfScope[scope] = Reading(told);
        return _controlsOfScope.GetValueOrDefault(scope, []);
    }

    /// <summary>Computed once: most collections read the same as the one before.</summary>
    private IReadOnlyList<string> Reading(List<string> aspects)
    {
        var key = string.Join(' ', aspects);
        if (!_controlsOfAspects.TryGetValue(key, out var controls))
            _controlsOfAspects.Add(key, controls = [.. checks.Where(check => check.Reads.Intersect(aspects).Any()).SelectMany(check => check.Controls).Distinct().Order(StringComparer.Ordinal)]);
        return controls;
    }

    private string NameOf(ReadEntry entry, string digest) =>
        known.Populations.GetValueOrDefault(digest) is { } frozen ? $"{frozen.Kind}, {frozen.FirstDay:yyyy-MM-dd} to {frozen.LastDay:yyyy-MM-dd}"
        : known.Files[digest].FirstOrDefault()?.FileName ?? entry.Text("name") ?? "";
}
