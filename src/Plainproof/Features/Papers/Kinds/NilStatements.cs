using Plainproof.Assurance.Populations;
using Plainproof.Features.Engagements;
using Plainproof.Features.Populations;
using Plainproof.Features.Standing;

namespace Plainproof.Features.Papers.Kinds;

/// <summary>Statements that nothing of a kind happened. Only a list that is proven to be whole may be called empty (law 1).</summary>
internal sealed class NilStatements : IPaperKind
{
    public string Id => "nil-statements";

    public string Title => "Nil statements";

    public string Plain => "Where nothing of a kind happened, an auditor wants it in writing, with the search that found nothing.";

    public string Term => "nil statement";

    public int Place => 90;

    public bool IsFor(Engagement it) => it.Kind == EngagementKind.TypeTwo;

    public SigningRule Signing => SigningRule.WhenOver;

    public async Task<IReadOnlyList<Section>> DrawAsync(PaperGround ground, CancellationToken stop)
    {
        var empty = (await ground.ListsAsync(stop) ?? []).Where(list => list.Items.Count == 0 && list.Holes.All(hole => hole.Scope.Length > 0)).ToList();
        var nothing = ground.Nothings.Where(one => one.DueOn >= ground.First && one.DueOn <= ground.Last).ToList();
        return
        [
            Section.Of("lists", "Lists with nothing in them", empty.Count > 0 ? empty.Select(list => Of(ground, list)) : [Sentence.Drawn("no-list", new Trace("Every list that was read has items.", $"/populations?engagement={ground.Engagement.Id}", [], Wording.Standard), "No list that was read is empty.")]),
            Section.Of("work", "Recurring work with nothing to do", nothing.Count > 0
                ? nothing.Select(one => Sentence.Drawn($"work/{one.Id}", new Trace($"Written down by {one.ToldBy} on {Check.Words.Day(one.ToldAt)}. It is a claim, no evidence.", $"/recurring/{one.ControlId}", [one.Id]), $"{one.ControlId}, due on {StandingParts.Day(one.DueOn)}: there was nothing to do. We looked in: {Telling.Whole(one.Search)}"))
                : [Sentence.Drawn("no-work", new Trace("Nobody wrote down work with nothing to do.", "/recurring", [], Wording.Standard), "Nobody wrote down recurring work that found nothing to do.")]),
        ];
    }

    private static Sentence Of(PaperGround ground, Population list)
    {
        if (!list.IsWhole || !list.IsOver)
            return Sentence.Asked($"list/{list.Kind.Id}", list.IsOver ? $"{list.Kind.Title}: the list is empty, and may lack items. Read what was not read, or say how you know" : $"{list.Kind.Title}: nothing so far. The window is not over", ground.ListPage(list.Kind.Id));
        var frozen = ground.Frozen.FirstOrDefault(one => one.Kind == list.Kind.Id && one.FirstDay == ground.First && one.LastDay == ground.Last);
        var text = $"{ground.Days}, there was none of this: {Telling.Whole(PopulationWords.Query(list.Kind, ground.First, ground.Last))}";
        return frozen is null
            ? Sentence.Drawn($"list/{list.Kind.Id}", new Trace("The list was read in full, and has no item.", ground.ListPage(list.Kind.Id), []), Telling.Whole(text))
            : Sentence.Drawn($"list/{list.Kind.Id}", new Trace($"The list was read in full, has no item, and is frozen. Root: {frozen.Root}.", $"/populations/frozen/{frozen.Id}", [frozen.Id, frozen.Entry]), Telling.Whole(text));
    }
}
