using Plainproof.Facts;

namespace Plainproof.Features.Sample;

/// <summary>What one run of a source would have told of a made-up system.</summary>
internal sealed class SampleReading(string source, string scope, string? principal, string asked)
{
    private readonly List<Told> _told = [];

    public string Source { get; } = source;

    public string Scope { get; } = scope;

    public string? Principal { get; } = principal;

    /// <summary>What was asked of the system, as a call is told.</summary>
    public string Asked { get; } = asked;

    public IReadOnlyList<Told> All => _told;

    /// <summary>Why nothing could be read; null when it could.</summary>
    public (Completeness State, string Why, string Mend)? Problem { get; private set; }

    /// <summary>One aspect, read in full.</summary>
    /// <param name="kind">What a thing is called in its subject.</param>
    public SampleReading With<T>(string kind, params IEnumerable<(string Id, T Value)> things) where T : notnull
    {
        _told.Add(new Told(Aspect.Of<T>(), [.. things.Select(thing => (Subjects.Of(Scope, kind, thing.Id), (object)thing.Value))]));
        return this;
    }

    /// <summary>The same run, had the system not answered.</summary>
    public SampleReading Failing(Completeness state, string why, string mend)
    {
        Problem = (state, why, mend);
        return this;
    }

    internal sealed record Told(Aspect Aspect, IReadOnlyList<(string Subject, object Value)> Things);
}
