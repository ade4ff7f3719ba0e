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
    private const double Usually = 0.9;
    private const int DaysAYear = 365;

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

    /// <summary>
    /// The smallest sample that would show at least one deviation with this confidence, if so large a part of the list deviated:
    /// drawn without putting back.
    /// </summary>
    /// <param name="tolerable">The part of the items that may deviate, from 0 to 1.</param>
    /// <param name="confidence">From 0 to 1.</param>
    public static int Needed(int items, double tolerable, double confidence)
    {
        var deviating = (int)Math.Ceiling(tolerable * items);
        var taken = deviating == 0 ? items : 0;
        while (taken < items && Unseen(items, deviating, taken) > 1 - confidence + Rounding)
            taken++;
        return taken;
    }

    /// <summary>What a sample in which nothing deviates says of all the times a control was done in a year, in words.</summary>
    public static string Basis(SampledRhythm rhythm, int taken) => (TimesAYear(rhythm), rhythm) switch
    {
        (_, SampledRhythm.Setting) => "the setting held when it was looked at",
        ({ } times, _) when taken >= times => $"none of the {times} deviates: all were looked at",
        ({ } times, _) => $"with nine chances in ten, at most {MostDeviating(times, taken, Usually)} of {times} deviate",
        _ => string.Create(CultureInfo.InvariantCulture, $"with nine chances in ten, fewer than {Math.Ceiling((1 - Math.Pow(1 - Usually, 1.0 / taken)) * 100):0} in 100 items deviate"),
    };

    /// <summary>What this table takes of so many items, as if the control had been done that often in a year.</summary>
    public int Of(int items) => Math.Min(items, Sizes[RhythmOf(items)]);

    /// <summary>What a sample by chance says of a list, as a sentence.</summary>
    public static string BasisOf(int items, int taken) => taken >= items ? "All items are looked at." : $"If none of these deviates, then with nine chances in ten at most {MostDeviating(items, taken, Usually)} of all {items} do.";

    private static SampledRhythm RhythmOf(int items)
    {
        foreach (var rhythm in Enum.GetValues<SampledRhythm>())
            if (TimesAYear(rhythm) >= items)
                return rhythm;
        return items <= DaysAYear ? SampledRhythm.Daily : SampledRhythm.ManyTimesADay;
    }

    /// <summary>The most that may deviate of a short list, when a sample drawn from it shows none.</summary>
    private static int MostDeviating(int items, int taken, double confidence)
    {
        var most = 0;
        while (Unseen(items, most + 1, taken) > 1 - confidence + Rounding)
            most++;
        return most;
    }

    /// <summary>The chance that a sample drawn without putting back shows none of those that deviate.</summary>
    private static double Unseen(int items, int deviating, int taken)
    {
        var chance = 1.0;
        for (var drawn = 0; drawn < taken; drawn++)
            chance *= Math.Max(0.0, items - deviating - drawn) / (items - drawn);
        return chance;
    }

    /// <summary>Null where the list is long, or there is none.</summary>
    private static int? TimesAYear(SampledRhythm rhythm) => rhythm switch
    {
        SampledRhythm.Yearly => 1,
        SampledRhythm.HalfYearly => 2,
        SampledRhythm.Quarterly => 4,
        SampledRhythm.Monthly => 12,
        SampledRhythm.Weekly => 52,
        _ => null,
    };
}
