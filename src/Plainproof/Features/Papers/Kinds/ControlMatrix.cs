using Plainproof.Catalog;

namespace Plainproof.Features.Papers.Kinds;

/// <summary>Which controls serve which criterion. It has no column for tests or results: those are the auditor's.</summary>
internal sealed class ControlMatrix : IPaperKind
{
    private static readonly string[] Columns = ["Criterion", "Control", "What we do", "Who", "How often", "Nature"];

    public string Id => "control-matrix";

    public string Title => "Control matrix";

    public string Plain => "Criterion by criterion, the controls that serve it. Your auditor adds tests and results in their own papers.";

    public string Term => "control register";

    public int Place => 50;

    public SigningRule Signing => SigningRule.AnyDay;

    public Task<IReadOnlyList<Section>> DrawAsync(PaperGround ground, CancellationToken stop) => Task.FromResult<IReadOnlyList<Section>>(
        [.. ground.Engagement.CategoryList.Select(category => Section.Table(category.Replace(' ', '-'), category, Columns, Rows(ground, [.. ground.Criteria.Where(one => one.Category == category)])))]);

    /// <summary>Asks for controls of the criteria that have none; null where each has one.</summary>
    public static Sentence? Bare(PaperGround ground, IReadOnlyList<Criterion> criteria)
    {
        var bare = criteria.Where(one => !ground.NotRelevant.ContainsKey(one.Id) && !ground.Controls.Any(control => control.Control.Criteria.Contains(one.Id))).Select(one => one.Id).ToList();
        return bare.Count == 0 ? null : Sentence.Asked($"controls/{criteria[0].Category}", $"Name the controls for {Telling.And(bare)}, or propose what is not relevant", "/criteria");
    }

    private static IEnumerable<Sentence> Rows(PaperGround ground, IReadOnlyList<Criterion> criteria) => [.. criteria.SelectMany(one => Rows(ground, one)), .. Bare(ground, criteria) is { } bare ? [bare] : Array.Empty<Sentence>()];

    private static IEnumerable<Sentence> Rows(PaperGround ground, Criterion criterion)
    {
        if (ground.NotRelevant.TryGetValue(criterion.Id, out var proposal))
            return [Sentence.Drawn(criterion.Id, new Trace($"Proposed as not relevant by {proposal.ProposedBy}.", $"/criteria/{criterion.Id}", [proposal.Id]), criterion.Id, "none", $"Not relevant: {Telling.Whole(proposal.Reason)}", "", "", "")];
        return ground.Controls.Where(one => one.Control.Criteria.Contains(criterion.Id))
            .Select(one => Sentence.Drawn($"{criterion.Id}/{one.Control.Id}", one.Trace, criterion.Id, $"{one.Control.Id} {one.Title}", one.Statement, one.Owner, one.Frequency, NatureOf(one.Control)));
    }

    private static string NatureOf(Control control) => control.Nature switch
    {
        Nature.Automated => "automated",
        Nature.Hybrid => "in part automated",
        _ => "manual",
    };
}
