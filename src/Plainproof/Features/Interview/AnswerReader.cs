using System.Globalization;
using Plainproof.Catalog;
using YamlDotNet.RepresentationModel;

namespace Plainproof.Features.Interview;

/// <summary>Reads one answer: a short form (<c>G01: written</c>) or its parts by name.</summary>
internal sealed class AnswerReader(Sheet sheet, DateOnly started, DateTimeOffset now)
{
    private static readonly string[] Keys = ["answer", "dontKnow", "notUs", "note", "date", "answeredBy", "answeredAt"];
    private static readonly string[] Ways = ["answer", "dontKnow", "notUs"];

    public Answer? Read(Question question, YamlNode node)
    {
        if (node is not YamlMappingNode parts)
            return Value(question, node) is { } bare ? Complete(bare, question, null) : null;
        sheet.OnlyKeys(parts, Keys);
        var given = Ways.Where(way => parts.Children.ContainsKey(way)).ToList();
        if (given.Count != 1)
        {
            sheet.Add(parts, $"{question.Id} has {(given.Count == 0 ? "no answer" : string.Join(" and ", given))}", "Give one of answer, dontKnow: true, or notUs with the reason");
            return null;
        }
        var value = parts.Children[given[0]];
        return given[0] switch
        {
            "answer" => Value(question, value) is { } answer ? Complete(answer, question, parts) : null,
            "dontKnow" => DoesNotKnow(question, value) is { } answer ? Complete(answer, question, parts) : null,
            _ => sheet.Words(parts, "notUs", required: true) is { } why ? Complete(new Answer.NotUs(why) { Question = question.Id, AnsweredAt = now }, question, parts) : null,
        };
    }

    private Answer.DoesNotKnow? DoesNotKnow(Question question, YamlNode value)
    {
        if (value is YamlScalarNode { Value: "true" })
            return new Answer.DoesNotKnow { Question = question.Id, AnsweredAt = now };
        sheet.Add(value, $"{question.Id} has dontKnow: {Sheet.Short(value)}", "Write dontKnow: true, or give the answer");
        return null;
    }

    private Answer? Value(Question question, YamlNode value) => question.Answer switch
    {
        AnswerKind.Text => Written(question, value),
        AnswerKind.Date => sheet.Day(value, question.Id) is { } day ? new Answer.Dated(day) { Question = question.Id, AnsweredAt = now } : null,
        _ => Options(question, value),
    };

    private Answer.Wrote? Written(Question question, YamlNode value)
    {
        if (value is not YamlScalarNode { Value: { } text })
            sheet.Add(value, $"{question.Id} asks for text and has a list", "Write one text, in quotes when it has a colon");
        else if (AnswerRules.TextProblem(text) is { } problem)
            sheet.Add(value, $"{question.Id}: {problem.What}", problem.Mend);
        else
            return new Answer.Wrote(text) { Question = question.Id, AnsweredAt = now };
        return null;
    }

    private Answer.Chose? Options(Question question, YamlNode value)
    {
        IReadOnlyList<YamlNode> nodes = value is YamlSequenceNode list ? [.. list.Children] : [value];
        var known = true;
        foreach (var node in nodes)
            known &= IsOption(question, node);
        if (!known)
            return null;
        var options = nodes.Select(node => ((YamlScalarNode)node).Value!).ToList();
        if (AnswerRules.Problem(question, options) is not { } problem)
            return new Answer.Chose([.. question.Options.Select(option => option.Id).Where(options.Contains)]) { Question = question.Id, AnsweredAt = now };
        sheet.Add(value, problem.What, problem.Mend);
        return null;
    }

    private bool IsOption(Question question, YamlNode node)
    {
        if (node is YamlScalarNode { Value: { } name } && question.Options.Any(option => option.Id == name))
            return true;
        var ids = question.Options.Select(option => option.Id).ToList();
        var near = Nearest.To(node is YamlScalarNode scalar ? scalar.Value ?? "" : "", ids);
        sheet.Add(node, $"{question.Id} has no option {Sheet.Short(node)}", near is null
            ? $"Choose from {string.Join(", ", ids)}"
            : $"Did you mean {near}, \"{question.Options.First(option => option.Id == near).Text}\"");
        return false;
    }

    private Answer Complete(Answer answer, Question question, YamlMappingNode? parts) => parts is null ? answer with { AnsweredAt = Start } : answer with
    {
        AnsweredAt = AnsweredAt(question, parts),
        AnsweredBy = sheet.Words(parts, "answeredBy", required: false),
        Note = sheet.Words(parts, "note", required: false),
        Day = sheet.Day(parts, "date", required: false),
    };

    private DateTimeOffset Start => new(started.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    // Nothing may claim to have been answered later than now; the clocks of two computers may differ by some minutes.
    private DateTimeOffset AnsweredAt(Question question, YamlMappingNode parts)
    {
        if (!parts.Children.TryGetValue("answeredAt", out var node))
            return Start;
        if (node is not YamlScalarNode { Value: { } text }
            || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at))
            sheet.Add(node, $"{question.Id} has answeredAt {Sheet.Short(node)}, which is no time", "Write it as 2027-03-31T14:05:00Z");
        else if (at > now.AddMinutes(10))
            sheet.Add(node, $"{question.Id} was answered at {text}, which is still to come", "Correct the time, or this computer's clock");
        else
            return at;
        return Start;
    }
}
