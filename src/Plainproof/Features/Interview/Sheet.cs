using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Plainproof.Features.Interview;

/// <summary>One answers file while it is read: collects its problems, each with its line.</summary>
internal sealed record Sheet(string File, List<AnswersProblem> Problems)
{
    public AnswersProblem Problem(YamlNode at, string what, string mend) => new(File, (int)at.Start.Line, what, mend);

    public void Add(YamlNode at, string what, string mend) => Problems.Add(Problem(at, what, mend));

    /// <summary>A node as a message shows it, never longer than a line.</summary>
    public static string Short(YamlNode node) => node switch
    {
        YamlScalarNode { Value: { Length: > 0 } value } => $"\"{(value.Length > 40 ? value[..40] + "..." : value).ReplaceLineEndings(" ")}\"",
        YamlScalarNode => "(empty)",
        YamlSequenceNode => "(a list)",
        _ => "(names and values)",
    };

    public void OnlyKeys(YamlMappingNode mapping, string[] known)
    {
        foreach (var key in mapping.Children.Keys)
            if (key is not YamlScalarNode { Value: { } name } || !known.Contains(name))
                Add(key, $"{Short(key)} is not known here", Nearest.To(key.ToString(), known) is { } near ? $"Did you mean {near}" : $"Known are {string.Join(", ", known)}");
    }

    public string? Text(YamlMappingNode mapping, string key) =>
        mapping.Children.TryGetValue(key, out var node) && node is YamlScalarNode scalar ? scalar.Value : null;

    /// <summary>A text that people read; null when it is missing or wrong.</summary>
    public string? Words(YamlMappingNode mapping, string key, bool required)
    {
        if (!mapping.Children.TryGetValue(key, out var node))
        {
            if (required)
                Add(mapping, $"{key} is missing", $"Add a line \"{key}: ...\"");
        }
        else if (node is not YamlScalarNode { Value: { } text })
            Add(node, $"{key} is not a text", "Write one text, in quotes when it has a colon");
        else if (AnswerRules.TextProblem(text) is { } problem)
            Add(node, $"{key}: {problem.What}", problem.Mend);
        else
            return text;
        return null;
    }

    public DateOnly? Day(YamlMappingNode mapping, string key, bool required)
    {
        if (mapping.Children.TryGetValue(key, out var node))
            return Day(node, key);
        if (required)
            Add(mapping, $"{key} is missing", $"Add a line \"{key}: 2027-03-31\" with the day the interview began");
        return null;
    }

    public DateOnly? Day(YamlNode node, string name)
    {
        if (node is YamlScalarNode { Value: { } text }
            && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        Add(node, $"{name} is {Short(node)}, which is no day", "Write it as 2027-03-31");
        return null;
    }
}
