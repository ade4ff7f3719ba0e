using Plainproof.Features.Standing;

namespace Plainproof.Features.Testing;

/// <summary>How tests of controls are said.</summary>
internal static class TestWords
{
    public const string Heading = "The auditor's own tests. Not the company's.";
    public const string YoursAlone = "Yours alone: only auditors see this page. The log holds commitments, so that it shows if something was changed.";
    public const string OnlyDesign = "Operation is not tested here. A Type I looks at the design on one day, and says nothing of how controls worked.";

    public static string Of(TestPart part) => part == TestPart.Design ? "design" : "operation";

    public static string Of(TestMethod method) => method switch
    {
        TestMethod.Inquiry => "inquiry",
        TestMethod.Observation => "observation",
        TestMethod.Inspection => "inspection",
        _ => "re-performance",
    };

    public static string Explained(TestMethod method) => method switch
    {
        TestMethod.Inquiry => "Inquiry: I asked people",
        TestMethod.Observation => "Observation: I watched it being done",
        TestMethod.Inspection => "Inspection: I read records or settings",
        _ => "Re-performance: I did it again myself",
    };

    public static string Of(TestConclusion conclusion) => conclusion switch
    {
        TestConclusion.SuitablyDesigned => "suitably designed",
        TestConclusion.NotSuitablyDesigned => "not suitably designed",
        TestConclusion.OperatedEffectively => "operated effectively",
        TestConclusion.OperatedWithExceptions => "operated with exceptions",
        TestConclusion.DidNotOperate => "did not operate",
        _ => "not concluded",
    };

    public static string Mark(TestConclusion conclusion) => conclusion switch
    {
        TestConclusion.SuitablyDesigned or TestConclusion.OperatedEffectively => "✓",
        TestConclusion.NotConcluded => "○",
        _ => "✗",
    };

    public static string ClassOf(TestConclusion conclusion) => conclusion switch
    {
        TestConclusion.SuitablyDesigned or TestConclusion.OperatedEffectively => "good",
        TestConclusion.NotConcluded => "",
        TestConclusion.OperatedWithExceptions => "attention",
        _ => "bad",
    };

    public static IReadOnlyList<TestConclusion> Conclusions(TestPart part) => part == TestPart.Design
        ? [TestConclusion.NotConcluded, TestConclusion.SuitablyDesigned, TestConclusion.NotSuitablyDesigned]
        : [TestConclusion.NotConcluded, TestConclusion.OperatedEffectively, TestConclusion.OperatedWithExceptions, TestConclusion.DidNotOperate];

    public static string Of(ItemTally tally) => tally.Items == 0
        ? "No sample tests it yet."
        : $"{tally.Tested} of {Check.Words.Many(tally.Items, "item")} tested: {tally.NoException} no exception, {Check.Words.Many(tally.Deviations, "deviation")}, {tally.NotApplicable} not applicable, {tally.Open} open.";

    public static string Days(TestedWording wording) => wording.From == wording.To ? $"On {StandingParts.Day(wording.From)}" : $"{StandingParts.Day(wording.From)} to {StandingParts.Day(wording.To)}";
}
