using Plainproof.Catalog;

namespace Plainproof.Features.Interview;

/// <summary>Whether a question is put to this company.</summary>
internal enum Asked
{
    Yes,

    /// <summary>It depends on a question that has no answer yet.</summary>
    NotYetKnown,
    No,
}

/// <summary>One question as things stand. An answer given before the question was skipped stays in the file and counts for nothing.</summary>
/// <param name="SkippedBecause">Why it is not asked, in plain words; null when it may be asked.</param>
internal sealed record QuestionNow(Question Question, Asked Asked, Answer? Answer, string? SkippedBecause)
{
    public bool IsOpen => Asked == Asked.Yes && Answer is null;

    /// <summary>Every gap that some answer to this question opens.</summary>
    public IEnumerable<string> Gaps => Question.Options.SelectMany(option => option.Opens).Distinct();

    public IReadOnlyList<Option> Chosen =>
        Answer is Answer.Chose chose ? [.. Question.Options.Where(option => chose.Options.Contains(option.Id))] : [];
}

/// <summary>
/// The readiness interview: which question comes next, and how much is left. Pure: the same questions and answers
/// give the same interview. A question whose condition rests on "don't know" or "not us" is asked, so that nothing hides.
/// </summary>
internal sealed class ReadinessInterview
{
    private readonly Dictionary<string, QuestionNow> _byId = new(StringComparer.Ordinal);
    private readonly List<QuestionNow> _all = [];

    public ReadinessInterview(QuestionsFile questions, Answers answers)
    {
        (Sections, Answers) = (questions.Sections, answers);
        foreach (var question in questions.Questions)
        {
            var (asked, because) = question.When is { } when ? Judge(when) : (Asked.Yes, null);
            var now = new QuestionNow(question, asked, asked == Asked.No ? null : answers.To(question.Id), because);
            _all.Add(now);
            _byId.Add(question.Id, now);
        }
    }

    public Answers Answers { get; }
    public IReadOnlyList<QuestionSection> Sections { get; }

    /// <summary>Every question in the order it is asked, skipped ones included.</summary>
    public IReadOnlyList<QuestionNow> All => _all;

    public QuestionNow this[string id] => _byId[id];

    /// <summary>The next question to ask; null when all that apply are answered.</summary>
    public QuestionNow? Next => _all.FirstOrDefault(one => one.IsOpen);

    /// <summary>The question asked before this one; null when it is the first. Without an id: the last that was answered.</summary>
    public QuestionNow? Before(string? id) =>
        _all.TakeWhile(one => one.Question.Id != id).LastOrDefault(one => one.Asked == Asked.Yes && one.Answer is not null);

    public Progress Progress => Progress.Of(_all);

    /// <summary>Chosen options by question, as the catalogue's conditions read them. Don't know is an answer that is none of the options.</summary>
    public IReadOnlyDictionary<string, IReadOnlyCollection<string>> Chosen => _all
        .Where(one => one.Answer is Answer.Chose or Answer.DoesNotKnow)
        .ToDictionary(one => one.Question.Id, one => one.Answer is Answer.Chose chose ? chose.Options : (IReadOnlyCollection<string>)["dont-know"]);

    private (Asked Asked, string? Because) Judge(When when)
    {
        var judged = when.Conditions.Select(condition => (Condition: condition, Asked: Judge(condition))).ToList();
        var asked = when.All is not null ? judged.Max(one => one.Asked) : judged.Min(one => one.Asked);
        return asked == Asked.No
            ? (asked, string.Join(" ", judged.Where(one => one.Asked == Asked.No).Select(one => WordsFor(one.Condition.Question))))
            : (asked, null);
    }

    private Asked Judge(Condition condition)
    {
        if (!_byId.TryGetValue(condition.Question, out var earlier))
            throw new ArgumentException($"a condition names {condition.Question}, which is not asked before it");
        return earlier switch
        {
            { Asked: Asked.No } => Asked.No,
            { Answer: null } => Asked.NotYetKnown,
            { Answer: Answer.Chose chose } => chose.Options.Any(condition.Allows) ? Asked.Yes : Asked.No,
            _ => Asked.Yes,
        };
    }

    private string WordsFor(string question) => _byId[question] is { Asked: Asked.Yes, Chosen: { Count: > 0 } chosen } now
        ? $"You answered \"{string.Join("\", \"", chosen.Select(option => option.Text))}\" to \"{now.Question.Ask}\""
        : $"\"{_byId[question].Question.Ask}\" was not asked.";
}
