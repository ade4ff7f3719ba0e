using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http;
using Plainproof.Assurance.Populations;
using Plainproof.Cli;
using Plainproof.Features.Api;
using Plainproof.Features.People;
using Plainproof.Features.Window;

namespace Plainproof.Features.Populations;

/// <summary>What the pages of populations do, for scripts.</summary>
internal sealed class PopulationsApi : IApiDoor
{
    private const int MostRows = 1000;

    public string Title => "Populations";

    public void Map(ApiRoutes routes)
    {
        var company = routes.Company;
        company.MapGet("/populations", ListAsync).Needs(Scope.Read).Is("listPopulations", "List the kinds of populations", "Each kind of complete list with how many items it has in the window. Without parameters: the engagement under way, or the last 90 days.");
        company.MapGet("/populations/{population}", OneAsync).Needs(Scope.Read).Is("getPopulation", "Get a population", "The rows, where they came from, and where some may be missing. What the company checked itself is no test: only the auditor tests.");
        company.MapPost("/populations/{population}/frozen", FreezeAsync).Needs(Scope.Work, Ability.ManageEngagement).Is("freezePopulation", "Freeze a population", "Seals the rows and logs the root over them. Only for days that are over. It is never changed; a newer one stands beside it.")
            .Example("""{ "first": "2026-01-01", "last": "2026-03-31", "engagement": null, "once": null }""");
        company.MapGet("/frozen-populations", FrozenAsync).Needs(Scope.Read).Is("listFrozenPopulations", "List the frozen populations", "Newest first.");
        company.MapGet("/frozen-populations/{frozen}", FrozenOneAsync).Needs(Scope.Read).Is("getFrozenPopulation", "Get a frozen population", "What was asked, where it came from, how many rows it has, and the root over them.");
        company.MapGet("/frozen-populations/{frozen}/rows/{row}", RowAsync).Needs(Scope.Read).Is("getFrozenRow", "Get one row with its proof", "The row, its salt and its path. With the root from the evidence log it proves itself, and tells nothing of other rows.");
    }

    private static async Task<PopulationList> ListAsync(
        PopulationBook book, CancellationToken stop, [Description("The id of an engagement.")] string? engagement = null,
        [Description("The first of any days, such as 2027-01-01. Needs 'to'.")] string? from = null, [Description("The last of any days.")] string? to = null)
    {
        var days = await book.ChooseAsync(engagement, from, to, stop);
        return new PopulationList(days.Engagement?.Id, days.First, days.Last, [.. (await book.AllAsync(days, stop) ?? []).Select(PopulationLine.Of)]);
    }

    private static async Task<PopulationAnswer> OneAsync(
        [Description("The kind, as listPopulations tells it.")] string population, PopulationBook book, CancellationToken stop, [Description("The id of an engagement.")] string? engagement = null,
        [Description("The first of any days, such as 2027-01-01. Needs 'to'.")] string? from = null, [Description("The last of any days.")] string? to = null,
        [Description("The page of rows, from 1. A page has up to 1000.")] int page = 1)
    {
        var (found, days) = (Known(population), await book.ChooseAsync(engagement, from, to, stop));
        if (page < 1)
            throw new BadInput("'page' is a number from 1.");
        return PopulationAnswer.Of(days, await book.OfAsync(found, days, stop) ?? throw new BadInput("This window has not begun."), page, MostRows);
    }

    private static async Task<Created<FrozenItem>> FreezeAsync([Description("The kind, as listPopulations tells it.")] string population, Sent<FreezeSent> sent, Freezing freezing, CurrentCompany company, CancellationToken stop)
    {
        var asked = sent.Value;
        var done = await freezing.FreezeAsync(Known(population), asked.Engagement, asked.First, asked.Last, SentOnce.Of(asked.Once), stop);
        return TypedResults.Created($"{ApiDoor.Root}/companies/{company.Name}/frozen-populations/{done.Id}", FrozenItem.Of((await freezing.OfAsync(done.Id, stop))!));
    }

    private static async Task<FrozenList> FrozenAsync(Freezing freezing, CancellationToken stop) => new([.. (await freezing.AllAsync(null, stop)).Select(FrozenItem.Of)]);

    private static async Task<FrozenItem> FrozenOneAsync([Description("The id of the frozen population.")] string frozen, Freezing freezing, CancellationToken stop) => FrozenItem.Of(await FoundAsync(frozen, freezing, stop));

    private static async Task<RowAnswer> RowAsync(
        [Description("The id of the frozen population.")] string frozen, [Description("The number of the row, from 1.")] string row, Freezing freezing, CancellationToken stop) =>
        int.TryParse(row, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) && await freezing.RowAsync(await FoundAsync(frozen, freezing, stop), number, stop) is { } found
            ? RowAnswer.Of(found)
            : throw new NotThere("There is no such row.");

    private static async Task<FrozenPopulation> FoundAsync(string id, Freezing freezing, CancellationToken stop) => await freezing.OfAsync(id, stop) ?? throw new NotThere("There is no such frozen population.");

    private static PopulationKind Known(string kind) => PopulationKinds.Find(kind) ?? throw new NotThere("There is no such kind of population.");
}

internal sealed record PopulationList(string? Engagement, DateOnly First, DateOnly Last, IReadOnlyList<PopulationLine> Populations);

/// <param name="Kind">The kind, as other operations take it.</param>
/// <param name="Complete">Every source that tells of it was read in full, without a gap.</param>
internal sealed record PopulationLine(string Kind, string Title, int Items, bool Complete, IReadOnlyList<string> Holes)
{
    public static PopulationLine Of(Population list) => new(list.Kind.Id, list.Kind.Title, list.Items.Count, list.IsWhole, [.. list.Holes.Select(hole => hole.Words)]);
}

/// <param name="Query">What was asked, in words.</param>
/// <param name="AsOf">Nothing that was read later is in it.</param>
/// <param name="Complete">Every source that tells of it was read in full, without a gap.</param>
/// <param name="Holes">Where items may be missing, and why.</param>
/// <param name="Count">How many rows there are on all pages.</param>
/// <param name="Fingerprint">SHA-256 over all rows in their order.</param>
/// <param name="Rows">The rows of this page.</param>
/// <param name="NextPage">The next page; null on the last.</param>
internal sealed record PopulationAnswer(
    string Kind, string Title, DateOnly First, DateOnly Last, string Query, DateTimeOffset AsOf, bool Complete, IReadOnlyList<string> Holes, IReadOnlyList<SourceItem> Sources, int Count, string Fingerprint,
    IReadOnlyList<string> Columns, IReadOnlyList<PopulationRow> Rows, int? NextPage, IReadOnlyList<ComparisonItem> Comparisons)
{
    public static PopulationAnswer Of(WindowDays days, PopulationView view, int page, int most)
    {
        var list = view.List;
        var rows = list.Items.Index().Skip((int)Math.Min((long)(page - 1) * most, int.MaxValue)).Take(most)
            .Select(one => new PopulationRow(list.RowOf(one.Item).ToDictionary(StringComparer.Ordinal), view.Census is { } census ? CheckedAnswer.Of(census.Items[one.Index]) : null));
        return new PopulationAnswer(
            list.Kind.Id, list.Kind.Title, days.First, days.Last, PopulationWords.Query(list.Kind, days.First, days.Last), list.AsOf, list.IsWhole, [.. list.Holes.Select(hole => hole.Words)], [.. view.Sources.Select(SourceItem.Of)], list.Items.Count,
            view.Fingerprint.ToString(), list.Columns, [.. rows], (long)page * most < list.Items.Count ? page + 1 : null, [.. view.Comparisons.Select(ComparisonItem.Of)]);
    }
}

/// <param name="Cells">The text of each column.</param>
/// <param name="Checked">What the company found when it checked the item itself; null when it checks nothing of this kind.</param>
internal sealed record PopulationRow(IReadOnlyDictionary<string, string> Cells, CheckedAnswer? Checked);

internal sealed record CheckedAnswer(Verdict Verdict, IReadOnlyList<FindingItem> Findings)
{
    public static CheckedAnswer Of(CheckedItem it) => new(it.Verdict, [.. it.Findings.Select(finding => new FindingItem(finding.Question, finding.Verdict, finding.Words))]);
}

/// <param name="Question">What holds when it is met.</param>
internal sealed record FindingItem(string Question, Verdict Verdict, string Words);

/// <param name="Sent">It was sent in a file, and Plainproof read no system.</param>
/// <param name="Looks">How often it was looked at.</param>
/// <param name="Whole">How often all of it was read.</param>
internal sealed record SourceItem(string Scope, string Source, bool Sent, IReadOnlyList<string> Principals, int Looks, int Whole, DateTimeOffset First, DateTimeOffset Last, string LastCollection)
{
    public static SourceItem Of(ListSource it) => new(it.Scope, it.Source, it.Sent, it.Principals, it.Looks, it.Whole, it.First, it.Last, it.LastCollection);
}

/// <param name="Left">What the first list holds.</param>
/// <param name="Right">What the second list holds.</param>
/// <param name="NotDone">Why they were not compared; null when they were.</param>
internal sealed record ComparisonItem(string Comparison, string Title, string Left, string Right, int Both, IReadOnlyList<DifferenceItem> OnlyLeft, IReadOnlyList<DifferenceItem> OnlyRight, string? NotDone)
{
    public static ComparisonItem Of(Comparison it) => new(it.Id, it.Title, it.Left, it.Right, it.Both, [.. it.OnlyLeft.Select(DifferenceItem.Of)], [.. it.OnlyRight.Select(DifferenceItem.Of)], it.Missing);
}

/// <param name="Difference">Names it within the comparison.</param>
internal sealed record DifferenceItem(string Difference, string Name, string Words)
{
    public static DifferenceItem Of(Difference it) => new(it.Key, it.Name, it.Words);
}

internal sealed record FrozenList(IReadOnlyList<FrozenItem> Frozen);

/// <param name="Root">Of the tree over the salted rows, as the evidence log holds it.</param>
/// <param name="Digest">Names the sealed rows.</param>
/// <param name="Entry">The id of its entry in the evidence log.</param>
internal sealed record FrozenItem(
    string Id, string Kind, string? Engagement, DateOnly First, DateOnly Last, string Query, long Rows, string Root, string Digest, string Entry, bool Complete, IReadOnlyList<string> Holes, IReadOnlyList<SourceItem> Sources,
    DateTimeOffset AsOf, DateTimeOffset FrozenAt, string FrozenBy)
{
    public static FrozenItem Of(FrozenPopulation it) => new(
        it.Id, it.Kind, it.Engagement, it.FirstDay, it.LastDay, it.Query, it.RowCount, it.Root, it.Digest, it.Entry, it.HoleList().Count == 0, it.HoleList(), [.. it.SourceList().Select(SourceItem.Of)], it.AsOf, it.FrozenAt, it.FrozenBy);
}

/// <param name="Index">The number of the row, from 0.</param>
/// <param name="Rows">How many rows there are.</param>
/// <param name="Row">The exact text that was hashed.</param>
/// <param name="Path">Hashes beside the way from the row up to the root.</param>
internal sealed record RowAnswer(string Format, string Population, long Index, long Rows, string Salt, string Row, IReadOnlyList<string> Path, string Root)
{
    public static RowAnswer Of(Evidence.RowFile it) => new(Evidence.RowFile.Format, it.Population, it.Index, it.Count, Convert.ToHexStringLower(it.Salt.Span), it.Row, [.. it.Path.Select(hash => hash.ToString())], it.Root.ToString());
}

/// <param name="First">The first day.</param>
/// <param name="Last">The last day, which is over.</param>
/// <param name="Engagement">Whose window the days are, or are a part of; null for any other days.</param>
/// <param name="Once">A UUID of your own: sending it twice freezes once.</param>
internal sealed record FreezeSent(DateOnly First, DateOnly Last, string? Engagement = null, Guid? Once = null);
