using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plainproof.Assurance.Samples;
using Plainproof.Cli;
using Plainproof.Evidence;
using Plainproof.Facts;
using Plainproof.Features.Controls;
using Plainproof.Features.Engagements;
using Plainproof.Features.Export;
using Plainproof.Features.Populations;
using Plainproof.Features.Sampling;
using Plainproof.Storage.Records;
using Engagement = Plainproof.Features.Engagements.Engagement;
using Words = Plainproof.Storage.Words;

namespace Plainproof.Features.Room;

/// <summary>
/// The records of a room, out of its package: the engagement, the wording of controls and the frozen lists as the log tells them, and the samples that were issued. What
/// a page alone shows is read from the package itself.
/// </summary>
internal sealed class RoomRecords(OpenedPackage package, RoomLog log)
{
    private const string Samples = "data/samples/";
    private const string EntryFile = "entry.json";

    /// <summary>What a room needs and an older package lacks.</summary>
    public static IEnumerable<string> Lacking(OpenedPackage package) =>
        package.Has(PackageFrame.File) ? PopulationsOf(package).Select(id => $"{Package.Populations}{id}/{PopulationOrigin.File}").Where(name => !package.Has(name)) : [PackageFrame.File];

    /// <exception cref="BadInput">The package says something else than its log.</exception>
    public IReadOnlyList<CompanyRecord> All()
    {
        var frozen = PopulationsOf(package).Select(Population).ToDictionary(one => one.Id, StringComparer.Ordinal);
        return [Engagement(), .. log.Wordings.Select(Wording), .. frozen.Values, .. package.Names.Where(name => name.StartsWith(Samples, StringComparison.Ordinal) && name.EndsWith(".json", StringComparison.Ordinal) && !name.EndsWith(IssuedSample.Ending, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(name => Sample(name, frozen))];
    }

    public Engagement Engagement()
    {
        var body = package.TryRead(PackageFrame.File) ?? throw Says(PackageFrame.File);
        var (at, it) = Parts(body);
        if (!log.Frames.TryGetValue(Text(it, "engagement"), out var told) || !told.AsSpan().SequenceEqual(body))
            throw Says(PackageFrame.File);
        return new Engagement
        {
            Id = Text(it, "engagement"),
            Title = Text(it, "title"),
            Kind = Words.Parse<EngagementKind>(Text(it, "kind")),
            Begins = Words.Day((string?)it["begins"]),
            Ends = Words.Day(Text(it, "ends"))!.Value,
            Wanted = Words.Day((string?)it["wanted"]),
            HoursPerWeek = (double?)it["hoursPerWeek"] ?? 1,
            Firm = (string?)it["firm"] ?? "",
            Licence = (string?)it["licence"] ?? "",
            PeerReview = (string?)it["peerReview"] ?? "",
            Edition = (string?)it["edition"] ?? "",
            Categories = Text(it, "categories"),
            Sizes = Text(it, "sizes"),
            OpenedAt = at,
            OpenedBy = (string?)it["by"] ?? "",
        };
    }

    /// <summary>The company's own words for its controls, and the controls of its own: a sample says which it is to test.</summary>
    private static ControlVersion Wording(byte[] body)
    {
        var (at, it) = Parts(body);
        return new ControlVersion
        {
            Id = Text(JsonNode.Parse(body)!, "id"),
            ControlId = Text(it, "control"),
            Begins = Words.Day(Text(it, "begins"))!.Value,
            Title = Text(it, "title"),
            Statement = Text(it, "statement"),
            Owner = Text(it, "owner"),
            Frequency = Text(it, "frequency"),
            Criteria = Text(it, "criteria"),
            Why = Text(it, "why"),
            WrittenAt = at,
            WrittenBy = Text(it, "by"),
        };
    }

    private FrozenPopulation Population(string id)
    {
        var name = $"{Package.Populations}{id}/";
        var body = package.TryRead(name + EntryFile) ?? throw Says(name + EntryFile);
        var (at, it) = Parts(body);
        return new FrozenPopulation
        {
            Id = id,
            Kind = Text(it, "kind"),
            Engagement = (string?)it["engagement"],
            FirstDay = Words.Day(Text(it, "first"))!.Value,
            LastDay = Words.Day(Text(it, "last"))!.Value,
            Query = Text(it, "query"),
            RowCount = (long)it["rows"]!,
            Root = Text(it, "root"),
            Digest = Text(it["blobs"]![0]!, "digest"),
            Holes = JsonSerializer.Serialize(it["holes"]!.AsArray().Select(hole => (string?)hole), FactJson.Options),
            Sources = JsonSerializer.Serialize(PopulationOrigin.Parse(package.TryRead(name + PopulationOrigin.File)!).Sources, FactJson.Options),
            AsOf = Time(it, "asOf"),
            FrozenAt = at,
            FrozenBy = Text(it, "by"),
            Entry = Text(JsonNode.Parse(body)!, "id"),
        };
    }

    private DrawnSample Sample(string name, Dictionary<string, FrozenPopulation> frozen)
    {
        var it = JsonNode.Parse(package.TryRead(name)!)!;
        var commitment = new Commitment(Text(it, "salt"), Text(it, "text"));
        if (commitment.Digest != Text(it, "commitment") || !frozen.TryGetValue(Text(it, "population"), out var whose) || whose.Root != Text(it, "root"))
            throw Says(name);
        return new DrawnSample
        {
            Id = Text(it, "id"),
            Population = whose.Id,
            Method = Words.Parse<SampleMethod>(Text(it, "method")),
            Seed = Text(it, "seed"),
            Rows = it["rows"]!.ToJsonString(),
            Extends = (string?)it["extends"],
            Controls = string.Join(' ', it["controls"]!.AsArray().Select(control => (string?)control)),
            Why = Text(it, "why"),
            Secret = commitment.Text,
            Salt = commitment.Salt,
            DrawnAt = Time(it, "drawnAt"),
            DrawnBy = Text(it, "drawnBy"),
            IssuedAt = Time(it, "issuedAt"),
            IssuedBy = Text(it, "issuedBy"),
        };
    }

    private static IEnumerable<string> PopulationsOf(OpenedPackage package) =>
        package.Names.Where(name => name.StartsWith(Package.Populations, StringComparison.Ordinal)).Select(name => name[Package.Populations.Length..].Split('/')[0]).Distinct().Order(StringComparer.Ordinal);

    private static (DateTimeOffset At, JsonNode Predicate) Parts(byte[] body) => JsonNode.Parse(body) is { } entry ? (Time(entry, "at"), entry["predicate"]!) : throw new BadInput("An entry of the log is empty.");

    private static string Text(JsonNode it, string name) => (string?)it[name] ?? throw new BadInput($"The package lacks '{name}' where it has to stand. It was made by another version. Ask the company for a new one.");

    private static DateTimeOffset Time(JsonNode it, string name) => DateTimeOffset.Parse(Text(it, name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    private static BadInput Says(string name) => new($"{name}: this part of the package says something else than its log. Ask the company for a new package.");
}
