using Plainproof.Facts;
using Plainproof.Sources;

namespace Plainproof.Features.Library;

/// <summary>One right that a source needs, and what goes untested without it.</summary>
internal sealed record Need(string Source, string Where, string Grant, string Why, IReadOnlyList<string> Aspects, IReadOnlyList<string> NotTestedWithout)
{
    /// <param name="only">Ids of checks: only the rights that these need. Empty means all.</param>
    public static IEnumerable<Need> Of(ISource source, IReadOnlyList<string> only) =>
        from grant in source.Info.Offers.SelectMany(offer => offer.Permissions.Select(permission => (offer.Aspect, permission))).GroupBy(pair => (pair.permission.Where, pair.permission.Grant))
        let aspects = grant.Select(pair => pair.Aspect).Distinct().ToList()
        let checks = aspects.SelectMany(LibraryLookup.ChecksReading).Select(check => check.Info.Id).Distinct().Order(StringComparer.Ordinal).ToList()
        where only.Count == 0 || checks.Any(only.Contains)
        select new Need(
            source.Info.Name, grant.Key.Where, grant.Key.Grant, string.Join(' ', grant.Select(pair => pair.permission.Why).Distinct()),
            [.. aspects.Select(aspect => aspect.Name)], only.Count == 0 ? checks : [.. checks.Where(only.Contains)]);

    /// <summary>What the right lets it read, in words.</summary>
    public string Tells => string.Join(", ", Aspects.Select(name => Kinds.PlainOf(new Aspect(name))));
}
