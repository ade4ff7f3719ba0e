using System.Globalization;
using System.Text.Json;

namespace Plainproof.Catalog;

/// <summary>
/// A JSON object of a catalogue file, read strictly: a member that is missing, of the wrong kind or null becomes a
/// problem, and so does one that nobody asked for. Readers go on after a problem, so that all are told at once; what
/// they return then is not to be used.
/// </summary>
internal sealed class Node
{
    private readonly string _file;
    private readonly string _path;
    private readonly List<Problem> _problems;
    private readonly Dictionary<string, JsonElement> _left = new(StringComparer.Ordinal);

    public Node(string file, string path, JsonElement element, List<Problem> problems)
    {
        (_file, _path, _problems) = (file, path, problems);
        if (element.ValueKind != JsonValueKind.Object)
        {
            Wrong("", "is not an object");
            return;
        }

        foreach (var member in element.EnumerateObject())
            if (!_left.TryAdd(member.Name, member.Value))
                Wrong(member.Name, "is given twice");
    }

    public string Text(string name) => Take(name) is { } value ? AsText(name, value) : Missing(name, "");

    public string? TextOrNull(string name) => TakeOrNull(name) is { } value ? AsText(name, value) : null;

    /// <summary>A string or a number, as text.</summary>
    public string? TextOrNumber(string name) => TakeOrNull(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Number ? value.GetDecimal().ToString(CultureInfo.InvariantCulture) : AsText(name, value);

    public decimal Number(string name) => Take(name) is { } value ? AsNumber(name, value) : Missing(name, 0m);

    public decimal? NumberOrNull(string name) => TakeOrNull(name) is { } value ? AsNumber(name, value) : null;

    public int Whole(string name) => WholeOrNull(name) ?? Missing(name, 0);

    public int? WholeOrNull(string name) => TakeOrNull(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : Wrong(name, "is not a whole number", 0);

    public bool Flag(string name) => Take(name) is not { } value ? Missing(name, false)
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : Wrong(name, "is not true or false", false);

    /// <summary>One of the words of an enum, in camel case.</summary>
    public T Word<T>(string name)
        where T : struct, Enum => Words<T>.Find(Text(name)) ?? Wrong(name, $"is not one of {Words<T>.All}", default(T));

    public IReadOnlyList<T> WordList<T>(string name)
        where T : struct, Enum => [.. TextList(name).Select(text => Words<T>.Find(text) ?? Wrong(name, $"has a word that is not one of {Words<T>.All}", default(T)))];

    public IReadOnlyList<string> TextList(string name) => TextListOrNull(name) ?? Missing<IReadOnlyList<string>>(name, []);

    public IReadOnlyList<string>? TextListOrNull(string name) =>
        TakeOrNull(name) is not { } value ? null : Items(name, value).Select((item, at) => AsText($"{name}[{at}]", item)).ToArray();

    public IReadOnlyList<T> List<T>(string name, Func<Node, T> read)
        where T : class => ListOrNull(name, read) ?? Missing<IReadOnlyList<T>>(name, []);

    public IReadOnlyList<T>? ListOrNull<T>(string name, Func<Node, T> read)
        where T : class => TakeOrNull(name) is not { } value ? null : Items(name, value).Select((item, at) => Read($"{name}[{at}]", item, read)).ToArray();

    public T One<T>(string name, Func<Node, T> read)
        where T : class => Take(name) is { } value ? Read(name, value, read) : Missing<T>(name, null!);

    public T? OneOrNull<T>(string name, Func<Node, T> read)
        where T : class => TakeOrNull(name) is { } value ? Read(name, value, read) : null;

    /// <summary>An object whose members are all texts.</summary>
    public IReadOnlyDictionary<string, string>? TextsOrNull(string name) => OneOrNull(name, node =>
    {
        var texts = node._left.Keys.ToArray();
        return texts.ToDictionary(text => text, node.Text);
    });

    /// <summary>Reads the object and tells of members that nobody asked for.</summary>
    public static T Read<T>(string file, string path, JsonElement element, List<Problem> problems, Func<Node, T> read)
        where T : class
    {
        var node = new Node(file, path, element, problems);
        var thing = read(node);
        foreach (var unknown in node._left.Keys)
            node.Wrong(unknown, "is not a member that this file can have");
        return thing;
    }

    private T Read<T>(string name, JsonElement element, Func<Node, T> read)
        where T : class => Read(_file, $"{_path}.{name}{Named(element)}", element, _problems, read);

    // An id tells a reader more than a place in a list.
    private static string Named(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String ? $" ({id.GetString()})" : "";

    private JsonElement? Take(string name) => _left.Remove(name, out var value) ? value : null;

    private JsonElement? TakeOrNull(string name) => Take(name) is { ValueKind: not JsonValueKind.Null } value ? value : null;

    private string AsText(string name, JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : Wrong(name, "is not a text", "");

    private decimal AsNumber(string name, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) ? number : Wrong(name, "is not a number", 0m);

    private IEnumerable<JsonElement> Items(string name, JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : Wrong<IEnumerable<JsonElement>>(name, "is not a list", []);

    private T Missing<T>(string name, T instead) => Wrong(name, "is missing", instead);

    private T Wrong<T>(string name, string what, T instead)
    {
        Wrong(name, what);
        return instead;
    }

    private void Wrong(string name, string what) =>
        _problems.Add(new(_file, name.Length == 0 ? _path : $"{_path}.{name}", what, $"Compare it with schema/{_file.Replace(".json", ".schema.json", StringComparison.Ordinal)}"));

    private static class Words<T>
        where T : struct, Enum
    {
        private static readonly Dictionary<string, T> Known = Enum.GetValues<T>().ToDictionary(value => JsonNamingPolicy.CamelCase.ConvertName(value.ToString()));

        public static string All => string.Join(", ", Known.Keys);

        public static T? Find(string word) => Known.TryGetValue(word, out var value) ? value : null;
    }
}
