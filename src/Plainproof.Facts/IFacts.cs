namespace Plainproof.Facts;

/// <summary>The facts as of a day. Immutable; safe to read from several threads.</summary>
public interface IFacts
{
    /// <summary>Every fact of the kind, ordered by subject.</summary>
    IReadOnlyList<Dated<T>> Of<T>() where T : notnull;

    /// <summary>The fact of the kind about one subject, or null when none was seen.</summary>
    Dated<T>? About<T>(string subject) where T : notnull;

    IReadOnlyList<Act> Acts(string verb);

    /// <summary>One line per scope that was asked for the aspect; empty when nobody asked.</summary>
    IReadOnlyList<Coverage> Coverage(Aspect aspect);
}

/// <summary>
/// A pure, versioned rule from facts to facts. Found by folder.
/// A derived aspect is as complete as the least complete aspect it reads.
/// </summary>
public interface IDerivation
{
    string Name { get; }

    int Version { get; }

    IReadOnlyList<Aspect> Reads { get; }

    Aspect Yields { get; }

    IEnumerable<Derived> Derive(IFacts facts);
}

/// <param name="Scope">The scope of the thing the derived fact is about.</param>
public sealed record Derived(string Subject, string Scope, object Value);
