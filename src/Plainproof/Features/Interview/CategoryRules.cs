using Plainproof.Catalog;

namespace Plainproof.Features.Interview;

/// <summary>Which categories the company's own promises call for.</summary>
internal static class CategoryRules
{
    public static CategoryProposal Judge(CategoryRule rule, ReadinessInterview interview)
    {
        if (rule.ProposeWhen.Count == 0)
            return new(rule.Category, Proposal.Proposed, rule.Say, []);
        var met = rule.ProposeWhen.Where(condition => condition.Holds(interview.Chosen)).Select(condition => condition.Question).ToList();
        var open = rule.ProposeWhen.Select(condition => condition.Question).Where(question => !IsDecided(interview[question])).Distinct().ToList();
        return (met, open) switch
        {
            ({ Count: > 0 }, _) => new(rule.Category, Proposal.Proposed, SayFor(rule, met, interview), met),
            (_, { Count: > 0 }) => new(rule.Category, Proposal.Undecided, $"Not decided yet. Find out first: {string.Join(" ", open.Select(id => interview[id].Question.Ask))}", open),
            _ => new(rule.Category, Proposal.CanWait, rule.Otherwise ?? "", [.. rule.ProposeWhen.Select(condition => condition.Question).Distinct()]),
        };
    }

    private static bool IsDecided(QuestionNow now) => now.Answer is Answer.Chose or Answer.NotUs || now.Asked == Asked.No;

    // The sentence of the answer that triggered it tells more than the rule's own.
    private static string SayFor(CategoryRule rule, IReadOnlyList<string> met, ReadinessInterview interview)
    {
        var triggers = from question in met
                       from option in interview[question].Chosen
                       from effect in option.Effects
                       where effect.Kind == "proposeCategory" && effect.Value == rule.Category && effect.Say is not null
                       select effect.Say;
        return string.Join(" ", triggers.Distinct()) is { Length: > 0 } say ? say : rule.Say;
    }
}
