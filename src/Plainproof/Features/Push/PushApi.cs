using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Plainproof.Cli;
using Plainproof.Facts;
using Plainproof.Features.Api;
using Plainproof.Features.People;
using Plainproof.Sources;
using Plainproof.Storage;

namespace Plainproof.Features.Push;

/// <summary><c>plainproof push</c>, for scripts that reach only the site.</summary>
internal sealed class PushApi : IApiDoor
{
    private const long LargestBody = 32 << 20;
    private const string Lines = "application/x-ndjson";

    public string Title => "Facts";

    public void Map(ApiRoutes routes)
    {
        routes.Company.MapPost("/facts/{kind}", PushAsync).Needs(Scope.Push).TakesUpTo(LargestBody).Accepts<string>(Lines, "application/jsonl")
            .Is("pushFacts", "Push facts", "Takes one JSON line for each thing, all of them or none, as 'plainproof push' does. The body has at most 32 MB. 'getKindOfFact' tells the form of a line.")
            .Example("""{"subject":"merge/1","value":{"id":"#1","repository":"shop","author":"ann","mergedBy":"bob","mergedAt":"2026-11-01T10:00:00Z","approvals":[],"checksPassed":true,"tickets":[]}}""", Lines);
        routes.Company.MapGet("/kinds", Kinds).Needs(Scope.Push).Is("listKindsOfFacts", "List the kinds of facts", "What can be pushed, and what each kind holds.");
        routes.Company.MapGet("/kinds/{kind}", Schema).Needs(Scope.Push).Is("getKindOfFact", "Get the form of a kind of fact", "The JSON Schema of one line.").Produces<object>(StatusCodes.Status200OK, "application/schema+json");
    }

    private static async Task<PushedAnswer> PushAsync(
        HttpContext context, DataFolder data, TimeProvider clock, CurrentCompany company, CurrentPerson me, CancellationToken stop,
        [Description("The kind of fact, such as change.merge.")] string kind,
        [Description("Where the facts come from, such as jira: small letters, digits, dots and dashes.")] string name,
        [OneOf("complete", "partial", "unproven"), Description("Left out: unproven.")] string? completeness = null,
        [Description("How many there are, by another way of counting. Proves completeness.")] long? expected = null,
        [Description("First day that the list covers.")] DateOnly? from = null,
        [Description("Last day that the list covers.")] DateOnly? to = null,
        [Description("Where the list comes from, or what is missing.")] string? says = null)
    {
        var aspect = KindOf(kind);
        using var file = await PipedFile.OfAsync(context.Request.Body, stop);
        try
        {
            var target = PushFacts.TargetOf(aspect, file.Path, [("name", name), ("completeness", completeness), ("expected", expected?.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("from", Words.Day(from)), ("to", Words.Day(to)), ("says", says)]);
            var run = await new PushFacts(data, company.Name, clock).RunAsync(target, me.Person.Email, stop);
            return new PushedAnswer(run.Scope, run.Coverage[0].Aspect.Name, run.Facts, run.Coverage[0].State, run.Coverage[0].Why, run.Coverage[0].Mend, run.Coverage[0].Expected);
        }
        catch (BadTarget bad)
        {
            throw new BadInput([.. bad.Problems.Select(problem => problem.Replace(file.Path, "body", StringComparison.Ordinal))]);
        }
    }

    private static KindList Kinds() => new([.. Facts.Kinds.All.Select(kind => new KindItem(kind.Name, Facts.Kinds.PlainOf(kind)))]);

    private static IResult Schema([Description("The kind of fact, such as change.merge.")] string kind) => Results.Text(Sources.Push.FactSchemas.Of(KindOf(kind)), "application/schema+json");

    private static Aspect KindOf(string kind) => Facts.Kinds.TypeOf(new Aspect(kind)) is not null ? new Aspect(kind) : throw new NotThere($"There is no kind of fact '{kind}'. See listKindsOfFacts.");
}

/// <param name="Scope">How the list is known from now on.</param>
/// <param name="Facts">How many were taken.</param>
/// <param name="Why">Why it does not count as complete.</param>
/// <param name="Mend">What to do about that.</param>
internal sealed record PushedAnswer(string Scope, string Kind, long Facts, Completeness Completeness, string? Why, string? Mend, long? Expected);

internal sealed record KindList(IReadOnlyList<KindItem> Kinds);

/// <param name="Plain">What it holds.</param>
internal sealed record KindItem(string Name, string Plain);
