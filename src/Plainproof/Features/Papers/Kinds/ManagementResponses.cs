using Plainproof.Features.Deviations;
using Plainproof.Features.Engagements;

namespace Plainproof.Features.Papers.Kinds;

/// <summary>What management says to deviations. It is no part of what the auditor looks at.</summary>
internal sealed class ManagementResponses : IPaperKind
{
    public string Id => "management-responses";

    public string Title => "Management's responses";

    public string Plain => "What management says to each deviation: the cause, the fix, the day. It stands in the report, and nobody audits it.";

    public string Term => "deviation";

    public int Place => 60;

    public bool IsFor(Engagement it) => it.Kind == EngagementKind.TypeTwo;

    public SigningRule Signing => SigningRule.WhenOver;

    public async Task<IReadOnlyList<Section>> DrawAsync(PaperGround ground, CancellationToken stop)
    {
        var known = await ground.DeviationsAsync(stop);
        return
        [
            Section.Of("unaudited", "Before you read", [Sentence.Drawn("unaudited", ground.FromEngagement, "These are management's own words. Nobody audited them.")]),
            Section.Of("responses", "Deviations and what we say", known.Count == 0 ? [None(ground)] : known.SelectMany(one => Of(ground, one.Seen, one.Answer))),
        ];
    }

    private static Sentence None(PaperGround ground) => ground.Today <= ground.Last
        ? Sentence.Asked("none", "No deviation was seen so far. Come back when the days are over", $"/deviations?engagement={ground.Engagement.Id}")
        : Sentence.Drawn("none", new Trace("The list of deviations is empty.", $"/deviations?engagement={ground.Engagement.Id}", []), $"No deviation was seen {ground.Days}.");

    private static IEnumerable<Sentence> Of(PaperGround ground, SeenDeviation seen, DeviationAnswer? answer)
    {
        var page = $"/deviations/answer?engagement={ground.Engagement.Id}&d={seen.Key}";
        yield return Sentence.Drawn($"deviation/{seen.Key}", new Trace("It stands in the list of deviations.", page, [seen.Key]), $"{string.Join(", ", seen.Controls)}, {Telling.DayOf(seen.From)}: {Telling.Whole(seen.What)}");
        if (answer is null)
        {
            yield return Sentence.Asked($"answer/{seen.Key}", "Answer this deviation", page);
            yield break;
        }

        var trace = new Trace($"Answered by {answer.AnsweredBy} on {Check.Words.Day(answer.AnsweredAt)}.", page, [answer.Id]);
        yield return Sentence.Drawn($"cause/{seen.Key}", trace, $"The cause: {Telling.Whole(answer.Cause)} It is {DeviationWords.Of(answer.Reach)}.");
        yield return Sentence.Drawn($"more/{seen.Key}", trace, $"We looked for more: {Telling.Whole(answer.MoreLikeIt)}");
        if (answer.Compensating.Length > 0)
            yield return Sentence.Drawn($"else/{seen.Key}", trace, $"Meanwhile: {Telling.Whole(answer.Compensating)}");
        yield return Sentence.Drawn($"right/{seen.Key}", trace, $"Put right: {Telling.Whole(answer.Correction)}");
        yield return answer.Response.Length > 0
            ? Sentence.Drawn($"response/{seen.Key}", trace, Telling.Whole(answer.Response))
            : Sentence.Asked($"response/{seen.Key}", "Say what management says to it", page);
    }
}
