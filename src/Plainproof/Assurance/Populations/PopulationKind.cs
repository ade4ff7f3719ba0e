using Plainproof.Facts;

namespace Plainproof.Assurance.Populations;

/// <summary>A sort of complete list that an auditor asks for. Pure; found by folder, so there is no list to edit.</summary>
internal abstract class PopulationKind
{
    /// <summary>As it stands in addresses: <c>access-grants</c>. Never changes.</summary>
    public abstract string Id { get; }

    public abstract string Title { get; }

    /// <summary>What is asked for, in words, without a full stop.</summary>
    public abstract string Query { get; }

    /// <summary>What to connect when nothing tells of it.</summary>
    public abstract string Connect { get; }

    /// <summary>Plain words, each once; item, time, system and note stand beside them by themselves.</summary>
    public abstract IReadOnlyList<string> Columns { get; }

    /// <summary>The kinds of facts that the list is made of.</summary>
    public abstract IReadOnlyList<Aspect> Reads { get; }

    /// <summary>What the company's own check and the comparisons read besides.</summary>
    public virtual IReadOnlyList<Aspect> Beside => [];

    /// <summary>What this list cannot tell by its nature; empty when there is nothing to say.</summary>
    public virtual string Limit => "";

    /// <summary>Every item whose event lies in the lived part of the window, in any order.</summary>
    public abstract IEnumerable<Item> Items(WindowFacts facts);

    /// <summary>What the company checks of each item itself; null when it checks nothing.</summary>
    public virtual Func<Item, IEnumerable<Finding>>? Census(Ground ground) => null;

    /// <summary>Lists of other sources that this one is held against, both ways.</summary>
    public virtual IEnumerable<Comparison> Compare(Population population, Ground ground) => [];
}

/// <summary>A population in which each fact tells of one event.</summary>
internal abstract class EventPopulation<T> : PopulationKind where T : notnull
{
    public override IReadOnlyList<Aspect> Reads { get; } = [Aspect.Of<T>()];

    protected virtual bool KnowsOnlyTheDay => false;

    /// <summary>Null when it tells of no event, such as somebody who has not left.</summary>
    protected abstract DateTimeOffset? EventOf(T it, Course<T> course);

    /// <summary>In the order of the columns.</summary>
    protected abstract IReadOnlyList<string> Cells(T it);

    public override IEnumerable<Item> Items(WindowFacts facts) => Events.Of<T>(facts, EventOf, Cells, KnowsOnlyTheDay);

    protected static DateTimeOffset? DayOf(DateOnly? day) => Lasting.MomentOf(day);
}

/// <summary>Every kind of population in this build, found by folder.</summary>
internal static class PopulationKinds
{
    public static IReadOnlyList<PopulationKind> All { get; } =
    [
        .. typeof(PopulationKinds).Assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(PopulationKind)))
            .Select(type => (PopulationKind)Activator.CreateInstance(type)!).OrderBy(kind => kind.Title, StringComparer.Ordinal),
    ];

    public static PopulationKind? Find(string id) => All.FirstOrDefault(kind => kind.Id == id);
}
