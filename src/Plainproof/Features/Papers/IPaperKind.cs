using Plainproof.Features.Engagements;

namespace Plainproof.Features.Papers;

/// <summary>
/// One of management's papers. Found by folder. It draws sentences from what the company's data tells, and never the auditor's part: no
/// opinion, no test, no result (law 5).
/// </summary>
internal interface IPaperKind
{
    /// <summary>As it stands in addresses. Never changes.</summary>
    string Id { get; }

    string Title { get; }

    /// <summary>What it is for, in plain words.</summary>
    string Plain { get; }

    /// <summary>The word of the glossary that it is about.</summary>
    string Term { get; }

    /// <summary>Its place in the list.</summary>
    int Place { get; }

    bool IsFor(Engagement it) => true;

    /// <summary>Why there can be no draft now, and what to do about it; null when there can.</summary>
    Task<string?> WhyNotAsync(PaperGround ground, CancellationToken stop) => Task.FromResult<string?>(null);

    Task<IReadOnlyList<Section>> DrawAsync(PaperGround ground, CancellationToken stop);

    /// <summary>What only this paper has to be looked at for.</summary>
    IEnumerable<Finding> Look(PaperGround ground, PaperText text) => [];

    SigningRule Signing { get; }

    /// <summary>A paper in which a reader wants the company's own words.</summary>
    bool IsOwnStory => false;

    /// <summary>What begins with it may be worded anew and never be left out.</summary>
    IReadOnlyList<string> MustTell => [];
}

/// <param name="AfterDays">It speaks of days, so all of them have to be over.</param>
/// <param name="Basis">Whoever signs says how management knows.</param>
internal sealed record SigningRule(bool AfterDays, bool Basis)
{
    public static SigningRule AnyDay { get; } = new(false, false);

    public static SigningRule WhenOver { get; } = new(true, false);

    public static SigningRule WhenOverWithBasis { get; } = new(true, true);

    public bool IsTooEarly(Engagement it, DateOnly today) => AfterDays && today <= it.Ends;
}

/// <summary>Every kind of paper in this build, found by folder.</summary>
internal static class PaperKinds
{
    public static IReadOnlyList<IPaperKind> All { get; } =
    [
        .. typeof(PaperKinds).Assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IPaperKind)))
            .Select(type => (IPaperKind)Activator.CreateInstance(type)!).OrderBy(kind => kind.Place),
    ];

    public static IPaperKind? Find(string? id) => All.FirstOrDefault(kind => kind.Id == id);
}
