using System.IO.Compression;
using System.Text.Json;
using Plainproof.Catalog;

namespace Plainproof.Features.Interview;

/// <summary>
/// Answers as few bytes, to be kept in a browser, under a link or in a row. What no longer fits the questions of this
/// build is left out: then the question is asked again.
/// </summary>
internal static class PackedAnswers
{
    /// <summary>Bytes of answers before packing; far more than all questions need.</summary>
    private const int Largest = 256 * 1024;

    public static byte[] Pack(Answers answers)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Optimal))
            JsonSerializer.Serialize(brotli, new Kept(answers.Company, answers.Started, [.. answers.Given.Values.Select(KeptAnswer.Of)]));
        return packed.ToArray();
    }

    /// <returns>Null when the bytes are no draft.</returns>
    public static Answers? Unpack(byte[] bytes, QuestionsFile questions)
    {
        try
        {
            using var brotli = new BrotliStream(new MemoryStream(bytes), CompressionMode.Decompress);
            var plain = new byte[Largest];
            var length = brotli.ReadAtLeast(plain, Largest, throwOnEndOfStream: false);
            var kept = length == Largest ? null : JsonSerializer.Deserialize<Kept>(plain.AsSpan(0, length));
            return kept is null ? null : Fitting(kept, questions);
        }
        catch (Exception e) when (e is JsonException or InvalidDataException or InvalidOperationException)
        {
            return null;
        }
    }

    private static Answers Fitting(Kept kept, QuestionsFile questions)
    {
        var answers = Answers.None(kept.Company, "", kept.Started);
        foreach (var one in kept.Answers)
        {
            if (questions.Questions.FirstOrDefault(question => question.Id == one.Q) is { } question && one.Answer() is { } answer && Fits(answer, question))
                answers = answers.With(answer);
        }

        return answers;
    }

    private static bool Fits(Answer answer, Question question) => answer switch
    {
        Answer.Chose chose => question.Answer is AnswerKind.One or AnswerKind.Many
            && chose.Options.All(id => question.Options.Any(option => option.Id == id)) && AnswerRules.Problem(question, chose.Options) is null,
        Answer.Wrote => question.Answer == AnswerKind.Text,
        Answer.Dated => question.Answer == AnswerKind.Date,
        _ => true,
    };

    private sealed record Kept(string Company, DateOnly Started, IReadOnlyList<KeptAnswer> Answers);

    /// <summary>Short names: this travels with every request of the visitor.</summary>
    private sealed record KeptAnswer(string Q, string K, string[]? O, string? T, string? N, DateOnly? D, long M)
    {
        public static KeptAnswer Of(Answer answer)
        {
            var (kind, options, text, day) = answer switch
            {
                Answer.Chose chose => ("c", chose.Options.ToArray(), null, answer.Day),
                Answer.Wrote wrote => ("w", null, wrote.Text, answer.Day),
                Answer.Dated dated => ("d", null, null, dated.Date),
                Answer.NotUs notUs => ("n", null, notUs.Because, answer.Day),
                _ => ("?", (string[]?)null, (string?)null, answer.Day),
            };
            return new(answer.Question, kind, options, text, answer.Note, day, answer.AnsweredAt.ToUnixTimeSeconds());
        }

        public Answer? Answer()
        {
            var at = DateTimeOffset.FromUnixTimeSeconds(M);
            return K switch
            {
                "c" when O is not null => new Answer.Chose(O) { Question = Q, AnsweredAt = at, Note = N, Day = D },
                "w" when T is not null => new Answer.Wrote(T) { Question = Q, AnsweredAt = at, Note = N },
                "d" when D is { } day => new Answer.Dated(day) { Question = Q, AnsweredAt = at, Note = N },
                "n" when T is not null => new Answer.NotUs(T) { Question = Q, AnsweredAt = at, Note = N },
                "?" => new Answer.DoesNotKnow { Question = Q, AnsweredAt = at, Note = N },
                _ => null,
            };
        }
    }
}
