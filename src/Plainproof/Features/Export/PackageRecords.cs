using Microsoft.EntityFrameworkCore;
using Plainproof.Assurance.Samples;
using Plainproof.Cli;
using Plainproof.Features.EvidenceFiles;
using Plainproof.Features.Independence;
using Plainproof.Features.People;
using Plainproof.Features.Requests;
using Plainproof.Features.Room;
using Plainproof.Features.Sampling;

namespace Plainproof.Features.Export;

/// <summary>What stands in records alone and belongs to an audit: the auditor's requests, the samples they issued, and what their firms decided about independence. What the cut of the log does not tell of is left out.</summary>
internal sealed class PackageRecords(RecordedWork work, PackageDays days, string? mark)
{
    /// <summary>Files by their names in the package.</summary>
    public async Task<IReadOnlyList<(string Name, string Text)>> FilesAsync(PackagePlan plan, CancellationToken stop) =>
        [.. await SamplesAsync(plan, stop), .. await TakenAsync(plan, stop), .. await RequestsAsync(plan, stop), .. await IndependenceAsync(plan, stop)];

    /// <summary>The digests of files that were given for a request of the engagement: they belong to it on whichever day they came.</summary>
    public async Task<IReadOnlySet<string>> GivenAsync(CancellationToken stop)
    {
        var shown = (await LinksAsync(DateTimeOffset.MaxValue, stop)).Select(link => Shown.Parse(link.Shows)).Where(one => one is { IsPopulation: false }).Select(one => one!.Value.Id).ToList();
        return (await work.Records.Set<EvidenceFile>().AsNoTracking().Where(file => shown.Contains(file.Id)).Select(file => file.Digest).ToListAsync(stop)).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>A sample that is not issued is nobody's but the auditor's.</summary>
    private async Task<IEnumerable<(string, string)>> SamplesAsync(PackagePlan plan, CancellationToken stop)
    {
        var frozen = plan.Populations.ToDictionary(one => one.Frozen.Id, one => one.Frozen, StringComparer.Ordinal);
        return (await IssuedAsync(plan, stop)).Select(sample => ($"data/samples/{sample.Id}.json", JsonText.Of(new PackedSample(
            sample.Id, sample.Population, frozen[sample.Population].Root, frozen[sample.Population].RowCount, sample.Method, sample.Seed, sample.RowList(), sample.Extends, sample.ControlList(), sample.Why,
            sample.DrawnAt, sample.DrawnBy, sample.IssuedAt!.Value, sample.IssuedBy!, sample.Commitment.Digest, sample.Salt, sample.Secret, mark)) + "\n"));
    }

    /// <summary>What the auditors' firms decided about their independence, oldest first.</summary>
    private async Task<IEnumerable<(string, string)>> IndependenceAsync(PackagePlan plan, CancellationToken stop)
    {
        var newest = plan.Newest;
        var decided = await work.Records.Set<IndependenceDecision>().AsNoTracking().Where(one => one.ToldAt <= newest).OrderBy(one => one.Id).ToListAsync(stop);
        return decided.Select(one => ($"data/independence/{one.Id}.json", JsonText.Of(DecisionItem.Of(one)) + "\n"));
    }

    /// <summary>Of a sample that came from the auditor's room also the file, which proves it without us.</summary>
    private async Task<IEnumerable<(string, string)>> TakenAsync(PackagePlan plan, CancellationToken stop)
    {
        var packed = (await IssuedAsync(plan, stop)).Select(sample => sample.Id).ToList();
        return (await work.Records.Set<TakenSample>().AsNoTracking().Where(taken => packed.Contains(taken.Id)).OrderBy(taken => taken.Id).ToListAsync(stop)).Select(taken => ($"data/samples/{taken.Id}{IssuedSample.Ending}", taken.Content));
    }

    /// <summary>Of the lists that are in the package. What came from a room counts from the moment it was taken in.</summary>
    private async Task<IReadOnlyList<DrawnSample>> IssuedAsync(PackagePlan plan, CancellationToken stop)
    {
        var (newest, frozen) = (plan.Newest, plan.Populations.Select(one => one.Frozen.Id).ToHashSet(StringComparer.Ordinal));
        var taken = await work.Records.Set<TakenSample>().AsNoTracking().ToDictionaryAsync(one => one.Id, one => one.TakenAt, StringComparer.Ordinal, stop);
        var issued = await work.Records.Set<DrawnSample>().AsNoTracking().Where(sample => sample.IssuedAt != null).OrderBy(sample => sample.Id).ToListAsync(stop);
        return [.. issued.Where(sample => frozen.Contains(sample.Population) && (taken.TryGetValue(sample.Id, out var came) ? came : sample.IssuedAt!.Value) <= newest)];
    }

    private async Task<IEnumerable<(string, string)>> RequestsAsync(PackagePlan plan, CancellationToken stop)
    {
        var newest = plan.Newest;
        var lines = (await work.Records.Set<RequestLine>().AsNoTracking().Where(line => line.AddedAt <= newest).ToListAsync(stop)).Where(line => days.Engagement is null || line.Engagement == days.Engagement.Id);
        var steps = (await work.Records.Set<RequestStep>().AsNoTracking().Where(step => step.At <= newest).ToListAsync(stop)).ToLookup(step => step.Request);
        var links = (await LinksAsync(newest, stop)).ToLookup(link => link.Request);
        var titles = await TitlesAsync(plan, stop);
        return lines.GroupBy(line => line.Engagement).OrderBy(list => list.Key, StringComparer.Ordinal).Select(list => ($"data/requests/{list.Key}.json", JsonText.Of(new PackedRequests(list.Key, [
            .. list.OrderBy(line => line.Place).ThenBy(line => line.Id, StringComparer.Ordinal).Select(line => RequestView.Of(line, steps[line.Id], links[line.Id])).Select(view => new PackedRequest(
                view.Line.Number, view.Line.Area, view.Line.Item, view.Line.CriterionList, view.Line.ControlList, view.Line.Due, view.Line.Owner, view.State,
                [.. view.Steps.Select(step => new RequestStepLine(step.Move, step.Says, step.At, step.By))],
                [.. view.Links.Select(link => new PackedAnswer(link.Shows, titles.GetValueOrDefault(link.Shows), link.LinkedAt, link.LinkedBy))])),
        ], mark)) + "\n"));
    }

    private async Task<List<RequestLink>> LinksAsync(DateTimeOffset at, CancellationToken stop) =>
        [.. (await work.Records.Set<RequestLink>().AsNoTracking().ToListAsync(stop)).Where(link => link.LinkedAt <= at && (link.EndedAt ?? DateTimeOffset.MaxValue) >= at && (days.Engagement is null || link.Engagement == days.Engagement.Id))];

    /// <summary>Where in the package what answers a request lies, by what it is called there.</summary>
    private async Task<Dictionary<string, string>> TitlesAsync(PackagePlan plan, CancellationToken stop)
    {
        var packed = plan.Items.DistinctBy(item => item.Digest).ToDictionary(item => item.Digest.ToString(), item => item.File, StringComparer.Ordinal);
        var files = await work.Records.Set<EvidenceFile>().AsNoTracking().Select(file => new { file.Id, file.Digest }).ToListAsync(stop);
        return files.Where(file => packed.ContainsKey(file.Digest)).Select(file => (Shown.OfFile(file.Id).Text, packed[file.Digest]))
            .Concat(plan.Populations.Select(one => (Shown.OfPopulation(one.Frozen.Id).Text, $"data/populations/{one.Frozen.Id}/"))).ToDictionary(one => one.Item1, one => one.Item2, StringComparer.Ordinal);
    }
}

/// <param name="Root">Of the frozen population; the log holds it.</param>
/// <param name="Note">Says that all of it is made up; null for a real company.</param>
/// <param name="Commitment">As the log holds it since the sample was drawn: SHA-256 over the salt and the text.</param>
internal sealed record PackedSample(
    string Id, string Population, string Root, long Of, SampleMethod Method, string Seed, IReadOnlyList<int> Rows, string? Extends, IReadOnlyList<string> Controls, string Why,
    DateTimeOffset DrawnAt, string DrawnBy, DateTimeOffset IssuedAt, string IssuedBy, string Commitment, string Salt, string Text, string? Note);

/// <param name="Note">Says that all of it is made up; null for a real company.</param>
internal sealed record PackedRequests(string Engagement, IReadOnlyList<PackedRequest> Requests, string? Note);

internal sealed record PackedRequest(
    string Number, string Area, string Item, IReadOnlyList<string> Criteria, IReadOnlyList<string> Controls, DateOnly? Due, string Owner, RequestState State, IReadOnlyList<RequestStepLine> Steps, IReadOnlyList<PackedAnswer> Answers);

/// <param name="File">Where it lies in this package; null when it is not in it.</param>
internal sealed record PackedAnswer(string Shows, string? File, DateTimeOffset GivenAt, string GivenBy);
