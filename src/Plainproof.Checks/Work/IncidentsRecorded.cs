using Plainproof.Facts;

namespace Plainproof.Checks.Work;

/// <summary>Each incident has what a reader needs to learn from it.</summary>
internal sealed class IncidentsRecorded : EachCheck<Incident>
{
    protected override Outcome Judge(Incident it, Given given) => PassWhen(Missing(it).Count == 0);

    protected override string Say(Incident it, Dated about, Outcome outcome, Given given) => outcome == Outcome.Pass
        ? $"Incident {it.Id} is fully recorded{(it.Open ? " so far" : "")}."
        : $"Incident {it.Id} lacks: {string.Join(", ", Missing(it))}.";

    private static IReadOnlyList<string> Missing(Incident it)
    {
        var missing = new List<string>();
        if (it.Severity < 1)
            missing.Add("a severity");
        if (IsBlank(it.Owner))
            missing.Add("an owner");
        if (it.Open)
            return missing;
        if (IsBlank(it.Timeline))
            missing.Add("a timeline");
        if (IsBlank(it.Cause))
            missing.Add("a cause");
        if (IsBlank(it.Lesson))
            missing.Add("a lesson");
        if (it.ResolvedAt is null)
            missing.Add("the time it was over");
        return missing;
    }

    private static bool IsBlank(string? text) => string.IsNullOrWhiteSpace(text);
}
