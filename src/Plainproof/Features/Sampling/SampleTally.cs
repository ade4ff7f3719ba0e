using System.Text.Json.Nodes;
using Plainproof.Features.Check;

namespace Plainproof.Features.Sampling;

/// <summary>
/// How many samples of one list were drawn in one place when one of them was issued. The entry of the issuing tells it, so that nobody draws unseen
/// until a sample pleases.
/// </summary>
/// <param name="Drawn">All of them, those that go on from another too.</param>
/// <param name="Issued">With the one that is issued.</param>
/// <param name="Dropped">They are never issued.</param>
internal sealed record SampleTally(int Drawn, int Issued, int Dropped)
{
    /// <summary>How the entry and the file call it.</summary>
    public const string Name = "ofThisList";

    public int Open => Drawn - Issued - Dropped;

    /// <param name="drawn">All of the list, the one that is being issued as issued.</param>
    public static SampleTally Of(IReadOnlyCollection<DrawnSample> drawn) => new(drawn.Count, drawn.Count(one => one.IsIssued), drawn.Count(one => one.DroppedAt is not null));

    /// <returns>Null when it is not told, or cannot be so.</returns>
    public static SampleTally? In(JsonObject entry) =>
        entry[Name] is JsonObject told && new SampleTally((int?)told["drawn"] ?? 0, (int?)told["issued"] ?? 0, (int?)told["dropped"] ?? -1) is { Issued: > 0, Dropped: >= 0, Open: >= 0 } tally ? tally : null;

    public JsonObject ToJson() => new() { ["drawn"] = Drawn, ["issued"] = Issued, ["dropped"] = Dropped };

    public string InWords() =>
        $"When it was issued, the auditor's room had drawn {Words.Many(Drawn, "sample")} of this list: {Issued} issued with this one, {Dropped} dropped, {Open} neither.";
}
