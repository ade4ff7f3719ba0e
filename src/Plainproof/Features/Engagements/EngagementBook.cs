using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Plainproof.Assurance.Samples;
using Plainproof.Catalog;
using Plainproof.Cli;
using Plainproof.Features.People;
using Plainproof.Storage;
using Plainproof.Web;

namespace Plainproof.Features.Engagements;

/// <summary>An engagement as typed.</summary>
internal sealed record EngagementForm(
    string Title, string Kind, string Begins, string Ends, string Wanted, string HoursPerWeek, string Firm, string Licence, string PeerReview, IReadOnlyList<string> Categories);

/// <summary>The audits that the company plans, runs and has behind it.</summary>
internal sealed class EngagementBook(RecordedWork work, Catalogue catalogue, TimeProvider clock)
{
    public const int MostHours = 200;
    private const int LongestText = 300;
    private const int LongestWindow = 366;

    public DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    /// <summary>Open ones first, then the one that ends last.</summary>
    public async Task<IReadOnlyList<Engagement>> AllAsync(CancellationToken stop) =>
        [.. (await work.Records.Set<Engagement>().AsNoTracking().ToListAsync(stop)).OrderBy(one => one.IsOpen ? 0 : 1).ThenByDescending(one => one.Ends).ThenBy(one => one.Id, StringComparer.Ordinal)];

    public async Task<Engagement?> OfAsync(string id, CancellationToken stop) => await work.Records.Set<Engagement>().AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, stop);

    /// <param name="once">Made when the form was shown; it becomes the id.</param>
    /// <returns>The id of the engagement.</returns>
    /// <exception cref="BadInput">Not theirs to do, or everything that is wrong with it, at once.</exception>
    public async Task<string> OpenAsync(string once, EngagementForm typed, CancellationToken stop)
    {
        work.Require(Ability.ManageEngagement, "plan an engagement");
        var id = RecordedWork.Once(once);
        var wanted = Proven(typed, id);
        await work.ActAsync(async () =>
        {
            if (await work.Records.Set<Engagement>().AnyAsync(one => one.Id == id, stop))
                return null;
            work.Records.Add(wanted);
            return work.Tell("engagement.opened", Told(wanted));
        }, stop);
        return id;
    }

    /// <param name="seen">The version that the page showed.</param>
    /// <exception cref="BadInput">Not theirs to do, or everything that is wrong with it, at once.</exception>
    /// <exception cref="Storage.Records.StaleRecord">Somebody else changed it meanwhile.</exception>
    public Task ChangeAsync(string id, long seen, EngagementForm typed, CancellationToken stop)
    {
        work.Require(Ability.ManageEngagement, "change an engagement");
        var wanted = Proven(typed, id);
        return work.ActAsync(async () =>
        {
            var stored = await ToChangeAsync(id, stop);
            if (Same(stored, wanted))
                return null;
            work.Records.Expect(stored, seen);
            (stored.Title, stored.Kind, stored.Begins, stored.Ends, stored.Wanted) = (wanted.Title, wanted.Kind, wanted.Begins, wanted.Ends, wanted.Wanted);
            (stored.HoursPerWeek, stored.Firm, stored.Licence, stored.PeerReview, stored.Categories) = (wanted.HoursPerWeek, wanted.Firm, wanted.Licence, wanted.PeerReview, wanted.Categories);
            return work.Tell("engagement.changed", Told(stored));
        }, stop);
    }

    /// <exception cref="BadInput">Not theirs to do.</exception>
    public Task CloseAsync(string id, CancellationToken stop)
    {
        work.Require(Ability.ManageEngagement, "close an engagement");
        return work.ActAsync(async () =>
        {
            var stored = await FoundAsync(id, stop);
            if (!stored.IsOpen)
                return null;
            (stored.ClosedAt, stored.ClosedBy) = (work.Now, work.By);
            return work.Tell("engagement.closed", Told(stored));
        }, stop);
    }

    /// <summary>Keeps the firm's own sampling table.</summary>
    /// <param name="seen">The version that the page showed.</param>
    /// <exception cref="BadInput">Not theirs to do, or everything that is wrong with it, at once.</exception>
    /// <exception cref="Storage.Records.StaleRecord">Somebody else changed it meanwhile.</exception>
    public Task SizeAsync(string id, long seen, IReadOnlyDictionary<SampledRhythm, string> typed, CancellationToken stop)
    {
        work.Require(Ability.ManageEngagement, "change a sampling table");
        var sizes = SizesIn(typed).ToText();
        return work.ActAsync(async () =>
        {
            var stored = await ToChangeAsync(id, stop);
            if (stored.Sizes == sizes)
                return null;
            work.Records.Expect(stored, seen);
            stored.Sizes = sizes;
            return work.Tell("engagement.sizes", Told(stored));
        }, stop);
    }

    /// <summary>As it is stored; what is changed of it is saved with the rest.</summary>
    /// <exception cref="BadInput">There is none.</exception>
    public async Task<Engagement> FoundAsync(string id, CancellationToken stop) =>
        await work.Records.Set<Engagement>().SingleOrDefaultAsync(one => one.Id == id, stop) ?? throw new BadInput("There is no such engagement.");

    /// <exception cref="BadInput">There is none, or it is closed.</exception>
    /// <inheritdoc cref="FoundAsync" />
    public async Task<Engagement> ToChangeAsync(string id, CancellationToken stop) =>
        await FoundAsync(id, stop) is { IsOpen: true } open ? open : throw new BadInput("This engagement is closed. Plan a new one.");

    private Engagement Proven(EngagementForm typed, string id)
    {
        var fields = new TypedFields();
        var kind = typed.Kind == "typeTwo" ? EngagementKind.TypeTwo : EngagementKind.TypeOne;
        if (typed.Kind is not ("typeOne" or "typeTwo"))
            fields.Problems.Add("Choose one: a Type I or a Type II.");
        var begins = kind == EngagementKind.TypeTwo ? fields.Day(typed.Begins, "The first day of the window", isNeeded: true) : null;
        var ends = fields.Day(typed.Ends, kind == EngagementKind.TypeTwo ? "The last day of the window" : "The day of the report", isNeeded: true);
        if (begins is { } first && ends is { } last && (last < first || last.DayNumber - first.DayNumber >= LongestWindow))
            fields.Problems.Add(last < first ? "The window ends before it begins." : "A window has at most a year. Plan the rest as the next engagement.");
        var engagement = new Engagement
        {
            Id = id,
            Title = fields.Text(typed.Title, "The name", LongestText, 1),
            Kind = kind,
            Begins = begins,
            Ends = ends ?? default,
            Wanted = fields.Day(typed.Wanted, "The day the customer needs it"),
            HoursPerWeek = HoursIn(typed.HoursPerWeek, fields.Problems),
            Firm = fields.Text(typed.Firm, "The firm", LongestText),
            Licence = fields.Text(typed.Licence, "The licence", LongestText),
            PeerReview = fields.Text(typed.PeerReview, "The peer review", LongestText),
            Edition = catalogue.Criteria.Edition,
            Categories = CategoriesIn(typed.Categories, fields.Problems),
            OpenedAt = work.Now,
            OpenedBy = work.By,
        };
        fields.OrBad();
        return engagement;
    }

    /// <summary>In the order of the catalogue. Security is in every report.</summary>
    private string CategoriesIn(IReadOnlyList<string> typed, List<string> problems)
    {
        var all = catalogue.Criteria.Categories.Select(category => category.Id).ToList();
        problems.AddRange(typed.Where(one => !all.Contains(one)).Select(one => $"There is no category '{one}'. All of them: {string.Join(", ", all)}."));
        return string.Join(", ", all.Where((one, i) => i == 0 || typed.Contains(one)));
    }

    private static SizeTable SizesIn(IReadOnlyDictionary<SampledRhythm, string> typed)
    {
        var (sizes, problems) = (new Dictionary<SampledRhythm, int>(), new List<string>());
        foreach (var rhythm in Enum.GetValues<SampledRhythm>())
        {
            if (int.TryParse(typed.GetValueOrDefault(rhythm)?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size is >= 1 and <= SizeTable.Most)
                sizes[rhythm] = size;
            else
                problems.Add($"{EngagementWords.Rhythm(rhythm)}: a number from 1 to {SizeTable.Most}.");
        }

        return problems.Count == 0 ? new SizeTable(sizes) : throw new BadInput(problems);
    }

    private static double HoursIn(string typed, List<string> problems)
    {
        if (double.TryParse(typed, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var hours) && hours is >= 1 and <= MostHours)
            return hours;
        problems.Add($"Hours a week are a number from 1 to {MostHours}.");
        return 0;
    }

    private static bool Same(Engagement one, Engagement other) =>
        (one.Title, one.Kind, one.Begins, one.Ends, one.Wanted, one.HoursPerWeek) == (other.Title, other.Kind, other.Begins, other.Ends, other.Wanted, other.HoursPerWeek)
        && (one.Firm, one.Licence, one.PeerReview, one.Categories) == (other.Firm, other.Licence, other.PeerReview, other.Categories);

    /// <summary>How an engagement stands, for the log.</summary>
    public static JsonObject Told(Engagement it) => new()
    {
        ["engagement"] = it.Id,
        ["title"] = it.Title,
        ["kind"] = Words.Of(it.Kind),
        ["begins"] = Words.Day(it.Begins),
        ["ends"] = Words.Day(it.Ends),
        ["wanted"] = Words.Day(it.Wanted),
        ["hoursPerWeek"] = it.HoursPerWeek,
        ["firm"] = it.Firm,
        ["licence"] = it.Licence,
        ["peerReview"] = it.PeerReview,
        ["edition"] = it.Edition,
        ["categories"] = it.Categories,
        ["sizes"] = it.Sizes,
        ["follows"] = it.Follows,
    };
}
