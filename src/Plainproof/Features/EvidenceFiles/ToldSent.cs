using System.Text.Json;
using System.Text.Json.Nodes;
using Plainproof.Cli;
using Plainproof.Features.Interview;

namespace Plainproof.Features.EvidenceFiles;

/// <summary>What is said about a file as JSON, handed on as if it had been typed into the form, so that one place proves it.</summary>
internal static class ToldSent
{
    public static Func<string, string?> Fields(Told told) => name => FileField.All.First(field => field.Name == name).In(told);

    /// <exception cref="BadInput">It is no JSON object, or has members that are not known.</exception>
    public static Func<string, string?> Parse(string json)
    {
        if (json.Length == 0)
            return _ => null;
        try
        {
            if (JsonNode.Parse(json) is not JsonObject told)
                throw new BadInput("'told' is JSON, but no object. Send { ... }.");
            var names = FileField.All.Select(field => field.Name).ToList();
            List<string> unknown = [.. told.Select(member => member.Key).Where(name => !names.Contains(name)).Select(name =>
                $"'{name}' is not known in 'told'.{(Nearest.To(name, names) is { } near ? $" Did you mean '{near}'?" : $" Known are: {string.Join(", ", names)}.")}")];
            return unknown.Count == 0 ? name => told[name]?.ToString() : throw new BadInput(unknown);
        }
        catch (JsonException)
        {
            throw new BadInput("'told' is no JSON.");
        }
    }
}
