using System.Globalization;
using Plainproof.Catalog;

namespace Plainproof.Features.Interview;

/// <summary>What a person typed at a question, understood.</summary>
internal abstract record Entry
{
    private Entry()
    {
    }

    public sealed record Back : Entry;

    public sealed record Quit : Entry;

    public sealed record Keep : Entry;

    /// <param name="Word">The word to explain; null: the question itself.</param>
    public sealed record Help(string? Word) : Entry;

    public sealed record DoesNotKnow : Entry;

    /// <param name="Because">Null when the reason is still to be asked for.</param>
    public sealed record NotUs(string? Because) : Entry;

    public sealed record Options(IReadOnlyList<string> Ids) : Entry;

    public sealed record Words(string Text) : Entry;

    public sealed record Day(DateOnly Date) : Entry;

    public sealed record NotUnderstood(string What, string Mend) : Entry;

    public static Entry Parse(string line, Question question)
    {
        var typed = line.Trim();
        var (first, rest) = Split(typed);
        return first.ToLowerInvariant() switch
        {
            "" => new Keep(),
            "b" or "back" when rest.Length == 0 => new Back(),
            "q" or "quit" when rest.Length == 0 => new Quit(),
            "d" when rest.Length == 0 => new DoesNotKnow(),
            "?" => new Help(rest.Length == 0 ? null : rest),
            "n" when rest.Length == 0 || question.Answer != AnswerKind.Text => Reason(rest),
            _ => Value(typed, question),
        };
    }

    /// <summary>A day, or words on what is wrong with it; null when nothing was typed.</summary>
    public static Entry? ParseDay(string line) => line.Trim() switch
    {
        "" => null,
        var typed when DateOnly.TryParseExact(typed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) => new Day(day),
        _ => new NotUnderstood("That is no day", "Write it as 2027-03-31"),
    };

    private static (string First, string After) Split(string typed)
    {
        if (typed.StartsWith('?'))
            return ("?", typed[1..].Trim());
        var space = typed.IndexOf(' ', StringComparison.Ordinal);
        return space < 0 ? (typed, "") : (typed[..space], typed[(space + 1)..].Trim());
    }

    private static Entry Reason(string rest)
    {
        var because = rest.StartsWith("because ", StringComparison.OrdinalIgnoreCase) ? rest["because ".Length..] : rest;
        if (because.Length == 0)
            return new NotUs(null);
        return AnswerRules.TextProblem(because) is { } problem ? new NotUnderstood(problem.What, problem.Mend) : new NotUs(because);
    }

    private static Entry Value(string typed, Question question) => question.Answer switch
    {
        AnswerKind.Text => AnswerRules.TextProblem(typed) is { } problem ? new NotUnderstood(problem.What, problem.Mend) : new Words(typed),
        AnswerKind.Date => ParseDay(typed)!,
        _ => Chosen(typed, question),
    };

    private static Entry Chosen(string typed, Question question)
    {
        var chosen = new List<string>();
        foreach (var part in typed.Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (OptionFor(part, question) is not { } option)
                return new NotUnderstood($"\"{(part.Length > 40 ? part[..40] + "..." : part)}\" is none of the answers", $"Type a number from 1 to {question.Options.Count}, or d, n, b, ?, q");
            chosen.Add(option);
        }
        return AnswerRules.Problem(question, chosen) is { } problem ? new NotUnderstood(problem.What, problem.Mend) : new Options(chosen);
    }

    private static string? OptionFor(string typed, Question question) =>
        int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && question.Options.ElementAtOrDefault(number - 1) is { } byNumber
            ? byNumber.Id
            : question.Options.FirstOrDefault(option => option.Id == typed)?.Id;
}
