using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Plainproof.Facts;
using YamlDotNet.RepresentationModel;

namespace Plainproof.Checks.Own;

/// <summary>One check as written; collects every problem with its line.</summary>
internal sealed partial class OwnCheckForm
{
    private static readonly string[] Known = ["id", "title", "over", "when", "pass", "say", "severity", "criteria", "controls", "why", "fix", "hours", "cost", "who", "doesNotProve"];

    private readonly string _file;
    private readonly YamlMappingNode _root;
    private readonly List<OwnCheckProblem> _problems;

    public OwnCheckForm(string file, YamlMappingNode root, List<OwnCheckProblem> problems)
    {
        (_file, _root, _problems) = (file, root, problems);
        foreach (var key in root.Children.Keys.OfType<YamlScalarNode>().Where(key => !Known.Contains(key.Value)))
            Problem(key, $"There is no '{key.Value}' in a check.{Nearest.Words(key.Value!, Known)}");
        Kind = FindKind();
        if (Node("pass") is null)
            Problem(root, "'pass' is needed: what must hold, such as  pass: { enabled: false }");
    }

    /// <summary>The record type of the facts that the check is over; null when the file does not name a known one.</summary>
    public Type? Kind { get; }

    public CheckInfo Info()
    {
        var id = Text("id", "a short name of your own, such as  id: our-laptops-locked");
        if (id.Length > 0 && !Id().IsMatch(id))
            Problem(Node("id")!, $"The id '{id}' may hold lower-case letters, digits and dashes only.");
        var title = Text("title", "what holds when it passes, in one sentence");
        return new CheckInfo(
            id, 1, title, CheckKind.State, Judges.Each, SeverityOf(), [Text("over", "")], Criteria(), Texts("controls"), [],
            new GapWords(title.Length == 0 ? id : $"Not so everywhere: {title}", TextOr("why", "Your company decided that this must hold."), Fix(), SpanOf("hours"), SpanOf("cost"), TextOr("who", "Control owner")),
            TextOr("doesNotProve", "More than the one sentence of this check."));
    }

    public Func<T, Given, Outcome> Verdict<T>() => OwnConditions.Compile<T>(Conditions("when"), Conditions("pass"), Problem);

    private YamlMappingNode? Conditions(string name)
    {
        var node = Node(name);
        if (node is not (null or YamlMappingNode))
            Problem(node, $"'{name}' is a list of conditions, such as  {name}: {{ enabled: true }}");
        return node as YamlMappingNode;
    }

    /// <summary>Renders <c>say</c>, putting the fact's values where it names them in braces.</summary>
    public Func<T, string> Sentence<T>()
    {
        var template = TextOr("say", TextOr("title", ""));
        var parts = Braces().Split(template);
        var properties = new PropertyInfo?[parts.Length];
        for (var i = 1; i < parts.Length; i += 2)
            if ((properties[i] = OwnConditions.Property<T>(parts[i])) is null)
                Problem(Node("say")!, $"'{{{parts[i]}}}' is nothing that {Facts.Aspect.Of<T>()} has.{Nearest.Words(parts[i], OwnConditions.Names<T>())}");
        return it => string.Concat(parts.Select((part, i) => properties[i] is { } property ? Show(property.GetValue(it)) : part));
    }

    private static string Show(object? value) => value switch
    {
        null => "nothing",
        bool yes => yes ? "yes" : "no",
        DateTimeOffset at => at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        System.Collections.IEnumerable many and not string => string.Join(", ", many.Cast<object>()),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private Type? FindKind()
    {
        if (Text("over", "the kind of fact to look at, such as  over: account.core") is not { Length: > 0 } name)
            return null;
        var kind = Kinds.TypeOf(new Aspect(name));
        if (kind is null)
            Problem(Node("over")!, $"There is no kind of fact '{name}'.{Nearest.Words(name, Kinds.All.Select(aspect => aspect.Name))}");
        return kind;
    }

    private Severity SeverityOf()
    {
        if (Node("severity") is not YamlScalarNode node)
            return Severity.Medium;
        if (Enum.TryParse<Severity>(node.Value, ignoreCase: true, out var severity) && !int.TryParse(node.Value, out _))
            return severity;
        Problem(node, $"The severity '{node.Value}' must be low, medium, high or critical.");
        return Severity.Medium;
    }

    private List<Edge> Criteria()
    {
        var edges = new List<Edge>();
        foreach (var node in (Node("criteria") as YamlSequenceNode)?.Children ?? [])
        {
            var map = node as YamlMappingNode;
            var id = (map is null ? node as YamlScalarNode : Child(map, "id"))?.Value;
            var strength = map is null ? null : Child(map, "strength")?.Value;
            if (id is null || !Criterion().IsMatch(id))
                Problem(node, "A criterion is an id such as CC6.1, or  { id: CC6.1, strength: direct, why: ... }");
            else if (strength is not (null or "direct" or "supporting"))
                Problem(node, $"The strength '{strength}' must be direct or supporting.");
            else
                edges.Add(new Edge(id, strength == "direct" ? Strength.Direct : Strength.Supporting, (map is null ? null : Child(map, "why")?.Value) ?? "The company says so."));
        }

        if (edges.Count == 0 && _problems.Count == 0)
            Problem(Node("criteria") ?? _root, "'criteria' is needed: which criteria it serves, such as  criteria: [CC6.1]");
        return edges;
    }

    private IReadOnlyList<string> Fix() => Node("fix") is YamlScalarNode one ? [one.Value ?? ""] : Texts("fix") is { Count: > 0 } steps ? steps : ["Change the setting so that the check passes, then run it again."];

    private Span SpanOf(string name)
    {
        if (Node(name) is not YamlScalarNode node)
            return new Span(0, 0);
        if (double.TryParse(node.Value, CultureInfo.InvariantCulture, out var number) && number >= 0)
            return new Span(number, number);
        Problem(node, $"'{name}' is a number, such as  {name}: 2");
        return new Span(0, 0);
    }

    private List<string> Texts(string name)
    {
        var node = Node(name);
        if (node is not (null or YamlSequenceNode))
            Problem(node, $"'{name}' is a list, such as  {name}: [one, two]");
        return [.. ((node as YamlSequenceNode)?.Children ?? []).OfType<YamlScalarNode>().Select(item => item.Value ?? "")];
    }

    private string Text(string name, string help)
    {
        if (Node(name) is YamlScalarNode { Value.Length: > 0 } node)
            return node.Value;
        if (help.Length > 0)
            Problem(Node(name) ?? _root, $"'{name}' is needed: {help}");
        return "";
    }

    private string TextOr(string name, string otherwise) => Node(name) is YamlScalarNode { Value.Length: > 0 } node ? node.Value : otherwise;

    private YamlNode? Node(string name) => _root.Children.TryGetValue(new YamlScalarNode(name), out var node) ? node : null;

    private static YamlScalarNode? Child(YamlMappingNode map, string name) => map.Children.TryGetValue(new YamlScalarNode(name), out var node) ? node as YamlScalarNode : null;

    private void Problem(YamlNode at, string what)
    {
        var problem = new OwnCheckProblem(_file, at.Start.Line, what);
        if (!_problems.Contains(problem))
            _problems.Add(problem);
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]*$")]
    private static partial Regex Id();

    [GeneratedRegex(@"^(CC|A|C|PI|P)\d\.\d+$")]
    private static partial Regex Criterion();

    [GeneratedRegex(@"\{([A-Za-z]+)\}")]
    private static partial Regex Braces();
}
