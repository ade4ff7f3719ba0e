namespace Plainproof.EndToEnd.World;

/// <summary>Something wrong that was set up on purpose.</summary>
/// <param name="Check">The check that must find it.</param>
/// <param name="Scope">The system it was planted in.</param>
/// <param name="Name">What the message must name, so that a person knows what to mend.</param>
internal sealed record Flaw(string Check, string Scope, string Name);
