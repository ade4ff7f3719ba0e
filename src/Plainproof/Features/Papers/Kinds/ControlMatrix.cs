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
        [.. ground.Engagement.CategoryList.Select(category => Section.Table(category.Replace(' ', '-'), category, Columns, ground.Criteria.Where(one => one.Category == category).SelectMany(one => Rows(ground, one))))]);

    private static IEnumerable<Sentence> Rows(PaperGround ground, Criterion criterion)
    {
        if (ground.NotRelevant.TryGetValue(criterion.Id, out var proposal))
            return [Sentence.Drawn(criterion.Id, new Trace($"Proposed as not relevant by {proposal.ProposedBy}.", $"/criteria/{criterion.Id}", [proposal.Id]), criterion.Id, "none", $"Not relevant: {Telling.Whole(proposal.Reason)}", "", "", "")];
        var rows = ground.Controls.Where(one => one.Control.Criteria.Contains(criterion.Id))
            .Select(one => Sentence.Drawn($"{criterion.Id}/{one.Control.Id}", one.Trace, criterion.Id, $"{one.Control.Id} {one.Title}", one.Statement, one.Owner, one.Frequency, NatureOf(one.Control))).ToList();
        return rows.Count > 0 ? rows : [Sentence.Asked($"controls/{criterion.Id}", $"Name the controls for {criterion.Id}, or propose it as not relevant", $"/criteria/{criterion.Id}")];
    }

    private static string NatureOf(Control control) => control.Nature switch
    {
        Nature.Automated => "automated",
        Nature.Hybrid => "in part automated",
        _ => "manual",
    };
}
