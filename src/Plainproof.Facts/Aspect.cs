using System.Collections.Frozen;
using System.Reflection;

namespace Plainproof.Facts;

/// <summary>
/// Attributes that are permitted, read and change together, such as <c>account.activity</c>.
/// Reads, permissions, completeness and versions are per aspect.
/// </summary>
public readonly record struct Aspect(string Name)
{
    /// <summary>The aspect that the kind <typeparamref name="T"/> carries.</summary>
    public static Aspect Of<T>() => OfKind<T>.Aspect;

    public override string ToString() => Name;

    private static class OfKind<T>
    {
        internal static readonly Aspect Aspect = new(
            typeof(T).GetCustomAttribute<KindAttribute>()?.Aspect
            ?? throw new InvalidOperationException($"{typeof(T).Name} is not a kind of fact: it has no [Kind] attribute."));
    }
}

/// <summary>Marks a record as the value of one aspect. The record is found by this mark; there is no list to edit.</summary>
/// <param name="aspect">Dotted lower-case name: <c>thing.attributes</c>.</param>
/// <param name="plain">What it holds, in plain words, for people who look at permissions and coverage.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class KindAttribute(string aspect, string plain) : Attribute
{
    public string Aspect { get; } = aspect;

    public string Plain { get; } = plain;
}

/// <summary>Every kind of fact this build knows, found by folder.</summary>
public static class Kinds
{
    private static readonly FrozenDictionary<string, Type> ByAspect = typeof(Kinds).Assembly.GetTypes()
        .Select(type => (type, mark: type.GetCustomAttribute<KindAttribute>()))
        .Where(found => found.mark is not null)
        .ToFrozenDictionary(found => found.mark!.Aspect, found => found.type, StringComparer.Ordinal);

    public static IEnumerable<Aspect> All => ByAspect.Keys.Order(StringComparer.Ordinal).Select(name => new Aspect(name));

    /// <summary>The record type of an aspect, or null when this build does not know the aspect.</summary>
    public static Type? TypeOf(Aspect aspect) => ByAspect.GetValueOrDefault(aspect.Name);

    public static string PlainOf(Aspect aspect) =>
        TypeOf(aspect)?.GetCustomAttribute<KindAttribute>()?.Plain ?? aspect.Name;
}
