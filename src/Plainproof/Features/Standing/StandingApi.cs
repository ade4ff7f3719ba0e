using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Plainproof.Checks;
using Plainproof.Cli;
using Plainproof.Features.Api;
using Plainproof.Features.People;

namespace Plainproof.Features.Standing;

/// <summary>Where the company stands, and what shows it, for scripts.</summary>
internal sealed class StandingApi : IApiDoor
{
    private const int MostResults = 500;
    private const int MostCollections = 200;

    public string Title => "Standing and evidence";

    public void Map(ApiRoutes routes)
    {
        var company = routes.Company;
        company.MapGet("", StandingAsync).Needs(Scope.Read).Is("getStanding", "Get where the company stands", "Counts of results, criteria, controls and gaps, and the moment they are of. Nothing here says that a criterion is met: only the auditor can.");
        company.MapGet("/criteria", CriteriaAsync).Needs(Scope.Read).Is("listCriteria", "List the criteria", "Each criterion in scope with what the checks said of it.");
        company.MapGet("/controls", ControlsAsync).Needs(Scope.Read).Is("listControls", "List the controls", "Each control that serves a criterion in scope. Claimed means that people said so; evidenced means that a system was read.");
        company.MapGet("/results", ResultsAsync).Needs(Scope.Read).Is("listResults", "List the results", "What each check says of each subject now, ordered by check, system and subject. Follow 'next' until it is null.");
        company.MapGet("/coverage", CoverageAsync).Needs(Scope.Read).Is("listCoverage", "List how completely systems were read", "One line for each system and kind of fact. What was not read in full, or too long ago, never counts as a pass.");
        company.MapGet("/collections", CollectionsAsync).Needs(Scope.Read).Is("listCollections", "List the newest collections", "One collection is one reading of one system. Newest first.");
        company.MapGet("/collections/{collection}", CollectionAsync).Needs(Scope.Read).Is("getCollection", "Get one collection", "What was asked, how complete it was, and its entry in the evidence log.");
        company.MapGet("/evidence/{digest}", Evidence).Needs(Scope.Read).Is("getEvidence", "Get what is known of raw evidence", "Its kind and size. A result names the digest of the bytes that show it.");
        company.MapGet("/evidence/{digest}/file", FileAsync).Needs(Scope.Read).Is("getEvidenceFile", "Get raw evidence", "The bytes as they were received, with secrets taken out, always as a file to keep.")
            .Produces<byte[]>(StatusCodes.Status200OK, "application/octet-stream");
    }

    private static async Task<StandingAnswer> StandingAsync(Standings standings, CurrentCompany company) => StandingAnswer.Of(company, await standings.OfAsync(company.Name));

    private static async Task<CriterionList> CriteriaAsync(Standings standings, CurrentCompany company)
    {
        var now = await standings.OfAsync(company.Name);
        return new CriterionList(now.AsOf, [.. now.Readiness.Criteria.Select(CriterionItem.Of)]);
    }

    private static async Task<ControlList> ControlsAsync(Standings standings, CurrentCompany company)
    {
        var now = await standings.OfAsync(company.Name);
        return new ControlList(now.AsOf, [.. now.Controls.Select(view => ControlItem.Of(view, now.Claims))]);
    }

    private static async Task<ResultList> ResultsAsync(
        Standings standings, CurrentCompany company,
        [OneOf(typeof(Outcome)), Description("Only this outcome.")] string? outcome = null,
        [Description("The id of a check.")] string? check = null,
        [Description("The id of a criterion, such as CC6.1.")] string? criterion = null,
        [Description("The id of a control, such as AC-02.")] string? control = null,
        [Description("Words that the subject, the title or the message must hold.")] string? q = null,
        [Description("How many at most, from 1 to 500.")] int limit = 100,
        [Description("What the page before gave as 'next'.")] string? cursor = null)
    {
        if (limit is < 1 or > MostResults)
            throw new BadInput($"'limit' is {limit}. It must be from 1 to {MostResults}.");
        var now = await standings.OfAsync(company.Name);
        var (page, next) = ResultCursor.Page(new ResultSearch(StandingParts.FromWord<Outcome>(outcome), check, criterion, control, q).In(now.Readiness.Evaluations), cursor, limit);
        return new ResultList(now.AsOf, [.. page.Select(one => ResultItem.Of(one.Evaluation, one.Result))], next);
    }

    private static async Task<CoverageList> CoverageAsync(Standings standings, CurrentCompany company)
    {
        var now = await standings.OfAsync(company.Name);
        return new CoverageList(now.AsOf, [.. now.Coverage.Select(CoverageItem.Of)]);
    }

    private static async Task<CollectionList> CollectionsAsync(
        Standings standings, CurrentCompany company, CancellationToken stop, [Description("How many at most, from 1 to 200.")] int limit = 50)
    {
        if (limit is < 1 or > MostCollections)
            throw new BadInput($"'limit' is {limit}. It must be from 1 to {MostCollections}.");
        var found = await (await standings.StoreAsync(company.Name)).NewestCollectionsAsync(limit, stop);
        return new CollectionList([.. found.Reverse().Select(CollectionItem.Of)]);
    }

    private static async Task<CollectionAnswer> CollectionAsync([Description("The id of the collection.")] string collection, Standings standings, CurrentCompany company, CancellationToken stop) =>
        await (await standings.StoreAsync(company.Name)).CollectionAsync(collection, stop) is { } found ? CollectionAnswer.Of(found) : throw new NotThere("There is no such collection.");

    private static EvidenceAnswer Evidence([Description("The digest of the bytes, in hexadecimal.")] string digest, RawEvidence evidence) =>
        evidence.Describe(digest) is { } blob ? new EvidenceAnswer(digest, blob.MediaType, blob.Bytes) : throw NoEvidence();

    private static Task FileAsync([Description("The digest of the bytes, in hexadecimal.")] string digest, RawEvidence evidence, HttpContext context) =>
        evidence.Describe(digest) is not null ? evidence.SendAsync(digest, context) : throw NoEvidence();

    private static NotThere NoEvidence() => new("The company has no such evidence.");
}
