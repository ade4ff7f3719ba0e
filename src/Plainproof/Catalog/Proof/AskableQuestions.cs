using System.Globalization;

namespace Plainproof.Catalog.Proof;

/// <summary>The questions can be asked in the order of the file, and each can be answered.</summary>
internal static class AskableQuestions
{
    private static readonly string[] EffectKinds =
    [
        "proposeCategory", "subservice", "multiplier", "skipSection", "sideDuty", "disclose", "engagementType", "targetDate", "vendor",
        "task", "note", "control",
    ];

    public static IEnumerable<Problem> Problems(Catalogue catalogue) => [.. Order(catalogue), .. Options(catalogue)];

    private static IEnumerable<Problem> Order(Catalogue catalogue)
    {
        var asked = new HashSet<string>();
        foreach (var question in catalogue.Questions.Questions)
        {
            foreach (var condition in question.When?.Conditions ?? [])
                if (catalogue.By.Question.Has(condition.Question) && !asked.Contains(condition.Question))
                    yield return new("questions.json", question.Id, $"depends on {condition.Question}, which is asked later", "Ask that one first");
            asked.Add(question.Id);
        }
    }

    private static IEnumerable<Problem> Options(Catalogue catalogue)
    {
        foreach (var question in catalogue.Questions.Questions)
        {
            var chooses = question.Answer is AnswerKind.One or AnswerKind.Many;
            if (chooses && question.Options.Count < 2)
                yield return new("questions.json", question.Id, "gives fewer than two options to choose from", "Add options, or ask for text");
            foreach (var repeated in question.Options.GroupBy(option => option.Id).Where(same => same.Count() > 1))
                yield return new("questions.json", question.Id, $"has option {repeated.Key} more than once", "Give each option its own id");
            foreach (var option in question.Options)
                foreach (var problem in OfOption(question, option))
                    yield return problem;
        }
    }

    private static IEnumerable<Problem> OfOption(Question question, Option option)
    {
        if (option.Score is < 0 or > 1)
            yield return Wrong($"scores {option.Score}", "Score from 0 to 1, or null");
        if (option.Score is 1 && option.Opens.Count > 0)
            yield return Wrong($"scores 1 and still opens {string.Join(", ", option.Opens)}", "Score it lower, or open nothing");
        if (option.Score is < 1 && option.Opens.Count == 0)
            yield return Wrong($"scores {option.Score} and opens no gap", "Open the gap it shows, or score it 1 or null");
        foreach (var effect in option.Effects.Where(effect => !EffectKinds.Contains(effect.Kind)))
            yield return Wrong($"has the effect {effect.Kind}, which nothing acts on", $"Use one of {string.Join(", ", EffectKinds)}");
        if (option.Effects.Any(effect => effect.Kind == "multiplier" && !IsAboveZero(effect.Value)))
            yield return Wrong("has a multiplier that is no number above 0", "Write a number");

        Problem Wrong(string what, string mend) => new("questions.json", question.Id, $"option {option.Id} {what}", mend);
    }

    private static bool IsAboveZero(string? value) => decimal.TryParse(value, CultureInfo.InvariantCulture, out var number) && number > 0;
}
