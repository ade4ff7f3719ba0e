using Plainproof.Facts;
using Plainproof.Sources;
using Plainproof.Storage;

namespace Plainproof.Features.Populations;

/// <summary>Where the items of a list came from: one system, with all looks at it.</summary>
/// <param name="Scope">The name of the system.</param>
/// <param name="Source">What read it.</param>
/// <param name="Sent">It was sent in a file; Plainproof read no system.</param>
/// <param name="Principals">Who the reading was signed in as.</param>
/// <param name="Looks">How often it was looked at.</param>
/// <param name="Whole">How often all of it was read.</param>
/// <param name="LastCollection">The id of the newest look.</param>
/// <param name="LastRead">Things that the newest look read.</param>
/// <param name="LastExpected">Things there are by another count; null when none was made.</param>
/// <param name="Asked">What the newest look asked for, with pages and items.</param>
internal sealed record ListSource(
    string Scope, string Source, bool Sent, IReadOnlyList<string> Principals, int Looks, int Whole, DateTimeOffset First, DateTimeOffset Last, string LastCollection, long LastRead, long? LastExpected, IReadOnlyList<string> Asked)
{
    private const int MostAsked = 20;

    /// <param name="collections">Oldest first.</param>
    public static IReadOnlyList<ListSource> Of(IReadOnlyList<Aspect> aspects, IEnumerable<StoredCollection> collections, SourceLibrary library) =>
    [
        .. from collection in collections
           from line in collection.Coverage
           where aspects.Contains(line.Aspect)
           group (Collection: collection, Line: line) by line.Scope into some
           orderby some.Key
           select Of(some.Key, [.. some], library),
    ];

    private static ListSource Of(string scope, List<(StoredCollection Collection, Coverage Line)> looks, SourceLibrary library)
    {
        var (last, byLook) = (looks[^1].Collection, looks.GroupBy(look => look.Collection.Id, StringComparer.Ordinal).ToList());
        return new ListSource(
            scope, last.Source, library.Find(last.Source)?.Info.Leads == AddressKind.File, [.. looks.Select(look => look.Collection.Principal).OfType<string>().Distinct(StringComparer.Ordinal)],
            byLook.Count, byLook.Count(look => look.All(one => one.Line.State == Completeness.Complete)), looks[0].Collection.Finished, last.Finished, last.Id,
            byLook[^1].Sum(look => look.Line.Read), byLook[^1].Any(look => look.Line.Expected is null) ? null : byLook[^1].Sum(look => look.Line.Expected),
            [.. last.Calls.Take(MostAsked).Select(call => $"{call.What}: {Check.Words.Many(call.Pages, "page")}, {Check.Words.Many(call.Items, "item")}")]);
    }
}
