namespace Plainproof.Sources;

/// <summary>Every source in this build, found by folder: a class that is an <see cref="ISource"/> with a constructor that takes nothing, or a clock.</summary>
public sealed class SourceLibrary(TimeProvider clock)
{
    public IReadOnlyList<ISource> All { get; } =
    [
        .. typeof(SourceLibrary).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(ISource)))
            .Select(type => (ISource)Make(type, clock))
            .OrderBy(source => source.Info.Name, StringComparer.Ordinal),
    ];

    public ISource? Find(string name) => All.FirstOrDefault(source => source.Info.Name == name);

    private static object Make(Type type, TimeProvider clock) =>
        type.GetConstructor([typeof(TimeProvider)]) is { } withClock ? withClock.Invoke([clock]) : Activator.CreateInstance(type)!;
}
