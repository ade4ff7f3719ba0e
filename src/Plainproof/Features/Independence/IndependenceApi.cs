using Microsoft.AspNetCore.Builder;
using Plainproof.Features.Api;
using Plainproof.Features.People;

namespace Plainproof.Features.Independence;

/// <summary>What auditors' firms decided about their independence, for scripts. Deciding is done in the browser, by a person.</summary>
internal sealed class IndependenceApi : IApiDoor
{
    public string Title => "Independence";

    public void Map(ApiRoutes routes) =>
        routes.Company.MapGet("/independence", ListAsync).Needs(Scope.Read).Is("listIndependenceDecisions", "List what firms decided about their independence", "Newest first. Each covers the ties that it names, and no later one.");

    private static async Task<DecisionList> ListAsync(IndependenceBook book, CurrentCompany company, CancellationToken stop) => new([.. (await book.AllAsync(company.Name, stop)).Select(DecisionItem.Of)]);
}

internal sealed record DecisionList(IReadOnlyList<DecisionItem> Decisions);

/// <param name="Firm">May be empty.</param>
/// <param name="Decider">Who decided in the firm.</param>
/// <param name="Services">What the firm does for the company besides the audit.</param>
/// <param name="Overseer">Who at the company oversees these services.</param>
/// <param name="Covers">The ties that were weighed, each in a sentence.</param>
internal sealed record DecisionItem(
    string Id, string Firm, string Decider, DateOnly DecidedOn, string Services, string Overseer, string Threats, string Safeguards, IndependenceConclusion Conclusion, IReadOnlyList<string> Covers, DateTimeOffset ToldAt, string ToldBy)
{
    public static DecisionItem Of(IndependenceDecision it) => new(it.Id, it.Firm, it.Decider, it.DecidedOn, it.Services, it.Overseer, it.Threats, it.Safeguards, it.Conclusion, [.. it.TieList().Select(tie => tie.Says)], it.ToldAt, it.ToldBy);
}
