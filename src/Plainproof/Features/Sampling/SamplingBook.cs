using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Plainproof.Assurance.Samples;
using Plainproof.Cli;
using Plainproof.Features.People;
using Plainproof.Features.Populations;
using Plainproof.Features.Recurring;
using Plainproof.Features.Stamps;
using Plainproof.Features.Standing;
using Plainproof.Storage;
using Plainproof.Storage.Records;
using Plainproof.Web;

namespace Plainproof.Features.Sampling;

/// <summary>What an auditor asks for, as typed.</summary>
/// <param name="Size">How many; of no meaning for named rows and for all.</param>
/// <param name="Seed">Theirs; empty for one by chance.</param>
/// <param name="Named">The numbers of the rows that they name, with commas or blanks between.</param>
internal sealed record DrawForm(string Population, string Method, string Size, string Seed, string Named, IReadOnlyList<string> Controls, string Why);

/// <param name="Unstamped">Outside stamps that could not be had; the log says so too.</param>
internal sealed record DrawDone(string Id, IReadOnlyList<string> Unstamped);

/// <summary>
/// The samples of the auditors. Only they draw, issue and drop; what is not issued is there for nobody else. The log commits to a sample when
/// it is drawn, and tells it when it is issued.
/// </summary>
internal sealed class SamplingBook(RecordedWork work, Freezing freezing, RecurringBook controls, CompanyLogs logs, CurrentCompany company, DataFolder data, TimeProvider clock)
{
    public const int MostItems = 1_000;
    private const int LongestText = 2000;
    private const int LongestSeed = 100;
    private const int SeedLetters = 32;

    /// <summary>All that the reader may see, newest first.</summary>
    public async Task<IReadOnlyList<DrawnSample>> AllAsync(CancellationToken stop) =>
        [.. (await Seen().ToListAsync(stop)).OrderByDescending(one => one.DrawnAt).ThenByDescending(one => one.Id, StringComparer.Ordinal)];

    /// <summary>Null when there is none, or none that the reader may see.</summary>
    public async Task<DrawnSample?> OfAsync(string id, CancellationToken stop) => await Seen().SingleOrDefaultAsync(one => one.Id == id, stop);

    /// <param name="once">Made when the form was shown; it becomes the id.</param>
    /// <exception cref="BadInput">Not theirs to do, or everything that is wrong with it, at once.</exception>
    /// <exception cref="Evidence.EvidenceException">The sealed rows are damaged or gone.</exception>
    public async Task<DrawDone> DrawAsync(string once, DrawForm typed, CancellationToken stop)
    {
        work.Require(Ability.WriteTests, "draw a sample");
        var id = RecordedWork.Once(once);
        if (await OfAsync(id, stop) is not null)
            return new DrawDone(id, []);
        var frozen = await freezing.OfAsync(typed.Population, stop) ?? throw new BadInput("Choose the frozen list that the sample is drawn from.");
        if ((await freezing.RowsAsync(frozen, stop)).Tree.Root.ToString() != frozen.Root)
            throw new BadInput("The rows of this list do not give the root that was logged. Keep the folder as it is, and run: plainproof verify");
        var sample = await ProvenAsync(id, frozen, typed, stop);
        await SaveAsync(sample, frozen, stop);
        return new DrawDone(id, await OutsideStamps.AddAsync(data, await logs.OfAsync(company.Name), clock, stop));
    }

    /// <summary>As many more items as the sample has, the next ones in its order.</summary>
    /// <param name="once">Made when the form was shown; it becomes the id.</param>
    /// <exception cref="BadInput">Not theirs to do, not drawn by chance, or no row is left.</exception>
    public async Task<DrawDone> ExtendAsync(string earlier, string once, CancellationToken stop)
    {
        work.Require(Ability.WriteTests, "draw a sample");
        var id = RecordedWork.Once(once);
        if (await OfAsync(id, stop) is not null)
            return new DrawDone(id, []);
        var first = await FoundAsync(earlier, stop);
        if (first.Method != SampleMethod.Random)
            throw new BadInput("Only a sample by chance goes on with its next items. Draw another one instead.");
        if ((await Seen().Where(one => one.Extends == earlier && one.DroppedAt == null).ToListAsync(stop)).Count > 0)
            throw new BadInput("More was drawn already. Go on from that sample.");
        var frozen = (await freezing.OfAsync(first.Population, stop))!;
        var before = await DrawnBeforeAsync(first, stop);
        var rows = Draw.Random(frozen.Root, (int)frozen.RowCount, first.Seed, first.RowList().Count, before);
        if (rows.Count == 0)
            throw new BadInput("No row is left: all of them are drawn.");
        await SaveAsync(New(id, frozen, SampleMethod.Random, first.Seed, rows, first.Controls, "More of the same.", earlier), frozen, stop);
        return new DrawDone(id, await OutsideStamps.AddAsync(data, await logs.OfAsync(company.Name), clock, stop));
    }

    /// <summary>From now on the company sees it, and the log tells it.</summary>
    /// <exception cref="BadInput">Not theirs to do, or dropped.</exception>
    public Task IssueAsync(string id, CancellationToken stop) => IssueAsync(work, data.DatabaseOf(company.Name), id, stop);

    /// <inheritdoc cref="IssueAsync(string, CancellationToken)" />
    public static async Task IssueAsync(RecordedWork work, Database rows, string id, CancellationToken stop)
    {
        work.Require(Ability.WriteTests, "issue a sample");
        var since = (await RoomMark.FindAsync(rows, stop))?.MadeAt ?? DateTimeOffset.MinValue; // What came with a room's package was not drawn there.
        await work.ActAsync(async () =>
        {
            var sample = await ToChangeAsync(work, id, stop);
            if (sample.IsIssued)
                return null;
            if (sample.DroppedAt is not null)
                throw new BadInput("It was dropped. Draw another one.");
            (sample.IssuedAt, sample.IssuedBy) = (work.Now, work.By);
            return work.Tell("sample.issued", new JsonObject { ["sample"] = id, ["salt"] = sample.Salt, ["text"] = sample.Secret, ["why"] = sample.Why, [SampleTally.Name] = (await TallyAsync(work, sample, since, stop)).ToJson() });
        }, stop);
    }

    private static async Task<SampleTally> TallyAsync(RecordedWork work, DrawnSample issued, DateTimeOffset since, CancellationToken stop)
    {
        var others = await work.Records.Set<DrawnSample>().AsNoTracking().Where(one => one.Population == issued.Population && one.DrawnAt >= since && one.Id != issued.Id).ToListAsync(stop);
        return SampleTally.Of([.. others, issued]);
    }

    /// <summary>It is never issued. It stays on record with the reason.</summary>
    /// <exception cref="BadInput">Not theirs to do, no reason, or issued.</exception>
    public Task DropAsync(string id, string why, CancellationToken stop)
    {
        work.Require(Ability.WriteTests, "drop a sample");
        var fields = new TypedFields();
        var reason = fields.Text(why, "Why it is dropped", LongestText, 1);
        fields.OrBad();
        return work.ActAsync(async () =>
        {
            var sample = await ToChangeAsync(work, id, stop);
            if (sample.DroppedAt is not null)
                return null;
            if (sample.IsIssued)
                throw new BadInput("It is issued, and the company works on it. It cannot be dropped any more.");
            (sample.DroppedAt, sample.DroppedBy, sample.DroppedWhy) = (work.Now, work.By, reason);
            return work.Tell("sample.dropped", new JsonObject { ["sample"] = id, ["why"] = reason });
        }, stop);
    }

    /// <summary>The one place that keeps what is not issued from everybody else.</summary>
    private IQueryable<DrawnSample> Seen()
    {
        var all = work.Records.Set<DrawnSample>().AsNoTracking();
        return company.May(Ability.SeeTests) ? all : all.Where(one => one.IssuedAt != null);
    }

    private async Task<DrawnSample> ProvenAsync(string id, FrozenPopulation frozen, DrawForm typed, CancellationToken stop)
    {
        var fields = new TypedFields();
        var rows = (int)frozen.RowCount;
        if (rows == 0)
            fields.Problems.Add("This list has no rows. There is nothing to draw.");
        var method = StandingParts.FromWord<SampleMethod>(typed.Method);
        if (method is null)
            fields.Problems.Add("Choose how the items are chosen.");
        if (method == SampleMethod.All && rows > MostItems)
            fields.Problems.Add($"This list has {StandingParts.Number(rows)} rows. A sample has {MostItems} at most.");
        var size = method is SampleMethod.Random or SampleMethod.Systematic ? Number(fields, typed.Size, "How many items", Math.Min(rows, MostItems)) : 0;
        var named = method == SampleMethod.Targeted ? Named(fields, typed.Named, rows) : [];
        var seed = fields.Text(typed.Seed, "The seed", LongestSeed);
        var why = fields.Text(typed.Why, "Why these", LongestText, method == SampleMethod.Targeted ? 1 : 0, "Say why you choose these rows.");
        var known = (await controls.AllAsync(stop)).Select(one => one.Control.Id).ToHashSet(StringComparer.Ordinal);
        fields.Problems.AddRange(typed.Controls.Where(control => !known.Contains(control)).Select(control => $"There is no control {control}."));
        fields.OrBad();
        seed = method is SampleMethod.Random or SampleMethod.Systematic ? seed.Length > 0 ? seed : RandomNumberGenerator.GetHexString(SeedLetters, lowercase: true) : "";
        IReadOnlyList<int> chosen = method switch
        {
            SampleMethod.Random => Draw.Random(frozen.Root, rows, seed, size),
            SampleMethod.Systematic => Draw.Systematic(frozen.Root, rows, seed, size),
            SampleMethod.Targeted => named,
            _ => [.. Enumerable.Range(1, rows)],
        };
        return New(id, frozen, method!.Value, seed, chosen, string.Join(' ', typed.Controls.Distinct(StringComparer.Ordinal)), why, null);
    }

    private static int Number(TypedFields fields, string typed, string what, int most)
    {
        if (int.TryParse(typed.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most)
            return number;
        fields.Problems.Add($"{what}: a whole number from 1 to {most}.");
        return 0;
    }

    private static List<int> Named(TypedFields fields, string typed, int rows)
    {
        var named = new List<int>();
        foreach (var word in typed.Split([' ', ',', ';', '\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (!int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var row) || row < 1 || row > rows)
                fields.Problems.Add($"'{(word.Length > 20 ? word[..20] : word)}' is no row of this list. Its rows are 1 to {rows}.");
            else if (!named.Contains(row))
                named.Add(row);
            if (fields.Problems.Count > 20 || named.Count > MostItems)
                break;
        }

        if (named.Count == 0 && fields.Problems.Count == 0)
            fields.Problems.Add("Name the rows by their numbers, such as 3, 17, 40.");
        if (named.Count > MostItems)
            fields.Problems.Add($"A sample has {MostItems} rows at most.");
        return named;
    }

    private DrawnSample New(string id, FrozenPopulation frozen, SampleMethod method, string seed, IReadOnlyList<int> rows, string controls, string why, string? extends)
    {
        var hidden = Commitment.To(new JsonObject
        {
            ["population"] = frozen.Id,
            ["root"] = frozen.Root,
            ["rows"] = frozen.RowCount,
            ["method"] = StandingParts.WordOf(method),
            ["seed"] = seed,
            ["extends"] = extends,
            ["controls"] = controls,
            ["chosen"] = new JsonArray([.. rows.Select(row => (JsonNode)row)]),
        }.ToJsonString());
        return new DrawnSample
        {
            Id = id,
            Population = frozen.Id,
            Method = method,
            Seed = seed,
            Rows = JsonSerializer.Serialize(rows),
            Extends = extends,
            Controls = controls,
            Why = why,
            Secret = hidden.Text,
            Salt = hidden.Salt,
            DrawnAt = work.Now,
            DrawnBy = work.By,
        };
    }

    private Task SaveAsync(DrawnSample sample, FrozenPopulation frozen, CancellationToken stop) => work.ActAsync(async () =>
    {
        if (await work.Records.Set<DrawnSample>().AnyAsync(one => one.Id == sample.Id, stop))
            return null;
        work.Records.Add(sample);
        return work.Tell("sample.drawn", new JsonObject
        {
            ["sample"] = sample.Id,
            ["population"] = frozen.Id,
            ["root"] = frozen.Root,
            ["rows"] = frozen.RowCount,
            ["commitment"] = sample.Commitment.Digest,
        });
    }, stop);

    /// <summary>How many rows of the order are drawn, with all that the sample itself goes on from.</summary>
    private async Task<int> DrawnBeforeAsync(DrawnSample sample, CancellationToken stop)
    {
        var count = 0;
        for (var one = sample; one is not null; one = one.Extends is { } earlier ? await OfAsync(earlier, stop) : null)
            count += one.RowList().Count;
        return count;
    }

    private async Task<DrawnSample> FoundAsync(string id, CancellationToken stop) => await OfAsync(id, stop) ?? throw new BadInput("There is no such sample.");

    private static async Task<DrawnSample> ToChangeAsync(RecordedWork work, string id, CancellationToken stop) =>
        await work.Records.Set<DrawnSample>().SingleOrDefaultAsync(one => one.Id == id, stop) ?? throw new BadInput("There is no such sample.");
}
