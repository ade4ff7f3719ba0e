using Plainproof.Assurance;
using Plainproof.Catalog;
using Plainproof.Checks;
using Plainproof.Facts;
using Plainproof.Storage;

namespace Plainproof.Features.Standing;

/// <summary>What people of the company said, when it is kept with the company. Claims, never evidence (law 2). Register it as a singleton.</summary>
internal interface IKeptClaims
{
    /// <summary>Another one whenever the answers changed; null when there are none. Cheap: asked for each page.</summary>
    Task<long?> VersionAsync(CompanyStore store, CancellationToken stop);

    Task<KeptClaims?> OfAsync(string company, CancellationToken stop);
}

/// <param name="Controls">Controls that the answers say are in place, at least in part.</param>
/// <param name="Categories">What the report is to cover.</param>
internal sealed record KeptClaims(IReadOnlyList<ClaimedGap> Gaps, IReadOnlySet<string> Controls, IReadOnlySet<string> Categories)
{
    public const string Always = "Security";

    public static KeptClaims None { get; } = new([], new HashSet<string>(), new HashSet<string> { Always });
}

/// <summary>One control with what the checks that serve it said.</summary>
internal sealed record ControlView(Control Control, CriterionState State, IReadOnlyList<Evaluation> Evaluations, IReadOnlyList<OpenGap> Gaps)
{
    public int Count(Outcome outcome) => Evaluations.Sum(evaluation => evaluation.Count(outcome));

    /// <summary>A system was read for it, whatever it told.</summary>
    public bool IsEvidenced => Count(Outcome.Pass) + Count(Outcome.Fail) + Count(Outcome.NeedsReview) > 0;
}

/// <summary>Where a company stands, from what is stored. A view: nothing is kept that could not be computed again.</summary>
/// <param name="Newest">The newest collections, newest first.</param>
/// <param name="Problems">What is wrong with the company's own check files.</param>
internal sealed record CompanyStanding(
    Readiness Readiness, IReadOnlyList<ControlView> Controls, IReadOnlyList<Coverage> Coverage, IReadOnlyList<StoredCollection> Newest,
    KeptClaims Claims, IReadOnlyList<string> Problems)
{
    public DateTimeOffset AsOf => Readiness.AsOf;

    /// <summary>Nothing was read yet and nothing was said.</summary>
    public bool IsEmpty => Newest.Count == 0 && Claims.Gaps.Count == 0 && Claims.Controls.Count == 0;

    /// <summary>Aspects that could not be read in full, or were read too long ago.</summary>
    public IEnumerable<Coverage> Unread => Coverage.Where(line => line.State != Completeness.Complete);

    public static CompanyStanding Of(Catalogue catalogue, Assessment seen, KeptClaims claims, IEnumerable<StoredCollection> newest, IReadOnlyList<string> problems)
    {
        var readiness = Readiness.Of(catalogue, seen.Evaluations, claims.Gaps, claims.Categories, seen.AsOf);
        var criteria = readiness.Criteria.Select(view => view.Criterion.Id).ToHashSet(StringComparer.Ordinal);
        return new CompanyStanding(
            readiness, [.. catalogue.Controls.Controls.Where(control => control.Criteria.Any(criteria.Contains)).Select(control => View(control, readiness))],
            seen.Coverage, [.. newest.Reverse()], claims, problems);
    }

    public Evaluation? Evaluation(string check) => Readiness.Evaluations.FirstOrDefault(evaluation => evaluation.Check.Info.Id == check);

    /// <summary>Checks that read the aspect.</summary>
    public IEnumerable<CheckInfo> Without(Aspect aspect) => Readiness.Evaluations.Select(evaluation => evaluation.Check.Info)
        .Where(info => info.ReadAspects.Contains(aspect) || info.JoinAspects.Contains(aspect));

    private static ControlView View(Control control, Readiness readiness)
    {
        var view = new ControlView(
            control, CriterionState.NotLookedAt,
            [.. readiness.Evaluations.Where(evaluation => evaluation.Check.Info.Controls.Contains(control.Id))],
            [.. readiness.Gaps.Where(gap => gap.Controls.Contains(control.Id))]);
        return view with { State = StateOf(view) };
    }

    private static CriterionState StateOf(ControlView view) =>
        view.Gaps.Count > 0 ? CriterionState.Gap
        : view.Count(Outcome.NeedsReview) > 0 ? CriterionState.Partly
        : view.Count(Outcome.Pass) > 0 ? CriterionState.NoGapSeen
        : CriterionState.NotLookedAt;
}
