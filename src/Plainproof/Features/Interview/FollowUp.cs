namespace Plainproof.Features.Interview;

/// <summary>What is asked right after an answer, because the answer alone is not enough.</summary>
/// <param name="IsDay">A day is asked for; else words.</param>
internal sealed record FollowUp(string Ask, bool IsDay)
{
    /// <summary>Each can be left empty.</summary>
    public static IReadOnlyList<FollowUp> After(QuestionNow answered)
    {
        var kinds = answered.Chosen.SelectMany(option => option.Effects).Select(effect => effect.Kind).ToHashSet();
        var asks = new List<FollowUp>();
        if (kinds.Contains("targetDate"))
            asks.Add(new("By which day? Write it as 2027-03-31.", IsDay: true));
        if (kinds.Contains("disclose"))
            asks.Add(new("What happened, when, and how did it end? One or two sentences.", IsDay: false));
        else if (kinds.Contains("vendor"))
            asks.Add(new("Which ones? Names, with commas between.", IsDay: false));
        else if (SaysItDoesNotFit(answered))
            asks.Add(new("Why is that so? One sentence, for the auditor.", IsDay: false));
        return asks;
    }

    // An answer that opens none of the question's gaps and is not the best one rests on a reason.
    private static bool SaysItDoesNotFit(QuestionNow answered) =>
        answered.Gaps.Any() && answered.Chosen.Any(option => option.Score is null && option.Opens.Count == 0);
}
