using System.Globalization;

namespace Plainproof.Features.Interview;

/// <summary>An answer in the words the person saw.</summary>
internal static class AnswerWords
{
    public const string DoesNotKnow = "We don't know";

    public static string Of(QuestionNow now) => now.Answer switch
    {
        Answer.Chose => string.Join("; ", now.Chosen.Select(option => option.Text)),
        Answer.Wrote wrote => wrote.Text,
        Answer.Dated dated => dated.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        Answer.DoesNotKnow => DoesNotKnow,
        Answer.NotUs notUs => $"Not us, because {notUs.Because}",
        _ => "",
    };
}
