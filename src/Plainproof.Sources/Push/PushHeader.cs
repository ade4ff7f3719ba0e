using Plainproof.Facts;

namespace Plainproof.Sources.Push;

/// <summary>The first line of a pushed file: what the lines below are, and how complete the sender says they are.</summary>
/// <param name="Plainproof">The format: <c>push/1</c>.</param>
/// <param name="Kind">The kind of every fact in the file, such as <c>change.merge</c>.</param>
/// <param name="Scope">Who tells: <c>push:jira</c>.</param>
/// <param name="Expected">How many there are, by another way of counting.</param>
/// <param name="From">First day that the list covers.</param>
/// <param name="To">Last day that the list covers.</param>
/// <param name="Says">What is missing, when not all is there; otherwise where the list comes from.</param>
public sealed record PushHeader(
    string Plainproof, string Kind, string? Scope = null, PushCompleteness Completeness = PushCompleteness.Unproven,
    long? Expected = null, DateOnly? From = null, DateOnly? To = null, string? Says = null)
{
    public const string Format = "push/1";

    internal Coverage ToCoverage(string scope, long read)
    {
        var aspect = new Aspect(Kind);
        var about = string.Join(' ', new[] { Says, From is null && To is null ? null : $"It covers {From:yyyy-MM-dd} to {To:yyyy-MM-dd}." }.Where(part => part is not null));
        var said = about.Length == 0 ? null : about;
        const string Mend = "Let the script count its list in a second way, and say completeness complete with expected.";
        return Completeness switch
        {
            PushCompleteness.Complete when Expected is { } expected && expected != read =>
                new Coverage(aspect, scope, Facts.Completeness.Partial, $"The sender counted {expected}, and {read} came.", "Send the whole list again.", read, expected),
            PushCompleteness.Complete => new Coverage(aspect, scope, Facts.Completeness.Complete, said, null, read, Expected),
            PushCompleteness.Partial => new Coverage(aspect, scope, Facts.Completeness.Partial, said ?? "The sender says that a part is missing.", "Send the rest.", read, Expected),
            _ => new Coverage(aspect, scope, Facts.Completeness.Unproven, said ?? "The sender does not say that this is all.", Mend, read, Expected),
        };
    }
}

/// <summary>How complete the sender says the list is. Not said means unproven.</summary>
public enum PushCompleteness
{
    Unproven,
    Partial,
    Complete,
}
