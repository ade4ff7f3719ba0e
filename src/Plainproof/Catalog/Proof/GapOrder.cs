namespace Plainproof.Catalog.Proof;

/// <summary>The gaps can be closed one after another: no gap waits, by any road, for itself or for one that scope left out.</summary>
internal static class GapOrder
{
    public static IEnumerable<Problem> Problems(Catalogue catalogue) => [.. Cycles(catalogue), .. LeftOut(catalogue)];

    private static IEnumerable<Problem> Cycles(Catalogue catalogue)
    {
        var settled = new HashSet<string>();
        var path = new List<string>();
        var found = new List<Problem>();
        foreach (var gap in catalogue.Gaps.Gaps)
            Walk(gap.Id);
        return found;

        void Walk(string id)
        {
            if (settled.Contains(id) || !catalogue.By.Gap.TryGet(id, out var gap))
                return;
            if (path.IndexOf(id) is var start and >= 0)
            {
                found.Add(new("gaps.json", id, $"waits for itself: {string.Join(" after ", path.Skip(start).Append(id))}",
                    "Take one of these out of needsFirst or helpedBy"));
                return;
            }

            path.Add(id);
            foreach (var earlier in gap.NeedsFirst.Concat(gap.HelpedBy))
                Walk(earlier);
            path.RemoveAt(path.Count - 1);
            settled.Add(id);
        }
    }

    private static IEnumerable<Problem> LeftOut(Catalogue catalogue) =>
        from gap in catalogue.Gaps.Gaps
        from id in gap.NeedsFirst
        where catalogue.By.Gap.TryGet(id, out var earlier) && earlier.Categories.Count > 0
            && (gap.Categories.Count == 0 || gap.Categories.Except(earlier.Categories).Any())
        select new Problem("gaps.json", gap.Id, $"needs {id} first, which does not count in all of its categories",
            "Move it to helpedBy, or widen that gap's categories");
}
