using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Plainproof.Cli;
using Plainproof.Features.Api;
using Plainproof.Features.Engagements;
using Plainproof.Features.People;
using Plainproof.Features.Standing;

namespace Plainproof.Features.Requests;

/// <summary>What the auditor asks for, for scripts. What only an auditor decides is done in the browser.</summary>
internal sealed class RequestsApi : IApiDoor
{
    public string Title => "Requests";

    public void Map(ApiRoutes routes)
    {
        var (company, request) = (routes.Company, routes.Company.MapGroup("/requests/{request}"));
        company.MapGet("/requests", ListAsync).Needs(Scope.Read).Is("listRequests", "List what the auditor asks for", "In the order of the list. 'accepted' says that the auditor has what he asked for, and nothing of what he concludes.");
        request.MapGet("", OneAsync).Needs(Scope.Read).Is("getRequest", "Get a request with its course", "What was said and done, what answers it, and what of the company's evidence may answer it, with the reason.");
        request.MapPost("/links", LinkAsync).Needs(Scope.Push).Is("answerRequest", "Answer a request", "With a file of evidence or a frozen list. One thing may answer several requests.")
            .Example("""{ "shows": "file:00000000-0000-0000-0000-000000000000" }""");
        request.MapPost("/steps", StepAsync).Needs(Scope.Work, Ability.Work).Is("moveRequest", "Say something to a request", "A comment, that all of it is there, or that it is open again.")
            .Example("""{ "move": "comment", "says": "The list comes on Friday." }""");
    }

    private static async Task<RequestList> ListAsync(
        RequestBook book, EngagementBook engagements, CancellationToken stop,
        [Description("The id of an engagement. Left out: the first of the list of engagements.")] string? engagement = null,
        [OneOf(typeof(RequestState)), Description("Left out: all.")] string? state = null)
    {
        var all = await engagements.AllAsync(stop);
        if ((engagement is null ? all.FirstOrDefault() : all.FirstOrDefault(one => one.Id == engagement)) is not { } it)
            return engagement is null ? new RequestList([]) : throw new NotThere("There is no such engagement.");
        return new RequestList([.. (await book.OfAsync(it.Id, stop)).Where(view => state is null || StandingParts.WordOf(view.State) == state).Select(RequestItem.Of)]);
    }

    private static async Task<RequestAnswer> OneAsync([Description("The id of the request.")] string request, RequestBook book, RequestAnswers answers, CancellationToken stop)
    {
        var view = await KnownAsync(request, book, stop);
        var proposals = (await answers.ProposalsAsync(stop)).For(view);
        return new RequestAnswer(RequestItem.Of(view), [.. view.Steps.Select(step => new RequestStepLine(step.Move, step.Says, step.At, step.By))], [.. proposals.Select(one => new ProposalLine(one.Shown?.Text, one.Kind, one.Title, one.Why))]);
    }

    private static async Task<NoContent> LinkAsync([Description("The id of the request.")] string request, RequestAnswerSent sent, RequestBook book, CancellationToken stop)
    {
        await KnownAsync(request, book, stop);
        await book.LinkAsync(request, sent.Shows, stop);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> StepAsync([Description("The id of the request.")] string request, RequestStepSent sent, RequestBook book, CancellationToken stop)
    {
        await KnownAsync(request, book, stop);
        var move = StandingParts.FromWord<RequestMove>(sent.Move) ?? RequestMove.Accepted;
        if (move is not (RequestMove.Comment or RequestMove.Ready or RequestMove.Reopened))
            throw new BadInput("'move' is one of: comment, ready, reopened.");
        await book.StepAsync(request, sent.Once ?? Guid.CreateVersion7().ToString("D"), move, sent.Says ?? "", stop);
        return TypedResults.NoContent();
    }

    private static async Task<RequestView> KnownAsync(string id, RequestBook book, CancellationToken stop) => await book.OneAsync(id, stop) ?? throw new NotThere("There is no such request.");
}

internal sealed record RequestList(IReadOnlyList<RequestItem> Requests);

/// <param name="Number">As the auditor counts it.</param>
/// <param name="Catalogue">The line of our catalogue that it is, or is like; empty when it is like none.</param>
/// <param name="Shows">What answers it: file:ID or population:ID.</param>
internal sealed record RequestItem(string Id, string Engagement, string Number, string Area, string Item, RequestState State, IReadOnlyList<string> Criteria, IReadOnlyList<string> Controls, string Catalogue, DateOnly? Due, string Owner, IReadOnlyList<string> Shows, long Version)
{
    public static RequestItem Of(RequestView view) => new(
        view.Line.Id, view.Line.Engagement, view.Line.Number, view.Line.Area, view.Line.Item, view.State, view.Line.CriterionList, view.Line.ControlList, view.Line.Catalogue, view.Line.Due, view.Line.Owner,
        [.. view.Links.Select(link => link.Shows)], view.Line.Version);
}

/// <param name="Steps">Oldest first.</param>
internal sealed record RequestAnswer(RequestItem Request, IReadOnlyList<RequestStepLine> Steps, IReadOnlyList<ProposalLine> Proposals);

/// <param name="Says">May be empty.</param>
internal sealed record RequestStepLine(RequestMove Move, string Says, DateTimeOffset At, string By);

/// <param name="Shows">Null where a list has to be frozen first.</param>
/// <param name="Freeze">The kind of that list; null where nothing has to be frozen.</param>
/// <param name="Why">Why it is proposed.</param>
internal sealed record ProposalLine(string? Shows, string? Freeze, string Title, string Why);

/// <param name="Shows">file:ID for evidence, population:ID for a frozen list.</param>
internal sealed record RequestAnswerSent(string Shows);

/// <param name="Move">comment, ready or reopened.</param>
/// <param name="Says">Your words; needed for a comment and for opening it again.</param>
/// <param name="Once">A UUID of yours. Sending it twice counts once.</param>
internal sealed record RequestStepSent(string Move, string? Says = null, string? Once = null);
