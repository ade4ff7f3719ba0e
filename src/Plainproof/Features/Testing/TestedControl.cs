using Plainproof.Catalog;
using Plainproof.Features.Engagements;

namespace Plainproof.Features.Testing;

/// <summary>One wording of a control in the days of an engagement in which it held, with what was tested of it.</summary>
/// <param name="Id">Of the company's own wording; empty for the one that we suggest.</param>
/// <param name="Tests">Oldest first.</param>
internal sealed record TestedWording(string Id, DateOnly From, DateOnly To, string Title, string Statement, string Frequency, string Owner, IReadOnlyList<ControlTest> Tests)
{
    public ControlTest? Newest(TestPart part) => Tests.LastOrDefault(test => test.Part == part);

    public TestConclusion Concluded(TestPart part) => Newest(part)?.Conclusion ?? TestConclusion.NotConcluded;
}

/// <summary>One control of an engagement with the auditor's tests of it.</summary>
/// <param name="IsPromised">The company does it, or says so.</param>
/// <param name="Wordings">At least one, oldest first.</param>
/// <param name="Samples">Of the operation over a window.</param>
/// <param name="Parts">What is tested in this engagement.</param>
internal sealed record TestedControl(Control Control, bool IsPromised, IReadOnlyList<TestedWording> Wordings, IReadOnlyList<TestedSample> Samples, IReadOnlyList<TestPart> Parts)
{
    public string Title => Wordings[^1].Title;

    public ItemTally Tally => ItemTally.Of(Samples.SelectMany(one => one.Sample.RowList().Select(one.Of)));

    public bool IsConcluded => Wordings.All(wording => Parts.All(part => wording.Concluded(part) != TestConclusion.NotConcluded));

    public bool Deviates => Tally.Deviations > 0 || Wordings.Any(wording => Parts.Any(part => wording.Concluded(part) is TestConclusion.NotSuitablyDesigned or TestConclusion.OperatedWithExceptions
        || (wording.Newest(part) is { Conclusion: TestConclusion.DidNotOperate, Searched: "" })));
}

/// <summary>An engagement with all of the auditor's tests in it.</summary>
/// <param name="Controls">Those of the catalogue in their order, then the company's own.</param>
internal sealed record TestedEngagement(Engagement It, IReadOnlyList<TestedControl> Controls)
{
    public bool IsWindow => It.Kind == EngagementKind.TypeTwo;

    public TestedControl? this[string control] => Controls.FirstOrDefault(one => one.Control.Id == control);

    public IEnumerable<TestedSample> Samples => Controls.SelectMany(one => one.Samples).DistinctBy(one => one.Sample.Id, StringComparer.Ordinal);
}
