using Plainproof.Facts;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Plainproof.Checks.Own;

/// <summary>What is wrong in a check file, and where.</summary>
public sealed record OwnCheckProblem(string File, long Line, string What)
{
    public override string ToString() => $"{File}:{Line}: {What}";
}

/// <summary>
/// A company's own checks, written in YAML, one or more documents a file, compiled to the same delegates as the library's.
/// The form is described in <c>docs/manual/own-checks.md</c>.
/// </summary>
public static class OwnChecks
{
    /// <summary>Reads one file. When there is any problem no check of the file is used.</summary>
    public static (IReadOnlyList<ICheck> Checks, IReadOnlyList<OwnCheckProblem> Problems) Read(string file, TextReader text)
    {
        var problems = new List<OwnCheckProblem>();
        var checks = new List<ICheck>();
        foreach (var document in Documents(file, text, problems))
        {
            if (document.RootNode is YamlMappingNode root)
                Compile(file, root, checks, problems);
            else
                problems.Add(new OwnCheckProblem(file, document.RootNode.Start.Line, "A check is a list of 'name: value' lines. Start with 'id:'."));
        }

        var repeated = checks.GroupBy(check => check.Info.Id).Where(group => group.Count() > 1).Select(group => new OwnCheckProblem(file, 1, $"The id '{group.Key}' is used {group.Count()} times. Give each check its own."));
        problems.AddRange(repeated);
        return problems.Count == 0 ? (checks, problems) : ([], problems);
    }

    private static List<YamlDocument> Documents(string file, TextReader text, List<OwnCheckProblem> problems)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(text);
        }
        catch (YamlException e)
        {
            problems.Add(new OwnCheckProblem(file, e.Start.Line, $"This is not YAML: {e.Message} Check the indentation and the quotes."));
        }

        if (problems.Count == 0 && stream.Documents.Count == 0)
            problems.Add(new OwnCheckProblem(file, 1, "The file is empty. Write a check, or remove the file."));
        return problems.Count == 0 ? [.. stream.Documents] : [];
    }

    private static void Compile(string file, YamlMappingNode root, List<ICheck> checks, List<OwnCheckProblem> problems)
    {
        var before = problems.Count;
        var form = new OwnCheckForm(file, root, problems);
        var info = form.Info();
        if (form.Kind is { } kind)
        {
            var check = (ICheck)Activator.CreateInstance(typeof(OwnCheck<>).MakeGenericType(kind), info, form)!;
            if (problems.Count == before)
                checks.Add(check);
        }
    }
}

/// <summary>One check from a file, over one kind of fact.</summary>
internal sealed class OwnCheck<T> : ICheck where T : notnull
{
    private readonly Func<T, Given, Outcome> _judge;
    private readonly Func<T, string> _say;

    public OwnCheck(CheckInfo info, OwnCheckForm form)
    {
        Info = info;
        _judge = form.Verdict<T>();
        _say = form.Sentence<T>();
    }

    public CheckInfo Info { get; }

    public void Evaluate(IFacts facts, Given given, Findings into) => into.JudgeEach(facts.Of<T>(), fact => _judge(fact.Value, given));

    public string Say(in Result result, Given given) => _say(((Dated<T>)result.About!).Value);
}
