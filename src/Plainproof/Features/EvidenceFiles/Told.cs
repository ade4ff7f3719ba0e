using System.Text.Json;
using System.Text.Json.Serialization;

namespace Plainproof.Features.EvidenceFiles;

internal enum Setting
{
    Production,
    Test,
}

internal enum PictureState
{
    /// <summary>The whole window, as it was captured.</summary>
    Whole,

    /// <summary>Cut, covered in part, or drawn on.</summary>
    Changed,
}

/// <summary>
/// What a person says about a file, all of it optional. It is a claim beside the sealed bytes: when the picture was made, when the thing
/// shown happened, and when we got the file are three times (law 3), and only the last one is ours.
/// </summary>
internal sealed record Told
{
    /// <summary>The day on which the picture, the export or the document was made.</summary>
    public DateOnly? CapturedOn { get; init; }

    /// <summary>The day on which the thing shown happened.</summary>
    public DateOnly? EventOn { get; init; }

    /// <summary>The last day on which it counts.</summary>
    public DateOnly? ExpiresOn { get; init; }

    public string? System { get; init; }

    public Setting? Environment { get; init; }

    /// <summary>The account, tenant, repository or web address that it shows.</summary>
    public string? Account { get; init; }

    /// <summary>The query, the filters or the search behind it.</summary>
    public string? Query { get; init; }

    /// <summary>How many items the system itself counts.</summary>
    public long? Rows { get; init; }

    public long? Pages { get; init; }

    public PictureState? Picture { get; init; }

    public string? Author { get; init; }

    public string? AskedBy { get; init; }

    public string? Approver { get; init; }

    public DateOnly? ApprovedOn { get; init; }

    public string? DoneBy { get; init; }

    public DateOnly? DoneOn { get; init; }

    /// <summary>The people present.</summary>
    public string? People { get; init; }

    /// <summary>Who did the penetration test.</summary>
    public string? Tester { get; init; }

    /// <summary>The service or product that the report is about.</summary>
    public string? Scope { get; init; }

    public string? ReadBy { get; init; }

    /// <summary>Where the proof of the closing lies.</summary>
    public string? Proof { get; init; }

    /// <summary>What a description was made from.</summary>
    public string? Sources { get; init; }

    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public string ToText() => JsonSerializer.Serialize(this, Json);

    public static Told Parse(string text) => JsonSerializer.Deserialize<Told>(text, Json)!;
}
