using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Plainproof.Cli;
using Plainproof.Features.Interview;

namespace Plainproof.Features.Api;

/// <summary>
/// What a request sends as JSON. It is held to the letter, and everything that is wrong is told at once: members that are not known, that are
/// missing, and that hold something else than they should.
/// </summary>
internal sealed record Sent<T>(T Value) : IEndpointParameterMetadataProvider where T : class
{
    private const string MediaType = "application/json";

    /// <exception cref="UnreadableBody">It is no JSON object.</exception>
    /// <exception cref="BadInput">Every problem at once.</exception>
    public static async ValueTask<Sent<T>?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        if (!context.Request.HasJsonContentType())
            throw new WrongMediaType([MediaType]);
        return new Sent<T>(Read(await DocumentAsync(context)));
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(new AcceptsMetadata([MediaType], typeof(T)));

    private static async Task<JsonElement> DocumentAsync(HttpContext context)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(context.Request.Body, new JsonDocumentOptions { MaxDepth = ApiJson.Options.MaxDepth }, context.RequestAborted);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : throw new UnreadableBody("The body is JSON, but no object. Send { ... }.");
        }
        catch (JsonException e)
        {
            throw new UnreadableBody($"The body is no JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.");
        }
    }

    private static T Read(JsonElement sent)
    {
        var known = ApiJson.Options.GetTypeInfo(typeof(T)).Properties;
        List<string> problems =
        [
            .. sent.EnumerateObject().GroupBy(member => member.Name, StringComparer.Ordinal).SelectMany(member => ProblemsOf(member, known)),
            .. known.Where(property => property.AssociatedParameter is { HasDefaultValue: false } && !sent.TryGetProperty(property.Name, out _)).Select(property => $"'{property.Name}' is missing."),
        ];
        if (problems.Count > 0)
            throw new BadInput(problems);
        return sent.Deserialize<T>(ApiJson.Options)!;
    }

    private static IEnumerable<string> ProblemsOf(IGrouping<string, JsonProperty> member, IList<JsonPropertyInfo> known)
    {
        if (member.Count() > 1)
            yield return $"'{member.Key}' is there {member.Count()} times.";
        else if (known.FirstOrDefault(property => property.Name == member.Key) is not { } property)
            yield return $"'{member.Key}' is not known here.{(Nearest.To(member.Key, [.. known.Select(one => one.Name)]) is { } near ? $" Did you mean '{near}'?" : $" Known are: {string.Join(", ", known.Select(one => one.Name))}.")}";
        else if (ProblemOf(member.Single().Value, property) is { } problem)
            yield return problem;
    }

    private static string? ProblemOf(JsonElement value, JsonPropertyInfo property)
    {
        if (value.ValueKind == JsonValueKind.Null)
            return property.IsSetNullable ? null : $"'{property.Name}' is null and must not be.";
        try
        {
            value.Deserialize(property.PropertyType, ApiJson.Options);
            return null;
        }
        catch (JsonException e)
        {
            return $"'{property.Name}'{(e.Path is { Length: > 1 } path ? $" at {path}" : "")} {Expected(property.PropertyType)}.{(e.Message.Contains("could not be mapped", StringComparison.Ordinal) ? $" {e.Message.Split(" Path:")[0]}" : "")}";
        }
    }

    private static string Expected(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var one when one.IsEnum => $"must be one of: {string.Join(", ", Enum.GetNames(one).Select(JsonNamingPolicy.CamelCase.ConvertName))}",
        var one when one == typeof(DateOnly) => "must be a day, such as \"2027-03-31\"",
        var one when one == typeof(Guid) => "must be a UUID, such as \"0193a1f2-6f0e-7a54-9c3e-1f2a3b4c5d6e\"",
        var one when one == typeof(string) => "must be a text",
        var one when one == typeof(long) || one == typeof(int) => "must be a whole number",
        var one when one == typeof(DateTimeOffset) => "must be a time, such as \"2027-03-31T14:05:00Z\"",
        _ => "does not have the form that is asked for",
    };
}

/// <summary>The body is not what its media type says.</summary>
internal sealed class UnreadableBody(string problem) : Exception(problem);

/// <summary>The content is of a kind that the address does not take.</summary>
internal sealed class WrongMediaType(IReadOnlyList<string> taken) : Exception("The kind of the content is not taken here.")
{
    public IReadOnlyList<string> Taken { get; } = taken;
}
