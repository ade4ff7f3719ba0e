using Plainproof.Catalog;

namespace Plainproof.Features.Papers.Kinds;

/// <summary>What customers must do themselves (CUEC).</summary>
internal sealed class UserEntityControls : IPaperKind
{
    public static readonly string[] Columns = ["Id", "What customers do", "Criteria"];

    public string Id => "user-entity-controls";

    public string Title => "What customers must do";

    public string Plain => "The few things that customers have to do for your promises to hold. Leave out what is not needed: a long list is weak.";

    public string Term => "CUEC";

    public int Place => 30;

    public SigningRule Signing => SigningRule.AnyDay;

    public Task<IReadOnlyList<Section>> DrawAsync(PaperGround ground, CancellationToken stop) =>
        Task.FromResult<IReadOnlyList<Section>>([Section.Table("customers", "What customers must do", Columns, Rows(ground))]);

    public static IEnumerable<Sentence> Rows(PaperGround ground)
    {
        var chosen = ground.Said?.Interview.Chosen;
        foreach (var one in Catalogue.Shipped.EntityControls.Customer)
        {
            var served = one.Criteria.Where(id => ground.Criteria.Any(criterion => criterion.Id == id)).ToList();
            if (served.Count > 0 && (one.When is null || (chosen is not null && one.When.Holds(chosen))))
                yield return Sentence.Drawn($"cuec/{one.Id}", new Trace($"We suggest it{(one.When is null ? "" : ", because of answers in the interview")}. It serves {Telling.And(served)}.", one.When is null ? $"/criteria/{served[0]}" : "/answers", [one.Id], Wording.Standard), one.Id, one.Text, string.Join(" ", served));
        }
    }
}
