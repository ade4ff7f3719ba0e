using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Plainproof.Assurance.Samples;
using Plainproof.Features.Api;
using Plainproof.Features.Populations;

namespace Plainproof.Features.Sampling;

/// <summary>The samples, for scripts. Drawing and testing are the auditor's own, and are done in the browser.</summary>
internal sealed class SamplingApi : IApiDoor
{
    public string Title => "Samples";

    public void Map(ApiRoutes routes)
    {
        var company = routes.Company;
        company.MapGet("/samples", ListAsync).Needs(Scope.Read).Is("listSamples", "List the samples", "Newest first. Only an auditor sees those that are not issued yet.");
        company.MapGet("/samples/{sample}", OneAsync).Needs(Scope.Read).Is("getSample", "Get a sample with its items", "How it was drawn, and each item with what stands ready for it. What the company checked itself is no test: only the auditor tests.");
    }

    private static async Task<SampleList> ListAsync(SamplingBook book, CancellationToken stop) => new([.. (await book.AllAsync(stop)).Select(SampleLine.Of)]);

    private static async Task<SampleAnswer> OneAsync([Description("The id of the sample.")] string sample, SamplingBook book, SampledItems items, Freezing freezing, CancellationToken stop)
    {
        var found = await book.OfAsync(sample, stop) ?? throw new NotThere("There is no such sample.");
        var frozen = (await freezing.OfAsync(found.Population, stop))!;
        return new SampleAnswer(SampleLine.Of(found), frozen.Root, frozen.RowCount, found.Commitment.Digest, found.Salt, found.Secret, [.. (await items.OfAsync(found, frozen, stop)).Select(SampleItem.Of)]);
    }
}

internal sealed record SampleList(IReadOnlyList<SampleLine> Samples);

/// <param name="Population">The id of the frozen population.</param>
/// <param name="Seed">Empty where the rows do not follow from one.</param>
/// <param name="Rows">The numbers of the rows from 1, in the order they were drawn.</param>
/// <param name="Extends">The id of the sample that it goes on from; null for a first one.</param>
/// <param name="IssuedAt">Null while only auditors see it.</param>
internal sealed record SampleLine(
    string Id, string Population, SampleMethod Method, string Seed, IReadOnlyList<int> Rows, string? Extends, IReadOnlyList<string> Controls, string Why, DateTimeOffset DrawnAt, string DrawnBy, DateTimeOffset? IssuedAt, DateTimeOffset? DroppedAt)
{
    public static SampleLine Of(DrawnSample it) => new(it.Id, it.Population, it.Method, it.Seed, it.RowList(), it.Extends, it.ControlList(), it.Why, it.DrawnAt, it.DrawnBy, it.IssuedAt, it.DroppedAt);
}

/// <param name="Root">Of the frozen population.</param>
/// <param name="Of">How many rows the population has.</param>
/// <param name="Commitment">As the log holds it since the sample was drawn: SHA-256 over the salt and the text.</param>
/// <param name="Salt">In hexadecimal.</param>
/// <param name="Text">What was committed to.</param>
internal sealed record SampleAnswer(SampleLine Sample, string Root, long Of, string Commitment, string Salt, string Text, IReadOnlyList<SampleItem> Items);

/// <param name="Row">The number of the row in the frozen population, from 1.</param>
/// <param name="Findings">What the company found when it checked the item itself.</param>
/// <param name="Blob">Names the raw bytes that tell of it; null when they are not there.</param>
/// <param name="Path">Where it stands in them.</param>
internal sealed record SampleItem(int Row, IReadOnlyDictionary<string, string> Cells, IReadOnlyList<FindingItem> Findings, string? Blob, string? Path)
{
    public static SampleItem Of(SampledItem it) => new(it.Number, it.Cells.ToDictionary(StringComparer.Ordinal), [.. it.Findings.Select(finding => new FindingItem(finding.Question, finding.Verdict, finding.Words))], it.Evidence?.Blob.ToString(), it.Evidence?.Path);
}
