using Plainproof.Facts;

namespace Plainproof.Assurance.Populations.Lists;

/// <summary>A population of things that stand for a while: each one that was there at some moment of the window.</summary>
internal abstract class StandingPopulation<T> : PopulationKind where T : notnull
{
    public override IReadOnlyList<Aspect> Reads { get; } = [Aspect.Of<T>()];

    public override string Limit => "The time is when Plainproof first saw it, which may be before the window.";

    protected abstract IReadOnlyList<string> Cells(T it);

    protected virtual bool Belongs(T it) => true;

    public override IEnumerable<Item> Items(WindowFacts facts) =>
        from course in facts.Of<T>()
        let told = course.Versions.LastOrDefault(one => one.Version.FirstSeen < facts.Lived.To && (one.Version.ClosedAt is null || one.Version.ClosedAt > facts.Lived.From))
        where told is not null && Belongs(told.Value)
        select new Item(course.Subject, course.FirstSeen, IsDay: false, Cells(told.Value), told.Version, course.GoneAt is { } gone ? $"The source no longer told of it on {Cell.Of(gone)}." : "");
}
