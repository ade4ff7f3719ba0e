using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Plainproof.Catalog;
using Plainproof.Cli;
using Plainproof.Features.Api;
using Plainproof.Features.People;
using Plainproof.Features.Standing;

namespace Plainproof.Features.Gaps;

/// <summary>What the pages of gaps do, for scripts.</summary>
internal sealed class GapsApi : IApiDoor
{
    private const int SeenGiven = 200;

    public string Title => "Gaps";

    public void Map(ApiRoutes routes)
    {
        var gaps = routes.Company.MapGroup("/gaps");
        var toCome = DateOnly.FromDateTime(routes.Company.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime).AddMonths(6).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        gaps.MapGet("", ListAsync).Needs(Scope.Read).Is("listGaps", "List the gaps", "In the order to mend them: what others wait for, then the worst, then the quickest. Without a state: what is to mend, which leaves out gaps with a waiver.");
        gaps.MapGet("/{gap}", OneAsync).Needs(Scope.Read).Is("getGap", "Get one gap", "Why it matters, what was seen, how to mend it, the plan with its version, waivers and history. A gap that is not open now has 'open' false.");
        gaps.MapPut("/{gap}/plan", PlanAsync).Needs(Scope.Work).MayBeStale().Is("planGap", "Say who mends a gap, and by when", "Replaces the plan. Give the version that you saw; 0 when there was no plan.")
            .Example("""{ "version": 0, "owner": "ann@example.com", "due": "2027-03-31", "ticket": "https://tickets.example.com/SEC-1" }""");
        gaps.MapPost("/{gap}/comments", CommentAsync).Needs(Scope.Work).Is("commentOnGap", "Comment on a gap", "Adds a line to the history of the gap and an entry to the evidence log.")
            .Example("""{ "text": "The new server is ordered. It comes in May." }""");
        gaps.MapPost("/{gap}/waivers", WaiveAsync).Needs(Scope.Work, Ability.AcceptRisks).Is("waiveGap", "Accept a gap for a while", "Only for open gaps, and only for owners. The results stay fails. The gap counts again the day after.")
            .Example($$"""{ "reason": "We stop this product in spring.", "until": "{{toCome}}" }""");
        gaps.MapDelete("/{gap}/waivers/{waiver}", EndWaiverAsync).Needs(Scope.Work, Ability.AcceptRisks).Is("endWaiver", "End a waiver now", "The gap counts again. Ending one that is over does no more.");
        gaps.MapPost("/{gap}/recheck", RecheckAsync).Needs(Scope.Work).Is("recheckGap", "Check a gap again", "Reads again the connected systems that show it. Where none is connected, the answer has the command to run instead.");
    }

    private static async Task<GapList> ListAsync(
        Standings standings, GapBook book, Members members, CurrentPerson me, CurrentCompany company, CancellationToken stop,
        [OneOf("mine", "late", "waived", "all"), Description("Left out: what is to mend.")] string? state = null,
        [OneOf(typeof(Checks.Severity)), Description("The weight of the gap.")] string? severity = null,
        [Description("The e-mail address of a person, or nobody.")] string? owner = null,
        [Description("The id of a criterion, such as CC6.1.")] string? criterion = null,
        [Description("Words that what was seen or said must hold.")] string? q = null)
    {
        var (now, plans, waivers, people) = (await standings.OfAsync(company.Name), await book.PlansAsync(stop), await book.WaiversAsync(stop), await members.OfAsync(company.Company, stop));
        var search = new GapSearch(state, severity, IdOf(owner, people), criterion, q);
        return new GapList(now.AsOf, [.. search.In(now.Readiness.Gaps, plans, waivers, me.Person.Id, book.Today).Select(one => GapLine.Of(one.Gap, one.Number, plans.GetValueOrDefault(one.Gap.Id), waivers.GetValueOrDefault(one.Gap.Id), people))]);
    }

    private static async Task<GapAnswer> OneAsync(
        [Description("The id of the gap, as the list tells it.")] string gap, Standings standings, GapBook book, Members members, CurrentCompany company, Catalogue catalogue, CancellationToken stop)
    {
        var now = await standings.OfAsync(company.Name);
        var title = Known(gap, now, catalogue);
        return GapAnswer.Of(gap, title, now.Readiness.Gaps.FirstOrDefault(one => one.Id == gap), await book.OfAsync(gap, stop), await members.OfAsync(company.Company, stop), book.Today, SeenGiven);
    }

    private static async Task<PlanAnswer> PlanAsync(
        [Description("The id of the gap.")] string gap, Sent<PlanSent> sent, Standings standings, GapBook book, Members members, CurrentCompany company, Catalogue catalogue, CancellationToken stop)
    {
        Known(gap, await standings.OfAsync(company.Name), catalogue);
        await book.PlanAsync(gap, sent.Value.Version, await OwnerAsync(sent.Value.Owner, members, company, stop), sent.Value.Due, sent.Value.Ticket ?? "", stop);
        return PlanAnswer.Of((await book.OfAsync(gap, stop)).Plan, await members.OfAsync(company.Company, stop));
    }

    private static async Task<NoContent> CommentAsync(
        [Description("The id of the gap.")] string gap, Sent<CommentSent> sent, Standings standings, GapBook book, CurrentCompany company, Catalogue catalogue, CancellationToken stop)
    {
        Known(gap, await standings.OfAsync(company.Name), catalogue);
        await book.CommentAsync(gap, SentOnce.Of(sent.Value.Once), sent.Value.Text, stop);
        return TypedResults.NoContent();
    }

    private static async Task<WaiverGiven> WaiveAsync(
        [Description("The id of the gap.")] string gap, Sent<WaiverSent> sent, Standings standings, GapBook book, CurrentCompany company, Catalogue catalogue, CancellationToken stop)
    {
        var now = await standings.OfAsync(company.Name);
        Known(gap, now, catalogue);
        if (now.Readiness.Gaps.All(open => open.Id != gap))
            throw new BadInput("This gap is not open now, so there is nothing to accept.");
        var id = SentOnce.Of(sent.Value.Once);
        await book.WaiveAsync(gap, id, sent.Value.Reason, sent.Value.Until, stop);
        return new WaiverGiven(id, sent.Value.Until);
    }

    private static async Task<NoContent> EndWaiverAsync([Description("The id of the gap.")] string gap, [Description("The id of the waiver.")] string waiver, GapBook book, CancellationToken stop)
    {
        if ((await book.OfAsync(gap, stop)).Waivers.All(one => one.Id != waiver))
            throw new NotThere("This gap has no such waiver.");
        await book.EndWaiverAsync(gap, waiver, stop);
        return TypedResults.NoContent();
    }

    private static async Task<RecheckGiven> RecheckAsync(
        [Description("The id of the gap.")] string gap, Standings standings, IRecheck recheck, CurrentPerson me, CurrentCompany company, Catalogue catalogue, CancellationToken stop)
    {
        Known(gap, await standings.OfAsync(company.Name), catalogue);
        var answer = await recheck.RunAsync(company.Name, gap, me.Person, stop);
        return new RecheckGiven(answer.Says, answer.Command, answer.Address is { } page ? page[(page.LastIndexOf('/') + 1)..] : null);
    }

    /// <returns>The title of the gap, also when it is not open now.</returns>
    private static string Known(string gap, CompanyStanding now, Catalogue catalogue) =>
        KnownGaps.TitleOf(gap, now, catalogue) ?? throw new NotThere($"There is no gap '{gap}'.");


    private static async Task<Person?> OwnerAsync(string? email, Members members, CurrentCompany company, CancellationToken stop) => email is not { Length: > 0 } ? null
        : await members.FindAsync(company.Company, email, stop) is { } member && member.Membership.Role.May(Ability.Work) ? member.Person
        : throw new BadInput($"'{email}' cannot be assigned here. Give the e-mail address of somebody of the company whose role includes the daily work.");

    private static string? IdOf(string? owner, IReadOnlyList<Member> people) => owner is not { Length: > 0 } or "nobody" ? owner
        : people.FirstOrDefault(member => member.Person.EmailKey == Person.KeyOf(owner))?.Person.Id ?? throw new BadInput($"'owner' is '{owner}'. Give the e-mail address of somebody of the company, or nobody.");
}
