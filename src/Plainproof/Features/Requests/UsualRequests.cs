using Plainproof.Catalog;
using Plainproof.Features.Engagements;

namespace Plainproof.Features.Requests;

/// <summary>What an auditor usually asks for, by the type and the categories of the engagement.</summary>
internal static class UsualRequests
{
    public static IReadOnlyList<Request> Of(Engagement it, Catalogue catalogue)
    {
        var categories = it.CategoryList.ToHashSet(StringComparer.Ordinal);
        return [.. catalogue.Requests.Requests.Where(one => IsAsked(one, it.Kind) && Touches(one, categories, catalogue))];
    }

    private static bool IsAsked(Request one, EngagementKind kind) => kind == EngagementKind.TypeTwo ? one.Types.Type2 : one.Types.Type1 != InTypeOne.No;

    /// <summary>What serves no criterion, or a section of the description, is asked for in every report.</summary>
    private static bool Touches(Request one, HashSet<string> categories, Catalogue catalogue)
    {
        var served = one.Criteria.Where(catalogue.By.Criterion.Has).Select(id => catalogue.By.Criterion[id].Category).ToList();
        return served.Count == 0 || served.Exists(categories.Contains);
    }
}
