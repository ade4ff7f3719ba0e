using Plainproof.Checks;
using Plainproof.Facts;

namespace Plainproof.Assurance.Period;

/// <summary>A look at one aspect of one system.</summary>
internal readonly record struct Look(string Scope, Aspect Aspect, DateTimeOffset At, Completeness State);

/// <summary>What a check said of some subjects of a system for a while; null while it still says so.</summary>
internal readonly record struct Spell(string Check, string Scope, Outcome Outcome, DateTimeOffset From, DateTimeOffset? Until);

/// <summary>One subject that did not meet a check for a while; null while it still does not.</summary>
/// <param name="From">When it was first seen so.</param>
/// <param name="Until">When it was first seen otherwise.</param>
internal sealed record Deviation(string Check, string Scope, string Subject, DateTimeOffset From, DateTimeOffset? Until);

/// <summary>What is stored of a span of time: who looked when, and what was said.</summary>
/// <param name="Looks">Oldest first: those that can count in the span, and the last one before them of each aspect, which tells that it was known.</param>
/// <param name="Deviations">Oldest first.</param>
internal sealed record PeriodFacts(IReadOnlyList<Look> Looks, IReadOnlyList<Spell> Spells, IReadOnlyList<Deviation> Deviations);
