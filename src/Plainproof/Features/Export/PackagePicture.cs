using Plainproof.Assurance;
using Plainproof.Catalog;
using Plainproof.Checks;
using Plainproof.Features.Check;
using Plainproof.Features.Standing;
using Plainproof.Storage;

namespace Plainproof.Features.Export;

/// <summary>Where the company stands at the moment that a package is about: by its own checks, over what is stored.</summary>
internal static class PackagePicture
{
    /// <summary>Systems that were read in this time before the moment count as read.</summary>
    private static readonly TimeSpan Recently = TimeSpan.FromDays(31);

    public static async Task<CheckRun> OfAsync(CompanyStore store, IReadOnlyList<ICheck> checks, KeptClaims said, PackageDays days, DateTimeOffset newest, CancellationToken stop)
    {
        var asOf = days.AsOf(store.Sample?.StandsAt ?? newest);
        var seen = await Assessment.OfAsync(store, checks, null, asOf, stop);
        var categories = days.Engagement is { } engagement ? engagement.CategoryList.Append(KeptClaims.Always).ToHashSet(StringComparer.Ordinal) : said.Categories;
        var read = (await store.CollectionsAsync(asOf - Recently, asOf, stop)).GroupBy(one => one.Scope, StringComparer.Ordinal).Select(scope => scope.Last()).OrderBy(one => one.Scope, StringComparer.Ordinal);
        return new CheckRun(
            store.Company, asOf, [.. read.Select(SourceRun.Of)], Readiness.Of(Catalogue.Shipped, seen.Evaluations, said.Gaps, categories, asOf), Catalogue.Shipped,
            new Dictionary<string, string>(), categories, 0, "", seen.UnknownKinds, [], store.Sample is null ? null : SampleMark.Words);
    }
}
