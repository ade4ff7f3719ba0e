using Plainproof.Assurance;
using Plainproof.Catalog;
using Plainproof.Checks;
using Plainproof.Cli;
using Plainproof.Features.Check;
using Plainproof.Features.Interview;
using Plainproof.Features.Standing;
using Plainproof.Storage;
using Plainproof.Storage.Records;

namespace Plainproof.Features.Sample;

/// <summary>What <c>check</c> would have said of the sample company. Each output of it begins with the mark.</summary>
internal sealed class SampleReport(DataFolder data, TimeProvider clock)
{
    private const int Systems = 13;

    /// <exception cref="BadInput">There is no sample company.</exception>
    public async Task<CheckRun> RunAsync(CancellationToken stop)
    {
        if (!data.Companies.Contains(SampleMark.Company))
            throw new BadInput("There is no sample company here. Make it first: plainproof sample make");
        await using var store = await CompanyStore.OpenAsync(data, SampleMark.Company, clock, stop);
        if (store.Sample is not { } mark)
            throw new BadInput($"The company '{SampleMark.Company}' of this data folder is a real one. Its report comes from: plainproof check --company {SampleMark.Company}");
        var seen = await Assessment.OfAsync(store, CheckLibrary.All, null, mark.StandsAt, stop);
        var outcome = await SaidAsync(stop);
        var categories = new HashSet<string>(outcome.ProposedCategories, StringComparer.Ordinal) { KeptClaims.Always };
        return new CheckRun(
            store.Company, mark.StandsAt, [.. (await store.NewestCollectionsAsync(Systems, stop)).Select(SourceRun.Of)],
            Readiness.Of(Catalogue.Shipped, seen.Evaluations, outcome.ClaimedGaps, categories, mark.StandsAt), Catalogue.Shipped,
            outcome.Claims.ToDictionary(claim => claim.Question, claim => claim.Words, StringComparer.Ordinal), categories, 0, store.Root, seen.UnknownKinds, [], SampleMark.Words);
    }

    private async Task<InterviewOutcome> SaidAsync(CancellationToken stop)
    {
        using var logs = new CompanyLogs(data, clock);
        var kept = await new CompanyAnswers(data, logs, Catalogue.Shipped, clock).FindAsync(SampleMark.Company, stop);
        return InterviewOutcome.Of(Catalogue.Shipped.Questions, Catalogue.Shipped.Scoping, kept?.Answers ?? throw new BadInput("The sample company is not whole. Make it again: plainproof sample make"));
    }
}
