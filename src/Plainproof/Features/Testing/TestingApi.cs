using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Plainproof.Features.Api;
using Plainproof.Features.Standing;

namespace Plainproof.Features.Testing;

/// <summary>The auditor's own tests, for their scripts. For everybody else they are not there.</summary>
internal sealed class TestingApi : IApiDoor
{
    public string Title => "The auditor's tests";

    public void Map(ApiRoutes routes)
    {
        var tests = routes.Company.MapGroup("/engagements/{engagement}/tests");
        tests.MapGet("", ListAsync).Needs(Scope.Read).Is("listTests", "List the auditor's tests", "Every control in scope with what was concluded, wording by wording. Only an auditor's token finds them.");
        tests.MapGet("/{control}", OneAsync).Needs(Scope.Read).Is("getTests", "Get the auditor's tests of a control", "All that was written of it, oldest first, and how the items of its samples came out. Only an auditor's token finds them.");
        tests.MapPost("/{control}", WriteAsync).Needs(Scope.Test).Is("writeTest", "Write a test of a control", "Of its design, or of its operation over a window. It stands beside what was written before.")
            .Example("""{ "part": "design", "methods": ["inquiry", "inspection"], "done": "Read the rules of the repository with the head of engineering.", "conclusion": "suitablyDesigned", "reference": "C-12" }""");
    }

    private static async Task<TestList> ListAsync([Description("The id of the engagement.")] string engagement, TestReader reader, CancellationToken stop) =>
        new(TestWords.Heading, [.. (await KnownAsync(engagement, reader, stop)).Controls.Select(TestLine.Of)]);

    private static async Task<TestAnswer> OneAsync([Description("The id of the engagement.")] string engagement, [Description("The id of the control.")] string control, TestReader reader, CancellationToken stop) =>
        await AnswerAsync(engagement, control, reader, stop);

    private static async Task<TestAnswer> WriteAsync(
        [Description("The id of the engagement.")] string engagement, [Description("The id of the control.")] string control, Sent<TestSent> sent, TestBook book, TestReader reader, CancellationToken stop)
    {
        var it = sent.Value;
        var known = (await KnownAsync(engagement, reader, stop))[control] ?? throw new NotThere("There is no such control in this engagement.");
        await book.WriteAsync(engagement, control, null, SentOnce.Of(it.Once), new TestForm(
            it.Wording ?? known.Wordings[^1].Id, StandingParts.WordOf(it.Part), [.. it.Methods.Select(StandingParts.WordOf)], it.Done, it.Searched ?? "", StandingParts.WordOf(it.Conclusion), it.Note ?? "", it.Reference ?? ""), stop);
        return await AnswerAsync(engagement, control, reader, stop);
    }

    private static async Task<TestAnswer> AnswerAsync(string engagement, string control, TestReader reader, CancellationToken stop)
    {
        var known = (await KnownAsync(engagement, reader, stop))[control] ?? throw new NotThere("There is no such control in this engagement.");
        return new TestAnswer(TestWords.Heading, TestLine.Of(known), [.. known.Wordings.SelectMany(wording => wording.Tests).OrderBy(test => test.WrittenAt).Select(WrittenTest.Of)]);
    }

    private static async Task<TestedEngagement> KnownAsync(string engagement, TestReader reader, CancellationToken stop) => await reader.OfAsync(engagement, stop) ?? throw new NotThere("There is no such engagement, or no tests of it are yours to see.");
}

/// <param name="Heading">Whose they are.</param>
internal sealed record TestList(string Heading, IReadOnlyList<TestLine> Controls);

/// <param name="Promised">Whether the company does it, or says so.</param>
/// <param name="Items">How the items of its samples came out.</param>
internal sealed record TestLine(string Control, string Title, IReadOnlyList<string> Criteria, bool Promised, IReadOnlyList<TestedDays> Wordings, ItemCounts Items)
{
    public static TestLine Of(TestedControl it) => new(it.Control.Id, it.Title, it.Control.Criteria, it.IsPromised, [.. it.Wordings.Select(wording => TestedDays.Of(wording, it.Parts.Contains(TestPart.Operation)))], ItemCounts.Of(it.Tally));
}

/// <param name="Wording">The id of the company's own wording; empty for the one that we suggest.</param>
/// <param name="Operation">Null for a Type I: operation is not tested there.</param>
internal sealed record TestedDays(string Wording, DateOnly From, DateOnly To, string Statement, TestConclusion Design, TestConclusion? Operation)
{
    public static TestedDays Of(TestedWording it, bool isWindow) => new(it.Id, it.From, it.To, it.Statement, it.Concluded(TestPart.Design), isWindow ? it.Concluded(TestPart.Operation) : null);
}

internal sealed record ItemCounts(int Tested, int NoException, int Deviations, int NotApplicable, int Open)
{
    public static ItemCounts Of(ItemTally it) => new(it.Tested, it.NoException, it.Deviations, it.NotApplicable, it.Open);
}

/// <param name="Tests">Oldest first; the newest of a wording and part counts.</param>
internal sealed record TestAnswer(string Heading, TestLine Control, IReadOnlyList<WrittenTest> Tests);

/// <param name="Searched">Where the auditor looked, when there was no occasion; else empty.</param>
/// <param name="Salt">In hexadecimal.</param>
/// <param name="Commitment">As the log holds it: SHA-256 over the salt and the text.</param>
internal sealed record WrittenTest(
    string Id, string Wording, TestPart Part, IReadOnlyList<TestMethod> Methods, string Done, string Searched, TestConclusion Conclusion, string Note, string Reference, DateTimeOffset At, string By, string Salt, string Text, string Commitment)
{
    public static WrittenTest Of(ControlTest it) => new(it.Id, it.Wording, it.Part, it.MethodList, it.Done, it.Searched, it.Conclusion, it.Note, it.Reference, it.WrittenAt, it.WrittenBy, it.Salt, it.Commitment.Text, it.Commitment.Digest);
}

/// <param name="Done">What you did.</param>
/// <param name="Wording">The id of the wording that you tested. Left out: the last one in the days of the engagement.</param>
/// <param name="Searched">Where you looked, when there was no occasion in the window.</param>
/// <param name="Reference">Where it stands in your own papers.</param>
/// <param name="Once">An id of your own. Sending it again adds nothing.</param>
internal sealed record TestSent(TestPart Part, IReadOnlyList<TestMethod> Methods, string Done, TestConclusion Conclusion, string? Wording = null, string? Searched = null, string? Note = null, string? Reference = null, Guid? Once = null);
