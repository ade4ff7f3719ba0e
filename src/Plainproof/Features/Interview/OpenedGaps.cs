namespace Plainproof.Features.Interview;

/// <summary>Which gaps the answers open, each with the question behind it.</summary>
internal static class OpenedGaps
{
    /// <summary>In the order the questions open them.</summary>
    public static IReadOnlyList<OpenedGap> Of(ReadinessInterview interview) =>
        [.. interview.All.SelectMany(Opened).GroupBy(one => one.Gap, one => one.Source).Select(one => new OpenedGap(one.Key, [.. one]))];

    private static IEnumerable<(string Gap, GapSource Source)> Opened(QuestionNow now) => now switch
    {
        { Asked: Asked.No, Question.WhenSkipped: { } skipped } =>
            skipped.Opens.Select(gap => (gap, new GapSource(now.Question.Id, GapGround.FollowsFromEarlier, skipped.Say))),
        { Answer: Answer.DoesNotKnow } => now.Gaps.Select(gap => (gap, new GapSource(now.Question.Id, GapGround.DoesNotKnow, null))),
        _ => from option in now.Chosen
             from gap in option.Opens
             select (gap, new GapSource(now.Question.Id, GapGround.Said, now.Question.GapText.GetValueOrDefault(option.Id))),
    };
}
