using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Plainproof.Cli;
using Plainproof.Features.People;
using Plainproof.Features.Sampling;
using Plainproof.Features.Standing;
using Plainproof.Web;

namespace Plainproof.Features.Testing;

/// <summary>A test as typed.</summary>
/// <param name="Wording">The id of the wording that was tested; empty for the one that we suggest.</param>
/// <param name="Searched">Where they looked, when there was no occasion; else empty.</param>
internal sealed record TestForm(string Wording, string Part, IReadOnlyList<string> Methods, string Done, string Searched, string Conclusion, string Note, string Reference);

/// <summary>Keeps what auditors write of the controls. The log holds a commitment to each, and tells nothing of it.</summary>
internal sealed class TestBook(RecordedWork work, TestReader reader, TestGrid grid)
{
    public const int LongestText = 4000;
    public const int LongestNote = 2000;
    public const int LongestReference = 300;

    /// <param name="seen">The id of the newest test that the page showed for this wording and part; empty when it showed none; null for whichever is the newest.</param>
    /// <param name="once">Made when the form was shown; it becomes the id.</param>
    /// <exception cref="BadInput">Not theirs to do; everything that is wrong with it, at once; or another auditor wrote meanwhile.</exception>
    public async Task WriteAsync(string engagement, string control, string? seen, string once, TestForm typed, CancellationToken stop)
    {
        work.Require(Ability.WriteTests, "write tests");
        var id = RecordedWork.Once(once);
        var tested = (await reader.OfAsync(engagement, stop))?[control] ?? throw new BadInput("There is no such control in this engagement.");
        var test = Proven(typed, id, engagement, tested);
        await work.ActAsync(async () =>
        {
            var there = await work.Records.Set<ControlTest>().Where(one => one.Engagement == engagement && one.Control == control && one.Wording == test.Wording && one.Part == test.Part).ToListAsync(stop);
            var newest = there.OrderBy(one => one.WrittenAt).ThenBy(one => one.Id, StringComparer.Ordinal).LastOrDefault();
            if (there.Any(one => one.Id == id) || newest?.SaysTheSameAs(test) == true)
                return null;
            if (seen is not null && seen != (newest?.Id ?? ""))
                throw new BadInput("Another auditor wrote here while you had it open. Nothing was kept of yours. Look at theirs below, then save once more.");
            work.Records.Add(test);
            return work.Tell("test.written", new JsonObject { ["engagement"] = engagement, ["commitment"] = test.Commitment.Digest });
        }, stop);
    }

    /// <summary>
    /// Everything that was written and ticked in the engagement, oldest first, each with its text and its salt. Null for everybody but auditors, and
    /// where there is no such engagement.
    /// </summary>
    public async Task<JsonObject?> FileAsync(string engagement, CancellationToken stop)
    {
        if (await reader.OfAsync(engagement, stop) is not { } tested)
            return null;
        var tests = (await work.Records.Set<ControlTest>().AsNoTracking().Where(one => one.Engagement == engagement).ToListAsync(stop)).OrderBy(one => one.WrittenAt).ThenBy(one => one.Id, StringComparer.Ordinal);
        var ticked = new JsonArray();
        foreach (var sample in tested.Samples)
            ticked.Add(await grid.FileAsync(sample.Sample.Id, stop));
        return new JsonObject
        {
            ["heading"] = TestWords.Heading,
            ["engagement"] = engagement,
            ["title"] = tested.It.Title,
            ["commitment"] = "SHA-256 over the salt, from hexadecimal, and the text in UTF-8; entries test.written of the evidence log list them",
            ["tests"] = new JsonArray([.. tests.Select(one => (JsonNode)new JsonObject { ["at"] = one.WrittenAt.ToString("O"), ["by"] = one.WrittenBy, ["salt"] = one.Salt, ["text"] = one.Commitment.Text, ["commitment"] = one.Commitment.Digest })]),
            ["samples"] = ticked,
        };
    }

    private ControlTest Proven(TestForm typed, string id, string engagement, TestedControl tested)
    {
        var fields = new TypedFields();
        var part = PartOf(typed.Part, tested, fields);
        if (tested.Wordings.All(one => one.Id != typed.Wording))
            fields.Problems.Add("This wording did not hold in the days of the engagement. Open the page again.");
        var methods = typed.Methods.Distinct(StringComparer.Ordinal).Select(word => StandingParts.FromWord<TestMethod>(word)).ToList();
        if (methods.Contains(null))
            fields.Problems.Add("How you tested is one or more of: inquiry, observation, inspection, reperformance.");
        var test = new ControlTest
        {
            Id = id,
            Engagement = engagement,
            Control = tested.Control.Id,
            Wording = typed.Wording,
            Part = part,
            Methods = string.Join(' ', methods.OfType<TestMethod>().Order().Select(StandingParts.WordOf)),
            Done = fields.Text(typed.Done, "What you did", LongestText),
            Searched = fields.Text(typed.Searched, "Where you searched", LongestNote),
            Conclusion = ConclusionOf(typed.Conclusion, part, fields),
            Note = fields.Text(typed.Note, "The note", LongestNote),
            Reference = fields.Text(typed.Reference, "The reference", LongestReference),
            Salt = Commitment.NewSalt(),
            WrittenAt = work.Now,
            WrittenBy = work.By,
        };
        RefuseHollow(test, fields);
        fields.OrBad();
        return test;
    }

    private static TestPart PartOf(string typed, TestedControl tested, TypedFields fields)
    {
        var part = StandingParts.FromWord<TestPart>(typed);
        if (part is null)
            fields.Problems.Add("Choose what you tested: design or operation.");
        else if (!tested.Parts.Contains(part.Value))
            fields.Problems.Add(TestWords.OnlyDesign);
        return part ?? TestPart.Design;
    }

    private static TestConclusion ConclusionOf(string typed, TestPart part, TypedFields fields)
    {
        var conclusion = StandingParts.FromWord<TestConclusion>(typed);
        if (conclusion is null || !TestWords.Conclusions(part).Contains(conclusion.Value))
            fields.Problems.Add($"What you concluded of the {TestWords.Of(part)} is one of: {string.Join(", ", TestWords.Conclusions(part).Select(TestWords.Of))}.");
        return conclusion ?? TestConclusion.NotConcluded;
    }

    /// <summary>A conclusion rests on something that was done.</summary>
    private static void RefuseHollow(ControlTest test, TypedFields fields)
    {
        if (test.Searched.Length > 0 && test.Part == TestPart.Design)
            fields.Problems.Add("Where you searched belongs to the test of operation.");
        if (test.Searched.Length > 0 && test.Conclusion is TestConclusion.OperatedEffectively or TestConclusion.OperatedWithExceptions)
            fields.Problems.Add("You found no occasion, so it could not operate. Conclude 'did not operate', or leave it open.");
        if (test.Conclusion != TestConclusion.NotConcluded && (test.Methods.Length == 0 || test.Done.Length == 0))
            fields.Problems.Add("Before you conclude, say how you tested and what you did.");
    }
}
