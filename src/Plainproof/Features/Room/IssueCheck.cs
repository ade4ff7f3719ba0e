using System.Text.Json.Nodes;
using Plainproof.Assurance.Samples;
using Plainproof.Evidence;
using Plainproof.Features.Populations;
using Plainproof.Features.Sampling;
using Plainproof.Features.Standing;

namespace Plainproof.Features.Room;

/// <summary>What the company knows itself, against which a sample from a room is held.</summary>
/// <param name="Log">The name of its log.</param>
/// <param name="Packages">The digests of the lists of all packages that its log tells of.</param>
/// <param name="Frozen">Its frozen lists, by their ids.</param>
/// <param name="Samples">The samples it has, by their ids.</param>
internal sealed record CompanySide(string Log, IReadOnlySet<string> Packages, IReadOnlyDictionary<string, FrozenPopulation> Frozen, IReadOnlyDictionary<string, DrawnSample> Samples);

/// <summary>
/// Holds a sample from a room against its own proof, against the rule by which samples are drawn, and against what the company froze. Pure. Tells
/// everything that is wrong.
/// </summary>
internal sealed class IssueCheck(IssuedSample issued, CompanySide company)
{
    private const string KindPrefix = "urn:plainproof:";
    private readonly List<string> _problems = [];

    /// <summary>The sample as the company keeps it; of meaning only when there are no problems.</summary>
    public DrawnSample? Sample { get; private set; }

    /// <param name="key">The room's key as it came from elsewhere; null takes the one in the file.</param>
    public IReadOnlyList<string> Problems(string? key)
    {
        Try(() => CheckProof(key));
        Try(CheckPlace);
        Try(CheckSample);
        return _problems;
    }

    private void CheckProof(string? key)
    {
        var own = NoteKey.Parse(issued.Key);
        if (own.ToString() != issued.Key)
            _problems.Add("The key of the room is not written as a key is.");
        if (key is not null && NoteKey.Parse(key).ToString() != own.ToString())
            _problems.Add("The key of the room is not the one that you gave.");
        var (made, drawn, told) = (Held("The making of the room", issued.Made, own), Held("The drawing", issued.Drawn, own), Held("The issuing", issued.Issued, own));
        if (drawn <= made || told <= drawn)
            _problems.Add("The room did not commit to the sample before it issued it.");
        foreach (var (entry, kind) in new[] { (issued.Made, MakeRoom.MadeKind), (issued.Drawn, "sample.drawn"), (issued.Issued, "sample.issued") })
            if (IssuedSample.Kind(entry) != KindPrefix + kind)
                _problems.Add($"An entry is of the kind {IssuedSample.Kind(entry)}. It should be {kind}.");
    }

    private long? Held(string what, ProvenEntry entry, NoteKey key)
    {
        try
        {
            return entry.HeldUnder(key);
        }
        catch (NoteException bad)
        {
            _problems.Add($"{what} is not proven: {bad.Message}.");
            return null;
        }
    }

    private void CheckPlace()
    {
        if (issued.Log != company.Log)
            _problems.Add($"It was drawn from a package of another company: {issued.Log}. The log here is {company.Log}.");
        else if (!company.Packages.Contains(issued.Package))
            _problems.Add("It was drawn from a package that the log here does not tell of.");
    }

    private void CheckSample()
    {
        var drawn = IssuedSample.Said(issued.Drawn);
        if (IssuedSample.Text(drawn, "sample") != issued.Id)
            _problems.Add("The sample that was issued is not the one that was drawn.");
        if (!Guid.TryParseExact(issued.Id, "D", out _))
            _problems.Add("The id of the sample is none.");
        var commitment = new Commitment(issued.Salt, issued.Secret);
        if (commitment.Digest != issued.Commitment)
            _problems.Add("Salt and text do not give the commitment. The sample was changed after it was drawn.");
        var text = JsonNode.Parse(issued.Secret) as JsonObject ?? throw new InvalidDataException("the text of the sample is no JSON object");
        if (company.Frozen.GetValueOrDefault(IssuedSample.Text(text, "population")) is not { } frozen)
        {
            _problems.Add("It is drawn from a list that was not frozen here.");
            return;
        }

        if (new[] { text, drawn }.Any(one => IssuedSample.Text(one, "root") != frozen.Root || (long?)one["rows"] != frozen.RowCount || IssuedSample.Text(one, "population") != frozen.Id))
            _problems.Add($"Its list is not the one that was frozen here: the root or the number of rows differs. Here it is {frozen.Root} over {frozen.RowCount} rows.");
        if (issued.Tally is null)
            _problems.Add("It does not tell how many samples the room drew of this list.");
        CheckRows(text, frozen);
        Sample = SampleOf(text, commitment, frozen);
    }

    /// <summary>By the rule of docs/manual/samples.md.</summary>
    private void CheckRows(JsonObject text, FrozenPopulation frozen)
    {
        var (rows, chosen) = ((int)frozen.RowCount, Chosen(text));
        var (method, seed, extends) = (StandingParts.FromWord<SampleMethod>(IssuedSample.Text(text, "method")), IssuedSample.Text(text, "seed"), (string?)text["extends"]);
        if (chosen.Count is 0 or > SamplingBook.MostItems || chosen.Any(row => row < 1 || row > rows) || chosen.Distinct().Count() != chosen.Count)
            _problems.Add($"It names rows that are none, or one twice. A sample has 1 to {SamplingBook.MostItems} rows of this list, whose rows are 1 to {rows}.");
        var skipped = extends is null ? 0 : SkippedBy(extends, frozen, seed);
        var follow = method switch
        {
            SampleMethod.Random => skipped is { } before ? Draw.Random(frozen.Root, rows, seed, chosen.Count, before) : chosen,
            SampleMethod.Systematic => Draw.Systematic(frozen.Root, rows, seed, chosen.Count),
            SampleMethod.All => [.. Enumerable.Range(1, rows)],
            SampleMethod.Targeted => chosen,
            _ => [],
        };
        if (method is null)
            _problems.Add("It does not say how it was drawn.");
        else if (!follow.SequenceEqual(chosen))
            _problems.Add("Its rows do not follow from the root, the method and the seed.");
        if (extends is not null && method != SampleMethod.Random)
            _problems.Add("Only a sample by chance goes on from another.");
    }

    /// <returns>How many rows of the order the samples before it have; null when one of them is not here.</returns>
    private int? SkippedBy(string extends, FrozenPopulation frozen, string seed)
    {
        var (count, seen) = (0, new HashSet<string>(StringComparer.Ordinal));
        for (string? at = extends; at is not null;)
        {
            if (!seen.Add(at) || company.Samples.GetValueOrDefault(at) is not { } earlier || earlier.Population != frozen.Id || earlier.Seed != seed)
            {
                _problems.Add($"It goes on from the sample {at}, which is not here. Take that one first.");
                return null;
            }

            (count, at) = (count + earlier.RowList().Count, earlier.Extends);
        }

        return count;
    }

    private DrawnSample SampleOf(JsonObject text, Commitment commitment, FrozenPopulation frozen) => new()
    {
        Id = issued.Id,
        Population = frozen.Id,
        Method = StandingParts.FromWord<SampleMethod>(IssuedSample.Text(text, "method")) ?? SampleMethod.Targeted,
        Seed = IssuedSample.Text(text, "seed"),
        Rows = text["chosen"]!.ToJsonString(),
        Extends = (string?)text["extends"],
        Controls = IssuedSample.Text(text, "controls"),
        Why = issued.Why,
        Secret = commitment.Text,
        Salt = commitment.Salt,
        DrawnAt = issued.DrawnAt,
        DrawnBy = issued.DrawnBy,
        IssuedAt = issued.IssuedAt,
        IssuedBy = issued.IssuedBy,
    };

    private static List<int> Chosen(JsonObject text) => [.. (text["chosen"] as JsonArray ?? throw new InvalidDataException("it names no rows")).Select(row => (int?)row ?? 0)];

    private void Try(Action check)
    {
        try
        {
            check();
        }
        catch (Exception bad) when (bad is InvalidDataException or NoteException or InvalidOperationException or FormatException or System.Text.Json.JsonException)
        {
            _problems.Add($"{StandingParts.Sentence(bad.Message.TrimEnd('.'))}.");
        }
    }
}
