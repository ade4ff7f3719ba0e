using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Plainproof.Assurance.Samples;
using Plainproof.Features.Api;
using Plainproof.Features.People;
using Plainproof.Features.Standing;
using Words = Plainproof.Storage.Words;

namespace Plainproof.Features.Engagements;

/// <summary>Engagements, for scripts.</summary>
internal sealed class EngagementsApi : IApiDoor
{
    public string Title => "Engagements";

    public void Map(ApiRoutes routes)
    {
        var engagements = routes.Company.MapGroup("/engagements");
        engagements.MapGet("", ListAsync).Needs(Scope.Read).Is("listEngagements", "List engagements", "Every audit the company plans, runs or has behind it. Open ones come first.");
        engagements.MapGet("/{engagement}", ShowAsync).Needs(Scope.Read).Is("getEngagement", "Show an engagement", "With its steps, the quotes of firms, its sampling table, and what an auditor would ask.");
        engagements.MapPost("", OpenAsync).Needs(Scope.Work, Ability.ManageEngagement).Is("openEngagement", "Plan an engagement", "A Type I has one day. A Type II has a window.")
            .Example("""{ "title": "First Type II", "kind": "typeTwo", "begins": "2030-01-01", "ends": "2030-06-30", "hoursPerWeek": 12, "categories": ["Security", "Availability"] }""");
        engagements.MapPost("/{engagement}/next", NextAsync).Needs(Scope.Work, Ability.ManageEngagement).Is("goOnEngagement", "Plan what comes after it", "A Type II that begins the day after, with everything that was typed for this one.")
            .Example("""{ "once": "0193a1f2-6f0e-7a54-9c3e-1f2a3b4c5d6e" }""");
        engagements.MapPost("/{engagement}/steps", StepAsync).Needs(Scope.Work, Ability.ManageEngagement).Is("recordStep", "Write down how far it is", "The day it happened and the day it is written down are kept apart.")
            .Example("""{ "step": "letterSigned", "happenedOn": "2026-01-15", "says": "Signed by Ann." }""");
        engagements.MapPost("/{engagement}/quotes", QuoteAsync).Needs(Scope.Work, Ability.ManageEngagement).Is("recordQuote", "Write down a quote", "What a firm offers, to compare it with others.")
            .Example("""{ "firm": "Harrow & Pike", "dollars": 14500, "weeks": 6, "asked": "How many systems, and who runs them." }""");
        engagements.MapPost("/{engagement}/warnings/{warning}/set-aside", AsideAsync).Needs(Scope.Work, Ability.ManageEngagement).Is("setWarningAside", "Set a warning aside", "It holds for what the warning says now. When it says something else, it stands again.")
            .Example("""{ "reason": "Our customer agreed to a window of two months." }""");
        engagements.MapPost("/{engagement}/close", CloseAsync).Needs(Scope.Work, Ability.ManageEngagement).Is("closeEngagement", "Close an engagement", "What was collected for it stays.");
    }

    private static async Task<EngagementList> ListAsync(EngagementBook book, CourseBook course, CancellationToken stop)
    {
        var steps = await course.AllStepsAsync(stop);
        return new EngagementList([.. (await book.AllAsync(stop)).Select(one => EngagementItem.Of(one, course.StateOf(one, steps[one.Id])))]);
    }

    private static async Task<EngagementAnswer> ShowAsync([Description("The id of the engagement.")] string engagement, EngagementReader reader, CancellationToken stop) => await reader.OfAsync(engagement, stop);

    private static async Task<EngagementAnswer> OpenAsync(Sent<EngagementSent> sent, EngagementBook book, EngagementReader reader, CancellationToken stop)
    {
        var it = sent.Value;
        var id = await book.OpenAsync(SentOnce.Of(it.Once), new EngagementForm(
            it.Title, StandingParts.WordOf(it.Kind), Words.Day(it.Begins) ?? "", Words.Day(it.Ends)!, Words.Day(it.Wanted) ?? "", it.HoursPerWeek.ToString(CultureInfo.InvariantCulture), it.Firm ?? "", it.Licence ?? "", it.PeerReview ?? "", it.Categories ?? []), stop);
        return await reader.OfAsync(id, stop);
    }

    private static async Task<EngagementAnswer> NextAsync([Description("The id of the engagement.")] string engagement, Sent<NextSent> sent, CourseBook course, EngagementReader reader, CancellationToken stop)
    {
        await reader.KnownAsync(engagement, stop);
        return await reader.OfAsync(await course.GoOnAsync(engagement, SentOnce.Of(sent.Value.Once), stop), stop);
    }

    private static async Task<EngagementAnswer> StepAsync([Description("The id of the engagement.")] string engagement, Sent<StepSent> sent, CourseBook course, EngagementReader reader, CancellationToken stop)
    {
        await reader.KnownAsync(engagement, stop);
        await course.ReachAsync(engagement, SentOnce.Of(sent.Value.Once), StandingParts.WordOf(sent.Value.Step), Words.Day(sent.Value.HappenedOn)!, sent.Value.Says ?? "", stop);
        return await reader.OfAsync(engagement, stop);
    }

    private static async Task<EngagementAnswer> QuoteAsync([Description("The id of the engagement.")] string engagement, Sent<QuoteSent> sent, QuoteBook quotes, EngagementReader reader, CancellationToken stop)
    {
        var it = sent.Value;
        await reader.KnownAsync(engagement, stop);
        await quotes.AddAsync(engagement, SentOnce.Of(it.Once), new QuoteForm(
            it.Firm, it.Licence ?? "", it.PeerReview ?? "", it.Dollars.ToString(CultureInfo.InvariantCulture), it.Weeks?.ToString(CultureInfo.InvariantCulture) ?? "", it.Asked ?? "", it.Says ?? ""), stop);
        return await reader.OfAsync(engagement, stop);
    }

    private static async Task<EngagementAnswer> AsideAsync(
        [Description("The id of the engagement.")] string engagement, [Description("The id of the warning.")] string warning, Sent<AsideSent> sent, WarningBook warnings, EngagementReader reader, CancellationToken stop)
    {
        await reader.KnownAsync(engagement, stop);
        await warnings.SetAsideAsync(engagement, warning, SentOnce.Of(sent.Value.Once), sent.Value.Reason, stop);
        return await reader.OfAsync(engagement, stop);
    }

    private static async Task<EngagementAnswer> CloseAsync([Description("The id of the engagement.")] string engagement, EngagementBook book, EngagementReader reader, CancellationToken stop)
    {
        await reader.KnownAsync(engagement, stop);
        await book.CloseAsync(engagement, stop);
        return await reader.OfAsync(engagement, stop);
    }
}

/// <summary>One engagement with everything about it.</summary>
internal sealed class EngagementReader(EngagementBook book, CourseBook course, QuoteBook quotes, WarningBook warnings)
{
    /// <exception cref="NotThere">There is none.</exception>
    public async Task<Engagement> KnownAsync(string id, CancellationToken stop) => await book.OfAsync(id, stop) ?? throw new NotThere($"There is no engagement '{id}' in this company.");

    /// <exception cref="NotThere">There is none.</exception>
    public async Task<EngagementAnswer> OfAsync(string id, CancellationToken stop)
    {
        var it = await KnownAsync(id, stop);
        var steps = await course.StepsAsync(id, stop);
        return new EngagementAnswer(
            EngagementItem.Of(it, course.StateOf(it, steps)), it.HoursPerWeek, it.Licence, it.PeerReview, it.Edition,
            [.. steps.Select(step => new StepAnswer(step.Id, step.Kind, step.HappenedOn, step.Says, step.ToldAt, step.ToldBy))],
            [.. (await quotes.OfAsync(id, stop)).Select(one => new QuoteAnswer(one.Id, one.Firm, one.Licence, one.PeerReview, one.Dollars, one.Weeks, one.Asked, one.Says, one.ToldAt, one.ToldBy, one.ChosenAt, one.ChosenBy))],
            [.. SizeTable.Parse(it.Sizes).Sizes.OrderBy(size => size.Key).Select(size => new SizeAnswer(size.Key, size.Value))],
            [.. (await warnings.OfAsync(it, stop)).Select(seen => new WarningAnswer(seen.Warning.Id, seen.Warning.Says, seen.Aside?.Reason, seen.Aside?.SetBy, seen.Aside?.SetAt))]);
    }
}

internal sealed record EngagementList(IReadOnlyList<EngagementItem> Engagements);

/// <param name="Begins">The first day of the window; null for a Type I.</param>
/// <param name="Ends">The last day of the window, or the day of a Type I.</param>
/// <param name="Wanted">When the customer needs the report.</param>
/// <param name="Follows">The id of the engagement that it goes on from.</param>
internal sealed record EngagementItem(
    string Id, string Title, EngagementKind Kind, DateOnly? Begins, DateOnly Ends, DateOnly? Wanted, IReadOnlyList<string> Categories, string Firm, EngagementState State, string? Follows, long Version)
{
    public static EngagementItem Of(Engagement it, EngagementState state) => new(it.Id, it.Title, it.Kind, it.Begins, it.Ends, it.Wanted, it.CategoryList, it.Firm, state, it.Follows, it.Version);
}

internal sealed record EngagementAnswer(
    EngagementItem Engagement, double HoursPerWeek, string Licence, string PeerReview, string Edition, IReadOnlyList<StepAnswer> Steps, IReadOnlyList<QuoteAnswer> Quotes, IReadOnlyList<SizeAnswer> Sizes, IReadOnlyList<WarningAnswer> Warnings);

internal sealed record StepAnswer(string Id, StepKind Step, DateOnly HappenedOn, string Says, DateTimeOffset ToldAt, string ToldBy);

/// <param name="Dollars">US dollars for the whole report.</param>
/// <param name="Asked">What the firm asked before it named a price.</param>
internal sealed record QuoteAnswer(
    string Id, string Firm, string Licence, string PeerReview, long Dollars, int? Weeks, string Asked, string Says, DateTimeOffset ToldAt, string ToldBy, DateTimeOffset? ChosenAt, string? ChosenBy);

/// <param name="Items">How many the auditor takes.</param>
internal sealed record SizeAnswer(SampledRhythm Rhythm, int Items);

/// <param name="Reason">Why somebody set it aside; null while it stands.</param>
internal sealed record WarningAnswer(string Id, string Says, string? Reason, string? SetAsideBy, DateTimeOffset? SetAsideAt);

/// <param name="Begins">The first day of the window; left out for a Type I.</param>
/// <param name="Ends">The last day of the window, or the day of a Type I.</param>
/// <param name="Categories">Left out: Security alone.</param>
/// <param name="Once">An id of your own. Sending it again adds nothing.</param>
internal sealed record EngagementSent(
    string Title, EngagementKind Kind, DateOnly Ends, double HoursPerWeek, DateOnly? Begins = null, DateOnly? Wanted = null, string? Firm = null, string? Licence = null, string? PeerReview = null,
    IReadOnlyList<string>? Categories = null, Guid? Once = null);

/// <param name="Once">An id of your own. Sending it again adds nothing.</param>
internal sealed record NextSent(Guid? Once = null);

/// <param name="HappenedOn">Today, or a day that is over.</param>
/// <param name="Once">An id of your own. Sending it again adds nothing.</param>
internal sealed record StepSent(StepKind Step, DateOnly HappenedOn, string? Says = null, Guid? Once = null);

/// <param name="Dollars">US dollars for the whole report.</param>
/// <param name="Weeks">From the last day the firm looks at to the report.</param>
/// <param name="Once">An id of your own. Sending it again adds nothing.</param>
internal sealed record QuoteSent(string Firm, long Dollars, int? Weeks = null, string? Licence = null, string? PeerReview = null, string? Asked = null, string? Says = null, Guid? Once = null);

/// <param name="Once">An id of your own. Sending it again adds nothing.</param>
internal sealed record AsideSent(string Reason, Guid? Once = null);
