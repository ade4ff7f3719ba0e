using Plainproof.Catalog;

namespace Plainproof.Features.Interview;

/// <summary>What an answer must be to count, the same for the terminal and for a file.</summary>
internal static class AnswerRules
{
    /// <summary>The option of a question with many answers that excludes every other.</summary>
    public const string NoneOfThese = "none";

    /// <summary>What is wrong with these options, and how to mend it; null when nothing is.</summary>
    public static (string What, string Mend)? Problem(Question question, IReadOnlyList<string> options)
    {
        if (options.Count == 0)
            return ($"{question.Id} has an empty answer", "Choose an option, or say that you do not know");
        if (question.Answer == AnswerKind.One && options.Count > 1)
            return ($"{question.Id} takes one answer and got {options.Count}", "Keep the one that fits best");
        if (options.GroupBy(one => one).FirstOrDefault(same => same.Count() > 1) is { } twice)
            return ($"{question.Id} has {twice.Key} twice", "Keep it once");
        if (options.Count > 1 && options.Contains(NoneOfThese))
            return ($"{question.Id} has {NoneOfThese} beside other answers", $"Keep {NoneOfThese} alone, or leave it out");
        return null;
    }

    /// <summary>What is wrong with a text, reason or note; null when nothing is.</summary>
    public static (string What, string Mend)? TextProblem(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return ("there are no words", "Write a few words");
        if (text.Length > Answers.LongestText)
            return ($"the text has {text.Length} characters", $"Keep it to {Answers.LongestText}");
        if (text.Any(one => char.IsControl(one) && one is not ('\n' or '\t')))
            return ("the text has characters that cannot be shown", "Type it again without them");
        return null;
    }
}
