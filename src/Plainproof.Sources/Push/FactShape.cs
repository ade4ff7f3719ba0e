using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Plainproof.Facts;

namespace Plainproof.Sources.Push;

internal enum ShapeKind
{
    Text,
    Moment,
    Day,
    Whole,
    Decimal,
    YesNo,
    Word,
    List,
    Map,
    Thing,
}

/// <summary>What a value may look like, taken from the record type itself, so that words about a mistake fit what is accepted.</summary>
internal sealed class FactShape
{
    private static readonly ConcurrentDictionary<Type, FactShape> Known = new();

    private FactShape(ShapeKind kind, Type type) => (Kind, Type) = (kind, type);

    public ShapeKind Kind { get; }

    public Type Type { get; }

    /// <summary>The words of an enumeration, as written in JSON.</summary>
    public IReadOnlyList<string> Words { get; private init; } = [];

    /// <summary>Of the items of a list or map.</summary>
    public FactShape? Item { get; private init; }

    public IReadOnlyDictionary<string, ShapeProperty> Properties { get; private set; } = new Dictionary<string, ShapeProperty>();

    public string Plain => Kind switch
    {
        ShapeKind.Text => "text in quotes",
        ShapeKind.Moment => "a moment such as \"2026-03-31T09:30:00Z\"",
        ShapeKind.Day => "a day such as \"2026-03-31\"",
        ShapeKind.Whole => "a whole number",
        ShapeKind.Decimal => "a number",
        ShapeKind.YesNo => "true or false",
        ShapeKind.Word => $"one of {string.Join(", ", Words)}",
        ShapeKind.List => "a list in [ ]",
        _ => "an object in { }",
    };

    public static FactShape Of(Type type) => Known.GetOrAdd(type, Make);

    private static FactShape Make(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsEnum)
            return new FactShape(ShapeKind.Word, type) { Words = [.. Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName)] };
        if (Simple(type) is { } simple)
            return new FactShape(simple, type);
        var info = FactJson.Strict.GetTypeInfo(type);
        return info.Kind switch
        {
            JsonTypeInfoKind.Enumerable => new FactShape(ShapeKind.List, type) { Item = Of(info.ElementType!) },
            JsonTypeInfoKind.Dictionary => new FactShape(ShapeKind.Map, type) { Item = Of(info.ElementType!) },
            JsonTypeInfoKind.Object => new FactShape(ShapeKind.Thing, type)
            {
                Properties = info.Properties.ToDictionary(one => one.Name, one => new ShapeProperty(one.PropertyType, one.IsRequired, MayBeNull(one)), StringComparer.Ordinal),
            },
            _ => throw new InvalidOperationException($"{type.Name} cannot be part of a fact: there is no JSON form for it."),
        };
    }

    private static ShapeKind? Simple(Type type) =>
        type == typeof(string) || type == typeof(Digest) ? ShapeKind.Text
        : type == typeof(bool) ? ShapeKind.YesNo
        : type == typeof(DateTimeOffset) ? ShapeKind.Moment
        : type == typeof(DateOnly) ? ShapeKind.Day
        : type == typeof(int) || type == typeof(long) ? ShapeKind.Whole
        : type == typeof(double) || type == typeof(decimal) ? ShapeKind.Decimal
        : null;

    private static bool MayBeNull(JsonPropertyInfo property) =>
        Nullable.GetUnderlyingType(property.PropertyType) is not null
        || (property.AttributeProvider is PropertyInfo info && new NullabilityInfoContext().Create(info).ReadState == NullabilityState.Nullable);
}

internal sealed record ShapeProperty(Type Type, bool Required, bool MayBeNull)
{
    public FactShape Shape => FactShape.Of(Type);
}
