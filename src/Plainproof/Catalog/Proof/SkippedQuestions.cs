namespace Plainproof.Catalog.Proof;

/// <summary>
/// No question hides an open gap behind a skipped parent. Where a worse answer to an earlier question leaves this
/// one unasked, what its own worst answers would open must be opened by that answer, or by <c>whenSkipped</c>, here
/// or on the way. An answer that opens no gap and has no score below 1 only sets the scope; skipping then is right.
/// </summary>
internal static class SkippedQuestions
{
    public static IEnumerable<Problem> Problems(Catalogue catalogue) =>
    [
        .. catalogue.Questions.Questions.SelectMany(question => Hidden(catalogue, question)),
        .. catalogue.Questions.Questions.Where(question => question.WhenSkipped is not null).SelectMany(question => Idle(catalogue, question)),
    ];

    private static IEnumerable<Problem> Hidden(Catalogue catalogue, Question question)
    {
        var own = question.Options.SelectMany(option => option.Opens).Distinct().ToArray();
        foreach (var skip in WorseSkips(catalogue, question, []))
        {
            var hidden = own.Except(skip.Opened).ToArray();
            if (hidden.Length > 0)
                yield return new("questions.json", question.Id,
                    $"is not asked after {skip.Because}, and then {string.Join(", ", hidden)} stays hidden",
                    "Open it in whenSkipped, or in that answer");
        }
    }

    // whenSkipped tells of a gap; it may not speak when the question is only out of scope.
    private static IEnumerable<Problem> Idle(Catalogue catalogue, Question question)
    {
        if (!WorseSkips(catalogue, question, []).Any())
            yield return new("questions.json", question.Id, "has whenSkipped, but no worse answer ever skips it", "Take whenSkipped out");
        foreach (var (parent, option) in SkippingOptions(catalogue, question))
            if (!IsWorse(option))
                yield return new("questions.json", question.Id, $"has whenSkipped, but {parent.Id}: {option.Id} skips it for scope alone",
                    "Ask it then too, or move the gap into the worse answers");
    }

    private sealed record Skip(string Because, IReadOnlyList<string> Opened);

    // Every way a worse answer, here or at an ancestor, leaves the question unasked, with all gaps opened on the way.
    private static IEnumerable<Skip> WorseSkips(Catalogue catalogue, Question question, IReadOnlyList<string> seen)
    {
        if (seen.Contains(question.Id))
            yield break;
        var here = question.WhenSkipped?.Opens ?? [];
        foreach (var (parent, option) in SkippingOptions(catalogue, question))
            if (IsWorse(option))
                yield return new($"{parent.Id}: {option.Id}", [.. option.Opens, .. here]);
        foreach (var parent in Parents(catalogue, question))
            foreach (var skip in WorseSkips(catalogue, parent, [.. seen, question.Id]))
                yield return new($"{skip.Because} (which skips {parent.Id})", [.. skip.Opened, .. here]);
    }

    private static bool IsWorse(Option option) => option.Opens.Count > 0 || option.Score is < 1;

    // By the question's own conditions, or by an earlier answer that skips its whole section.
    private static IEnumerable<(Question Parent, Option Option)> SkippingOptions(Catalogue catalogue, Question question) =>
    [
        .. from condition in question.When?.Conditions ?? []
           where catalogue.By.Question.Has(condition.Question)
           let parent = catalogue.By.Question[condition.Question]
           from option in parent.Options
           where !condition.Allows(option.Id)
           select (parent, option),
        .. from parent in catalogue.Questions.Questions
           from option in parent.Options
           where parent.Id != question.Id && option.Effects.Any(effect => effect.Kind == "skipSection" && effect.Value == question.Section)
           select (parent, option),
    ];

    private static IEnumerable<Question> Parents(Catalogue catalogue, Question question) =>
        (question.When?.Conditions ?? []).Select(condition => condition.Question).Distinct()
            .Where(catalogue.By.Question.Has).Select(id => catalogue.By.Question[id]);
}
