using Plainproof.Facts;

namespace Plainproof.Checks.Vulnerabilities;

/// <summary>A serious weakness is not open for longer than the company promises, from the day it was first seen.</summary>
internal sealed class WeaknessesFixedInTime : EachCheck<Weakness>
{
    protected override Func<Dated<Weakness>, Outcome> Prepare(IFacts facts, Given given) => fact =>
        !IsOpen(fact.Value) ? Outcome.NotApplicable
        : Limit(fact.Value, given) is { } days ? PassWhen(Age(fact.Value, fact, given) <= days)
        : fact.Value.Level == WeaknessLevel.Unknown ? Outcome.NeedsReview
        : Outcome.NotApplicable;

    protected override string Say(Weakness it, Dated about, Outcome outcome, Given given) => outcome switch
    {
        Outcome.NotApplicable when !IsOpen(it) => $"{Name(it)} is not open: {State(it)}.",
        Outcome.NotApplicable => $"{Name(it)} is {Level(it)}. There is no time limit for that.",
        Outcome.NeedsReview => $"{it.Tool} gives no level for {Name(it)}. Rate it.",
        _ => $"{Name(it)} is {Level(it)} and open for {Age(it, about, given):0} days; {Limit(it, given):0} are allowed.{Fix(it)}",
    };

    private static bool IsOpen(Weakness it) => it.State is WeaknessState.Open or WeaknessState.Exploitable;

    private static double? Limit(Weakness it, Given given) =>
        it.KnownExploited ? given["exploitedDays"] : it.Level switch
        {
            WeaknessLevel.Critical => given["criticalDays"],
            WeaknessLevel.High => given["highDays"],
            _ => null,
        };

    /// <summary>By the tool when it tells, else from the day we first saw it.</summary>
    private static double Age(Weakness it, Dated about, Given given) => (given.AsOf - (it.FirstSeen ?? about.FirstSeen)).TotalDays;

    private static string Name(Weakness it) => it.Package is null ? $"{it.Id} in {it.Where ?? it.Asset}" : $"{it.Id} in {it.Package} {it.Installed}".TrimEnd();

    private static string Level(Weakness it) => it.KnownExploited ? "used by attackers" : it.Level.ToString().ToLowerInvariant();

    private static string Fix(Weakness it) => it.FixedIn is null ? "" : $" Fixed in {it.FixedIn}.";

    private static string State(Weakness it) => it.State switch
    {
        WeaknessState.Fixed => "it is fixed",
        WeaknessState.NotAffected => "someone says that it does not apply",
        _ => "someone said to leave it out",
    };
}
