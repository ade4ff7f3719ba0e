using Plainproof.Catalog;
using Plainproof.Features.Standing;
using Plainproof.Storage;

namespace Plainproof.Features.Interview;

/// <summary>What a company's kept answers mean for where it stands: open gaps, controls that are claimed, categories in scope.</summary>
internal sealed class AnswersAsClaims(CompanyAnswers kept, Catalogue catalogue) : IKeptClaims
{
    public Task<long?> VersionAsync(CompanyStore store, CancellationToken stop) => CompanyAnswers.NewestAsync(store.Database, stop);

    public async Task<KeptClaims?> OfAsync(string company, CancellationToken stop)
    {
        if (await kept.FindAsync(company, stop) is not { } found)
            return null;
        var outcome = InterviewOutcome.Of(catalogue.Questions, catalogue.Scoping, found.Answers);
        return new KeptClaims(
            outcome.ClaimedGaps,
            outcome.Claims.Where(claim => claim.Level is ClaimLevel.Claimed or ClaimLevel.Partly).SelectMany(claim => claim.Controls).ToHashSet(StringComparer.Ordinal),
            outcome.ProposedCategories.Append(KeptClaims.Always).ToHashSet(StringComparer.Ordinal));
    }
}
