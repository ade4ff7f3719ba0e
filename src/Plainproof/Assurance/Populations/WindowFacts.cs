using Plainproof.Assurance.Period;
using Plainproof.Facts;

namespace Plainproof.Assurance.Populations;

/// <summary>What a system told of one subject, from one reading until another one told otherwise.</summary>
/// <param name="ClosedAt">The reading that told otherwise, or no longer told it; null while it is the newest.</param>
/// <param name="Collection">The id of the reading that told it first.</param>
internal sealed record FactVersion(Dated Fact, Aspect Aspect, DateTimeOffset FirstSeen, DateTimeOffset? ClosedAt, string Collection)
{
    public bool StoodAt(DateTimeOffset at) => FirstSeen <= at && (ClosedAt is null || ClosedAt > at);
}

/// <summary>One look at one kind of fact of one system.</summary>
internal sealed record Looked(Coverage Line, string Collection)
{
    public DateTimeOffset At => Line.At!.Value;

    public bool IsWhole => Line.State == Completeness.Complete;
}

/// <summary>One version with its value in its type.</summary>
internal sealed record Told<T>(FactVersion Version, T Value) where T : notnull;

/// <summary>All that was told of one subject, oldest first; never empty.</summary>
internal sealed record Course<T>(string Scope, string Subject, IReadOnlyList<Told<T>> Versions) where T : notnull
{
    public DateTimeOffset FirstSeen => Versions[0].Version.FirstSeen;

    public Told<T> Newest => Versions[^1];

    /// <summary>The reading that no longer told of it; null while it is there.</summary>
    public DateTimeOffset? GoneAt => Newest.Version.ClosedAt;

    public Told<T>? At(DateTimeOffset at) => Versions.LastOrDefault(told => told.Version.StoodAt(at));
}

/// <summary>Facts over a window, also those that are gone or different today. Immutable; safe to read from several threads.</summary>
/// <param name="versions">In order of system, subject and time.</param>
/// <param name="looks">In order of time.</param>
/// <param name="window">The days asked for, whole.</param>
/// <param name="asOf">When it is asked; nothing later is known.</param>
internal sealed class WindowFacts(IReadOnlyList<FactVersion> versions, IReadOnlyList<Looked> looks, IReadOnlyList<Act> acts, Stretch window, DateTimeOffset asOf)
{
    private readonly Dictionary<Type, object> _courses = [];
    private readonly ILookup<Type, FactVersion> _versions = versions.ToLookup(version => version.Fact.Untyped.GetType());

    public Stretch Window => window;

    public DateTimeOffset AsOf => asOf;

    public IReadOnlyList<Act> Acts => acts;

    public IReadOnlyList<Looked> Looks => looks;

    public bool IsOver => window.To <= asOf;

    /// <summary>The part of the window that has been.</summary>
    public Stretch Lived => window with { To = window.To < asOf ? window.To : asOf };

    public IReadOnlyList<Course<T>> Of<T>() where T : notnull
    {
        lock (_courses)
        {
            if (!_courses.TryGetValue(typeof(T), out var courses))
                _courses[typeof(T)] = courses = (IReadOnlyList<Course<T>>)[.. _versions[typeof(T)].GroupBy(version => (version.Fact.Scope, version.Fact.Subject))
                    .Select(some => new Course<T>(some.Key.Scope, some.Key.Subject, [.. some.Select(version => new Told<T>(version, (T)version.Fact.Untyped))]))];
            return (IReadOnlyList<Course<T>>)courses;
        }
    }

    public IEnumerable<Looked> LooksAt(Aspect aspect) => looks.Where(look => look.Line.Aspect == aspect);

    public bool WasLookedAt(Aspect aspect) => LooksAt(aspect).Any();

    /// <summary>The last that was told of every subject, whether it is there today or not.</summary>
    public IEnumerable<Dated> Newest() => _versions.SelectMany(kind => kind).GroupBy(version => (version.Aspect, version.Fact.Scope, version.Fact.Subject)).Select(some => some.Last().Fact);
}
