using Plainproof.Catalog;

namespace Plainproof.Features.Interview;

/// <summary>How far the interview is, and what is honestly left.</summary>
/// <param name="AtMostLeft">Questions that may still be asked; those that hang on an open answer are counted in.</param>
/// <param name="MinutesLeft">Rounded up, from the length of what is left and, once known, this person's own pace.</param>
internal sealed record Progress(int Answered, int Skipped, int AtMostLeft, int MinutesLeft)
{
    private const double SecondsToDecide = 5;
    private const double WordsPerSecond = 3.5;
    private const double SecondsToWrite = 30;
    private const int AnswersThatShowPace = 5;
    private static readonly TimeSpan LongestThought = TimeSpan.FromMinutes(3);

    public static Progress Of(IReadOnlyList<QuestionNow> all)
    {
        var left = all.Where(one => one.Asked != Asked.No && one.Answer is null).ToList();
        var seconds = left.Sum(one => Seconds(one.Question)) * Pace(all);
        return new(
            all.Count(one => one.Answer is not null), all.Count(one => one.Asked == Asked.No), left.Count, (int)Math.Ceiling(seconds / 60));
    }

    /// <summary>Time an unhurried reader needs for one question.</summary>
    private static double Seconds(Question question)
    {
        var words = question.Options.Select(option => option.Text).Prepend(question.Ask).Sum(text => text.Split(' ').Length);
        return SecondsToDecide + (words / WordsPerSecond) + (question.Answer == AnswerKind.Text ? SecondsToWrite : 0);
    }

    // How much slower or faster than the unhurried reader this person was; breaks are left out.
    private static double Pace(IReadOnlyList<QuestionNow> all)
    {
        var inTime = all.Where(one => one.Answer is not null).OrderBy(one => one.Answer!.AnsweredAt).ToList();
        var (taken, expected, seen) = (0d, 0d, 0);
        for (var i = 1; i < inTime.Count; i++)
        {
            var thought = inTime[i].Answer!.AnsweredAt - inTime[i - 1].Answer!.AnsweredAt;
            if (thought <= TimeSpan.Zero || thought > LongestThought)
                continue;
            taken += thought.TotalSeconds;
            expected += Seconds(inTime[i].Question);
            seen++;
        }
        return seen < AnswersThatShowPace ? 1 : Math.Clamp(taken / expected, 0.25, 4);
    }
}
