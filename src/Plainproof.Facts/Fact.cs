namespace Plainproof.Facts;

/// <summary>Where in the raw bytes a fact was read: a JSON pointer, <c>line:12</c>, or <c>bytes:120-180</c>.</summary>
public sealed record Pointer(Digest Blob, string Path);

/// <summary>One aspect of one thing as a source saw it.</summary>
/// <param name="Subject">Stable name of the thing, unique in the company: <c>scope/kind/id</c>. See <see cref="Subjects"/>.</param>
/// <param name="Value">A record marked with <see cref="KindAttribute"/> for <paramref name="Aspect"/>.</param>
public sealed record Fact(string Subject, Aspect Aspect, object Value, Pointer At)
{
    public static Fact Of<T>(string subject, T value, Pointer at) where T : notnull => new(subject, Aspect.Of<T>(), value, at);
}

/// <summary>What a person did: answered, approved, reviewed, uploaded, confirmed a match.</summary>
/// <param name="EventAt">When it happened, as the person says.</param>
/// <param name="RecordedAt">When Plainproof was told. Never set by the person.</param>
public sealed record Act(
    string Verb, string Subject, string By, DateTimeOffset EventAt, DateTimeOffset RecordedAt,
    DateRange? Covers = null, Pointer? File = null, string? Says = null);

/// <summary>From the first day to the last, both included.</summary>
public readonly record struct DateRange(DateOnly From, DateOnly To);

/// <summary>A stored fact with its times. The value is shared and must not be changed.</summary>
public abstract class Dated(string subject, string scope, DateTimeOffset firstSeen, DateTimeOffset lastSeen, Pointer? at)
{
    public string Subject { get; } = subject;

    /// <summary>The system it was read from, such as <c>host:web1</c> or <c>directory:corp.example.test</c>.</summary>
    public string Scope { get; } = scope;

    // Kept as ticks: a directory has many facts, and each time would take twice the room.
    private readonly long _firstSeen = firstSeen.UtcTicks;
    private readonly long _lastSeen = lastSeen.UtcTicks;

    public DateTimeOffset FirstSeen => new(_firstSeen, TimeSpan.Zero);

    public DateTimeOffset LastSeen => new(_lastSeen, TimeSpan.Zero);

    /// <summary>Null only for a derived fact, whose pointers are those of the facts it came from.</summary>
    public Pointer? At { get; } = at;

    public abstract object Untyped { get; }
}

/// <inheritdoc />
public sealed class Dated<T>(string subject, string scope, T value, DateTimeOffset firstSeen, DateTimeOffset lastSeen, Pointer? at)
    : Dated(subject, scope, firstSeen, lastSeen, at) where T : notnull
{
    public T Value { get; } = value;

    public override object Untyped => Value;
}

/// <summary>Names of things: <c>scope/kind/id</c>, readable and stable. A scope holds no slash; an id may.</summary>
public static class Subjects
{
    public static string Of(string scope, string kind, string id) => $"{scope}/{kind}/{id}";

    /// <summary>The short name people know: the part after the last kind, such as <c>alice</c>.</summary>
    public static string ShortName(string scope, string subject)
    {
        if (!subject.StartsWith(scope + "/", StringComparison.Ordinal))
            return subject;
        var rest = subject[(scope.Length + 1)..];
        var slash = rest.IndexOf('/');
        return slash < 0 ? rest : rest[(slash + 1)..];
    }
}
