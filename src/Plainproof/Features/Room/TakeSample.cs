using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Plainproof.Cli;
using Plainproof.Features.Export;
using Plainproof.Features.People;
using Plainproof.Features.Populations;
using Plainproof.Features.Sampling;
using Plainproof.Storage;
using Plainproof.Storage.Records;

namespace Plainproof.Features.Room;

/// <param name="Tally">What the room had drawn of the list.</param>
/// <param name="IsNew">False when it was taken before.</param>
internal sealed record TakeDone(string Id, int Items, KeyCame KeyFrom, SampleTally Tally, bool IsNew);

/// <summary>
/// Takes in a sample that an auditor issued in a room of their own. Whoever brings it cannot alter it: all of it follows from what the room's
/// log proves, from the frozen list, and from the rule by which samples are drawn.
/// </summary>
internal sealed class TakeSample(RecordedWork work, CompanyLogs logs, CurrentCompany company, DataFolder data)
{
    public const string EntryKind = "sample.taken";

    /// <param name="name">How the file is called, for words about it.</param>
    /// <param name="key">The room's key as it came from elsewhere; null or empty takes the one in the file.</param>
    /// <exception cref="BadInput">Not theirs to do, or everything that is wrong with the file, at once.</exception>
    public async Task<TakeDone> RunAsync(string name, byte[] bytes, string? key, CancellationToken stop)
    {
        work.Require(Ability.ManageEngagement, "take in a sample");
        var issued = Read(name, bytes);
        await SampleMark.RefuseAsync(data.DatabaseOf(company.Name), "The sample was not taken in.", stop);
        var given = key?.Trim() is { Length: > 0 } typed ? typed : null;
        var check = new IssueCheck(issued, await SideAsync(stop));
        if (check.Problems(given) is { Count: > 0 } problems)
            throw new BadInput([$"{name} was not taken in.", .. problems]);
        var (sample, isNew) = (check.Sample!, false);
        var taken = new TakenSample
        {
            Id = issued.Id,
            Package = issued.Package,
            RoomKey = issued.Key,
            KeyFrom = given is null ? KeyCame.WithTheSample : KeyCame.FromElsewhere,
            Content = Encoding.UTF8.GetString(bytes),
            TakenAt = work.Now,
            TakenBy = work.By,
        };
        await work.ActAsync(async () =>
        {
            if (await work.Records.Set<DrawnSample>().AsNoTracking().SingleOrDefaultAsync(one => one.Id == sample.Id, stop) is { } there)
                return there.Secret == sample.Secret && there.Salt == sample.Salt ? null : throw new BadInput($"{name} was not taken in. There is another sample of this id here.");
            isNew = true;
            work.Records.AddRange(sample, taken);
            return work.Tell(EntryKind, Told(issued, taken));
        }, stop);
        return new TakeDone(sample.Id, sample.RowList().Count, taken.KeyFrom, issued.Tally!, isNew);
    }

    /// <summary>How a sample came; null for one that was drawn here.</summary>
    public async Task<TakenSample?> OfAsync(string sample, CancellationToken stop) => await work.Records.Set<TakenSample>().AsNoTracking().SingleOrDefaultAsync(one => one.Id == sample, stop);

    private static IssuedSample Read(string name, byte[] bytes)
    {
        if (bytes.Length is 0 or > IssuedSample.MostBytes)
            throw new BadInput(bytes.Length == 0 ? $"{name}: the file is empty." : $"{name}: the file is larger than {IssuedSample.MostBytes >> 20} MB. A sample is much smaller.");
        try
        {
            return IssuedSample.Parse(bytes);
        }
        catch (InvalidDataException bad)
        {
            throw new BadInput($"{name} was not taken in: {bad.Message.TrimEnd('.')}. Ask the auditor to send it again, as the file that 'Give to the company' gives.");
        }
    }

    private async Task<CompanySide> SideAsync(CancellationToken stop)
    {
        var log = await logs.OfAsync(company.Name);
        await using var connection = await data.DatabaseOf(company.Name).OpenAsync(stop);
        var packages = await connection.Command("SELECT body FROM log_entry WHERE company = @company AND kind = @kind", ("company", company.Name), ("kind", ExportPackage.EntryKind))
            .ListAsync(row => (string?)JsonNode.Parse(row.GetFieldValue<byte[]>(0))!["predicate"]!["listSha256"] ?? "", stop);
        var (frozen, samples) = (await work.Records.Set<FrozenPopulation>().AsNoTracking().ToListAsync(stop), await work.Records.Set<DrawnSample>().AsNoTracking().Where(one => one.IssuedAt != null).ToListAsync(stop));
        return new CompanySide(log.PublicKey.Name, packages.ToHashSet(StringComparer.Ordinal), frozen.ToDictionary(one => one.Id, StringComparer.Ordinal), samples.ToDictionary(one => one.Id, StringComparer.Ordinal));
    }

    private static JsonObject Told(IssuedSample issued, TakenSample taken) => new()
    {
        ["sample"] = issued.Id,
        ["salt"] = issued.Salt,
        ["text"] = issued.Secret,
        ["commitment"] = issued.Commitment,
        ["drawnBy"] = issued.DrawnBy,
        ["drawnAt"] = issued.DrawnAt.ToString("O"),
        ["package"] = issued.Package,
        ["roomKey"] = issued.Key,
        ["keyFrom"] = Words.Of(taken.KeyFrom),
        ["fileSha256"] = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(taken.Content))),
    };
}
