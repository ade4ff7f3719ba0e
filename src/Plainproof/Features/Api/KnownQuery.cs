using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Plainproof.Cli;
using Plainproof.Features.Interview;

namespace Plainproof.Features.Api;

/// <summary>A filter of an address takes one of these words.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class OneOfAttribute(params string[] words) : Attribute
{
    public OneOfAttribute(Type words)
        : this([.. Enum.GetNames(words).Select(JsonNamingPolicy.CamelCase.ConvertName)])
    {
    }

    public IReadOnlyList<string> Words { get; } = words;
}

/// <summary>Refuses what an address asks and the operation does not know: a filter that was misspelled must not give everything.</summary>
internal static class KnownQuery
{
    public static EndpointFilterDelegate Hold(EndpointFilterFactoryContext operation, EndpointFilterDelegate next)
    {
        var parameters = operation.MethodInfo.GetParameters().Where(parameter => IsSimple(parameter.ParameterType)).ToDictionary(parameter => parameter.Name!, Filter.Of, StringComparer.Ordinal);
        return call =>
        {
            var request = call.HttpContext.Request;
            var known = parameters.Where(one => !request.RouteValues.ContainsKey(one.Key)).ToDictionary(StringComparer.Ordinal);
            List<string> problems = [.. request.Query.Select(asked => Problem(asked.Key, asked.Value, known)).OfType<string>()];
            return problems.Count == 0 ? next(call) : throw new BadInput(problems);
        };
    }

    private static string? Problem(string name, StringValues values, Dictionary<string, Filter> known)
    {
        if (known.Count == 0)
            return $"'{name}' is not known: this address takes nothing after a question mark.";
        if (!known.TryGetValue(name, out var filter))
            return $"'{name}' is not known here.{(Nearest.To(name, known.Keys) is { } near ? $" Did you mean '{near}'?" : $" Known are: {string.Join(", ", known.Keys)}.")}";
        if (values.Count > 1)
            return $"'{name}' is there {values.Count} times. Give it once.";
        return filter.Takes(values.ToString()) ? null : $"'{name}' is '{values}'. It must be {filter.Wanted}.";
    }

    private static bool IsSimple(Type type) => type == typeof(string) || (type.IsValueType && type != typeof(CancellationToken));

    /// <param name="Wanted">What it takes, to stand after "must be".</param>
    private sealed record Filter(string Wanted, Func<string, bool> Takes)
    {
        private static readonly Dictionary<Type, Filter> ByType = new()
        {
            [typeof(string)] = new("text", _ => true),
            [typeof(int)] = new("a whole number", text => int.TryParse(text, CultureInfo.InvariantCulture, out _)),
            [typeof(long)] = new("a whole number", text => long.TryParse(text, CultureInfo.InvariantCulture, out _)),
            [typeof(bool)] = new("true or false", text => bool.TryParse(text, out _)),
            [typeof(DateOnly)] = new("a day, such as 2026-03-31", text => DateOnly.TryParse(text, CultureInfo.InvariantCulture, out _)),
        };

        public static Filter Of(ParameterInfo parameter) =>
            parameter.GetCustomAttribute<OneOfAttribute>()?.Words is { } words ? new($"one of: {string.Join(", ", words)}", words.Contains)
            : ByType[Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType];
    }
}
