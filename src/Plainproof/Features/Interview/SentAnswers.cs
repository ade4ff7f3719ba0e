using System.Globalization;
using System.Text.Json;
using Plainproof.Catalog;
using Plainproof.Cli;
using YamlDotNet.RepresentationModel;

namespace Plainproof.Features.Interview;

/// <summary>Answers that a program sends, read by the same rules as an answers file. They are the word of whoever sends them, now.</summary>
internal sealed class SentAnswers(QuestionsFile questions, TimeProvider clock)
{
    /// <summary>What was answered so far, with these answers in the place of older ones.</summary>
    /// <exception cref="BadInput">Every problem at once.</exception>
    public Answers Onto(Answers before, IReadOnlyDictionary<string, AnswerSent> sent)
    {
        var (now, sheet) = (clock.GetUtcNow(), new Sheet("answers", []));
        var reader = new AnswerReader(sheet, DateOnly.FromDateTime(now.UtcDateTime), now);
        var answers = before;
        foreach (var (id, one) in sent)
        {
            if (questions.Questions.FirstOrDefault(question => question.Id == id) is not { } question)
                sheet.Add(new YamlScalarNode(id), $"there is no question \"{id}\"", Nearest.To(id, questions.Questions.Select(known => known.Id)) is { } near ? $"Did you mean {near}" : "getAnswers lists them");
            else if (reader.Read(question, NodeOf(one)) is { } answer)
                answers = answers.With(answer with { AnsweredAt = now });
        }

        return sheet.Problems.Count == 0 ? answers : throw new BadInput([.. sheet.Problems.Select(problem => $"{problem.What}. {problem.Mend}.")]);
    }

    private static YamlMappingNode NodeOf(AnswerSent one)
    {
        var parts = new YamlMappingNode();
        if (one.Answer is { ValueKind: not JsonValueKind.Null } answer)
            parts.Add("answer", NodeOf(answer));
        if (one.DontKnow is { } unknown)
            parts.Add("dontKnow", unknown ? "true" : "false");
        foreach (var (name, value) in new[] { ("notUs", one.NotUs), ("note", one.Note), ("date", one.Date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)) })
            if (value is not null)
                parts.Add(name, value);
        return parts;
    }

    private static YamlNode NodeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => new YamlSequenceNode(value.EnumerateArray().Select(NodeOf)),
        JsonValueKind.String => new YamlScalarNode(value.GetString()),
        _ => new YamlScalarNode(value.GetRawText()),
    };
}

/// <param name="Answer">The id of an option, a list of them, a text, or a day such as 2027-03-31, as the question asks.</param>
/// <param name="DontKnow">Say true when nobody knows.</param>
/// <param name="NotUs">Why the question does not fit the company.</param>
/// <param name="Note">Words beside the answer.</param>
/// <param name="Date">The day that the chosen option speaks of.</param>
internal sealed record AnswerSent(JsonElement? Answer = null, bool? DontKnow = null, string? NotUs = null, string? Note = null, DateOnly? Date = null);
