using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Plainproof.Cli;
using Plainproof.Evidence;
using Plainproof.Features.People;
using Plainproof.Web;

namespace Plainproof.Features.Sampling;

/// <summary>A cell of the grid as typed.</summary>
internal sealed record TickForm(int Row, string Attribute, Tick Tick, string Note, string Reference);

/// <summary>
/// What the auditor tests of each item, and what they found. Theirs alone: nobody else reads it here, and the log holds only commitments to
/// it. Ours are the findings of the company's own check, which stand elsewhere and are never called tested (law 5).
/// </summary>
internal sealed class TestGrid(RecordedWork work, SamplingBook samples, CurrentCompany company)
{
    public const int MostAttributes = 12;
    private const int LongestText = 300;
    private const int LongestNote = 2000;
    private const int TicksInEntry = 500;

    public static string Letter(long place) => ((char)('A' + place)).ToString();

    /// <summary>Empty for everybody but auditors.</summary>
    public async Task<IReadOnlyList<SampleAttribute>> AttributesAsync(string sample, CancellationToken stop) =>
        company.May(Ability.SeeTests) ? [.. (await work.Records.Set<SampleAttribute>().AsNoTracking().Where(one => one.Sample == sample).ToListAsync(stop)).OrderBy(one => one.Place)] : [];

    /// <summary>The newest tick of each item and attribute. Empty for everybody but auditors.</summary>
    public async Task<IReadOnlyDictionary<(long Row, string Attribute), GridTick>> TicksAsync(string sample, CancellationToken stop) =>
        company.May(Ability.SeeTests)
            ? (await work.Records.Set<GridTick>().AsNoTracking().Where(one => one.Sample == sample).ToListAsync(stop)).GroupBy(one => (one.RowNumber, one.Attribute)).ToDictionary(some => some.Key, some => some.OrderBy(one => one.MarkedAt).ThenBy(one => one.Id, StringComparer.Ordinal).Last())
            : new Dictionary<(long, string), GridTick>();

    /// <summary>
    /// All that was ticked, oldest first, each with its text and its salt: what shows that the log committed to it, and what the auditor takes away.
    /// Null for everybody but auditors, and where there is no such sample.
    /// </summary>
    public async Task<JsonObject?> FileAsync(string sample, CancellationToken stop)
    {
        if (!company.May(Ability.SeeTests) || await samples.OfAsync(sample, stop) is null)
            return null;
        var ticks = (await work.Records.Set<GridTick>().AsNoTracking().Where(one => one.Sample == sample).ToListAsync(stop)).OrderBy(one => one.MarkedAt).ThenBy(one => one.Id, StringComparer.Ordinal);
        return new JsonObject
        {
            ["sample"] = sample,
            ["commitment"] = "SHA-256 over the salt, from hexadecimal, and the text in UTF-8; entries test.ticked of the evidence log list them",
            ["attributes"] = new JsonArray([.. (await AttributesAsync(sample, stop)).Select(one => (JsonNode)new JsonObject { ["attribute"] = one.Id, ["letter"] = Letter(one.Place), ["text"] = one.Text })]),
            ["ticks"] = new JsonArray([.. ticks.Select(one => (JsonNode)new JsonObject { ["at"] = one.MarkedAt.ToString("O"), ["by"] = one.MarkedBy, ["salt"] = one.Salt, ["text"] = one.Commitment.Text, ["commitment"] = one.Commitment.Digest })]),
        };
    }

    /// <param name="lines">One attribute on each line.</param>
    /// <param name="once">Made when the form was shown, so that it counts once.</param>
    /// <exception cref="BadInput">Not theirs to do, or everything that is wrong with it.</exception>
    public async Task AddAsync(string sample, string lines, string once, CancellationToken stop)
    {
        work.Require(Ability.WriteTests, "write tests");
        var mark = RecordedWork.Once(once);
        _ = await samples.OfAsync(sample, stop) ?? throw new BadInput("There is no such sample.");
        var fields = new TypedFields();
        var texts = lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => fields.Text(line, "An attribute", LongestText)).ToList();
        if (texts.Count == 0)
            fields.Problems.Add("Write what you test of each item, one thing on each line.");
        fields.OrBad();
        await work.ActAsync(async () =>
        {
            var there = await work.Records.Set<SampleAttribute>().Where(one => one.Sample == sample).ToListAsync(stop);
            if (there.Any(one => one.Id.StartsWith(mark, StringComparison.Ordinal)))
                return null;
            if (there.Count + texts.Count > MostAttributes)
                throw new BadInput($"A grid has {MostAttributes} attributes at most.");
            work.Records.AddRange(texts.Select((text, i) => new SampleAttribute { Id = $"{mark}-{i}", Sample = sample, Place = there.Count + i, Text = text, AddedAt = work.Now, AddedBy = work.By }));
            return work.Tell("test.attributes", new JsonObject { ["sample"] = sample, ["count"] = texts.Count });
        }, stop);
    }

    /// <summary>Keeps what is different from before.</summary>
    /// <exception cref="BadInput">Not theirs to do, or an item or attribute that is not there.</exception>
    public async Task TickAsync(string sample, IReadOnlyList<TickForm> typed, CancellationToken stop)
    {
        work.Require(Ability.WriteTests, "write tests");
        var it = await samples.OfAsync(sample, stop) ?? throw new BadInput("There is no such sample.");
        var (rows, attributes) = (it.RowList().ToHashSet(), (await AttributesAsync(sample, stop)).ToDictionary(one => one.Id, StringComparer.Ordinal));
        var fields = new TypedFields();
        foreach (var one in typed)
        {
            if (!rows.Contains(one.Row) || !attributes.TryGetValue(one.Attribute, out var attribute))
            {
                fields.Problems.Add("The page was not complete. Open it again.");
                break;
            }

            fields.Text(one.Note, $"The note at row {one.Row}, {Letter(attribute.Place)}", LongestNote);
            fields.Text(one.Reference, $"The reference at row {one.Row}, {Letter(attribute.Place)}", LongestText);
        }

        fields.OrBad();
        var before = await TicksAsync(sample, stop);
        var changed = typed.Where(one => IsNew(one, before.GetValueOrDefault(((long)one.Row, one.Attribute)))).ToList();
        await work.ActAllAsync(() => Task.FromResult<IReadOnlyList<Entry>>([.. changed.Chunk(TicksInEntry).Select(some => Keep(sample, some))]), stop);
    }

    private static bool IsNew(TickForm typed, GridTick? before) =>
        before is null ? typed.Tick != Tick.Open || typed.Note.Trim().Length + typed.Reference.Trim().Length > 0 : (typed.Tick, typed.Note.Trim(), typed.Reference.Trim()) != (before.Tick, before.Note, before.Reference);

    private Entry Keep(string sample, IReadOnlyList<TickForm> some)
    {
        var ticks = some.Select(one => New(sample, one)).ToList();
        work.Records.AddRange(ticks);
        return work.Tell("test.ticked", new JsonObject { ["sample"] = sample, ["commitments"] = new JsonArray([.. ticks.Select(tick => (JsonNode)tick.Commitment.Digest)]) });
    }

    private GridTick New(string sample, TickForm one) => new()
    {
        Id = Guid.CreateVersion7().ToString("D"),
        Sample = sample,
        RowNumber = one.Row,
        Attribute = one.Attribute,
        Tick = one.Tick,
        Note = one.Note.Trim(),
        Reference = one.Reference.Trim(),
        Salt = Commitment.NewSalt(),
        MarkedAt = work.Now,
        MarkedBy = work.By,
    };
}
