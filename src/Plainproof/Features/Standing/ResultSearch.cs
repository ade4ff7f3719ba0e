using Plainproof.Assurance;
using Plainproof.Checks;

namespace Plainproof.Features.Standing;

/// <summary>Which results somebody wants to see; what is empty does not count.</summary>
/// <param name="Text">Words to be found in the subject, the check's title or the message.</param>
internal sealed record ResultSearch(Outcome? Outcome, string? Check, string? Criterion, string? Control, string? Text)
{
    public IEnumerable<(Evaluation Evaluation, Result Result)> In(IReadOnlyList<Evaluation> evaluations) =>
        from evaluation in evaluations
        let info = evaluation.Check.Info
        where Check is not { Length: > 0 } || Check == info.Id
        where Criterion is not { Length: > 0 } || info.Criteria.Any(edge => edge.Id == Criterion)
        where Control is not { Length: > 0 } || info.Controls.Contains(Control)
        from result in evaluation.Results
        where Outcome is not { } outcome || result.Outcome == outcome
        where Text is not { Length: > 0 } words || Holds(result.Subject, words) || Holds(info.Title, words) || Holds(evaluation.Message(result), words)
        select (evaluation, result);

    private static bool Holds(string text, string words) => text.Contains(words.Trim(), StringComparison.OrdinalIgnoreCase);
}
