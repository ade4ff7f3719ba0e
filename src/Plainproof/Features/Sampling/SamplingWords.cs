using Plainproof.Assurance.Samples;

namespace Plainproof.Features.Sampling;

/// <summary>How samples and ticks are said.</summary>
internal static class SamplingWords
{
    public static string Of(SampleMethod method) => method switch
    {
        SampleMethod.Random => "by chance",
        SampleMethod.Systematic => "at even steps",
        SampleMethod.Targeted => "named by the auditor",
        _ => "all items",
    };

    public static string Explained(SampleMethod method) => method switch
    {
        SampleMethod.Random => "By chance: every item has the same chance",
        SampleMethod.Systematic => "At even steps, from a start by chance",
        SampleMethod.Targeted => "I name the rows",
        _ => "All items",
    };

    public static string Of(DrawnSample sample) => sample switch
    {
        { DroppedAt: not null } => "dropped",
        { IssuedAt: not null } => "issued",
        _ => "not issued yet",
    };

    public static string ClassOf(DrawnSample sample) => sample switch
    {
        { DroppedAt: not null } => "",
        { IssuedAt: not null } => "good",
        _ => "attention",
    };

    public static string Of(Tick tick) => tick switch
    {
        Tick.NoException => "no exception",
        Tick.Deviation => "deviation",
        Tick.NotApplicable => "not applicable",
        _ => "open",
    };
}
