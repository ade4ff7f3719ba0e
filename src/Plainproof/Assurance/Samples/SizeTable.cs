using System.Globalization;
using System.Text.Json;

namespace Plainproof.Assurance.Samples;

/// <summary>How often a control is done, as a sampling table tells it apart.</summary>
internal enum SampledRhythm
{
    Yearly,
    HalfYearly,
    Quarterly,
    Monthly,
    Weekly,
    Daily,
    ManyTimesADay,
    Setting,
}

/// <summary>
/// How many items an auditor takes of how many. No standard sets these sizes: each firm has its own, so an engagement has the firm's table,
/// and these are only where it starts. Pure.
/// </summary>
/// <param name="Sizes">For each rhythm, the items taken.</param>
internal sealed record SizeTable(IReadOnlyDictionary<SampledRhythm, int> Sizes)
{
    public const int Most = 1_000;
    private const double Rounding = 1e-9;

    /// <summary>What is usual over twelve months.</summary>
    public static SizeTable Usual { get; } = new(new Dictionary<SampledRhythm, int>
    {
        [SampledRhythm.Yearly] = 1,
        [SampledRhythm.HalfYearly] = 2,
        [SampledRhythm.Quarterly] = 2,
        [SampledRhythm.Monthly] = 3,
        [SampledRhythm.Weekly] = 8,
        [SampledRhythm.Daily] = 25,
        [SampledRhythm.ManyTimesADay] = 40,
        [SampledRhythm.Setting] = 1,
    });

    /// <param name="text">As <see cref="ToText"/> gives it; empty for what is usual.</param>
    public static SizeTable Parse(string text) => text.Length == 0 ? Usual : new(JsonSerializer.Deserialize<Dictionary<SampledRhythm, int>>(text)!);

    public string ToText() => JsonSerializer.Serialize(Sizes);

    /// <summary>How many to take of a list in which each item is one time that the control was done.</summary>
    public int Of(SampledRhythm rhythm, int items) => Math.Min(items, Sizes[rhythm]);

    /// <summary>
    /// The smallest sample that would show at least one deviation with this confidence, if so large a part of the list deviated:
    /// drawn without putting back.
    /// </summary>
    /// <param name="tolerable">The part of the items that may deviate, from 0 to 1.</param>
    /// <param name="confidence">From 0 to 1.</param>
    public static int Needed(int items, double tolerable, double confidence)
    {
        var deviating = (int)Math.Ceiling(tolerable * items);
        if (items == 0 || deviating == 0)
            return items;
        var unseen = 1.0;
        for (var taken = 0; taken < items; taken++)
        {
            if (unseen <= 1 - confidence + Rounding)
                return taken;
            unseen *= Math.Max(0.0, items - deviating - taken) / (items - taken);
        }

        return items;
    }

    /// <summary>What a clean sample of a long list says, in words.</summary>
    public static string Basis(int taken) => taken switch
    {
        0 => "nothing",
        _ => string.Create(CultureInfo.InvariantCulture, $"with nine chances in ten, fewer than {Math.Ceiling((1 - Math.Pow(0.1, 1.0 / taken)) * 100):0} in 100 items deviate"),
    };
}
