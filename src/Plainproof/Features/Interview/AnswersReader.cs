using Plainproof.Catalog;
using YamlDotNet.RepresentationModel;

namespace Plainproof.Features.Interview;

/// <summary>Reads answers.yaml, and tells everything that is wrong with it at once, line by line.</summary>
internal sealed class AnswersReader(QuestionsFile questions, TimeProvider time)
{
    private static readonly string[] FileKeys = ["format", "company", "answeredBy", "date", "answers"];
    private readonly Dictionary<string, Question> _questions = questions.Questions.ToDictionary(one => one.Id, StringComparer.Ordinal);

    public AnswersRead Read(string path)
    {
        var (root, problem) = YamlText.Read(path);
        if (problem is not null)
            return new(null, [problem]);
        var sheet = new Sheet(Path.GetFileName(path), []);
        if (root is not YamlMappingNode file)
            return new(null, [sheet.Problem(root!, "the file is not a list of names and values", "Write company, answeredBy, date and answers, as the interview does")]);
        var answers = ReadFile(file, sheet);
        return new(sheet.Problems.Count == 0 ? answers : null, [.. sheet.Problems.OrderBy(one => one.Line)]);
    }

    private Answers ReadFile(YamlMappingNode file, Sheet sheet)
    {
        sheet.OnlyKeys(file, FileKeys);
        if (sheet.Text(file, "format") is { } format && format != AnswersFile.Format)
            sheet.Add(file.Children["format"], $"the file has format {format}, and this program reads {AnswersFile.Format}", "Use the newer program that wrote it");
        var company = sheet.Words(file, "company", required: true) ?? "";
        var by = sheet.Words(file, "answeredBy", required: true) ?? "";
        var started = sheet.Day(file, "date", required: true) ?? default;
        var reader = new AnswerReader(sheet, started, time.GetUtcNow());
        var given = new Dictionary<string, Answer>(StringComparer.Ordinal);
        foreach (var (id, node) in Entries(file, sheet))
            if (Find(id, node, sheet) is { } question && reader.Read(question, node) is { } answer)
                given[question.Id] = answer;
        return new(company, by, started, given);
    }

    private static IEnumerable<(YamlNode Id, YamlNode Node)> Entries(YamlMappingNode file, Sheet sheet)
    {
        if (!file.Children.TryGetValue("answers", out var node))
            return [];
        if (node is YamlMappingNode answers)
            return answers.Children.Select(one => (one.Key, one.Value));
        if (node is not YamlScalarNode { Value: "" or "{}" or "~" or "null" })
            sheet.Add(node, "answers is not a list of question ids with their answers", "Write one line per question, such as \"G01: written\"");
        return [];
    }

    private Question? Find(YamlNode id, YamlNode at, Sheet sheet)
    {
        if (id is YamlScalarNode { Value: { } name } && _questions.TryGetValue(name, out var question))
            return question;
        var near = Nearest.To(id.ToString(), _questions.Keys);
        sheet.Add(id, $"there is no question {Sheet.Short(id)}", near is null
            ? $"Questions have ids such as {_questions.Keys.First()}; take the line out"
            : $"Did you mean {near}, \"{_questions[near].Ask}\"");
        return null;
    }
}
