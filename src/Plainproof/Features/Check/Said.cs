using Plainproof.Assurance;
using Plainproof.Catalog;
using Plainproof.Features.Interview;

namespace Plainproof.Features.Check;

/// <summary>What people said in the interview, as claims: never evidence (law 2).</summary>
/// <param name="File">Where it was read; null when nobody has answered yet.</param>
internal sealed record Said(string? File, IReadOnlyDictionary<string, string> Claims, IReadOnlyList<ClaimedGap> Gaps, IReadOnlySet<string> Categories)
{
    private const string Usual = "answers.yaml";
    private const string Always = "Security";

    /// <param name="typed">A file that must be there; null takes the one that <c>interview</c> saves here, when there is one.</param>
    public static Said Read(string? typed, Catalogue catalogue, TimeProvider clock, List<string> problems)
    {
        var file = new AnswersFile(typed ?? Usual, catalogue.Questions, clock);
        if (typed is null && !file.Exists)
            return Nothing(null);
        var (answers, wrong) = file.Read();
        problems.AddRange(wrong.Select(problem => problem.ToString()));
        return answers is null ? Nothing(file.Path) : Of(file.Path, InterviewOutcome.Of(catalogue.Questions, catalogue.Scoping, answers));
    }

    private static Said Nothing(string? file) => new(file, new Dictionary<string, string>(), [], new HashSet<string> { Always });

    private static Said Of(string file, InterviewOutcome outcome) => new(
        file,
        outcome.Claims.ToDictionary(claim => claim.Question, claim => claim.Words, StringComparer.Ordinal),
        outcome.ClaimedGaps,
        new HashSet<string>(outcome.ProposedCategories) { Always });
}
