using Plainproof.Facts;

namespace Plainproof.Checks;

/// <summary>Every check and derivation in this build, found by folder.</summary>
public static class CheckLibrary
{
    private static readonly Lazy<IReadOnlyList<ICheck>> Found = new(() => [.. Make<ICheck>().OrderBy(check => check.Info.Id, StringComparer.Ordinal)]);
    private static readonly Lazy<IReadOnlyList<IDerivation>> FoundDerivations = new(() => [.. Make<IDerivation>().OrderBy(rule => rule.Name, StringComparer.Ordinal)]);

    public static IReadOnlyList<ICheck> All => Found.Value;

    public static IReadOnlyList<IDerivation> Derivations => FoundDerivations.Value;

    private static IEnumerable<T> Make<T>() => typeof(CheckLibrary).Assembly.GetTypes()
        .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(T)) && type.GetConstructor(Type.EmptyTypes) is not null)
        .Select(type => (T)Activator.CreateInstance(type)!);
}
