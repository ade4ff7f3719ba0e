namespace Plainproof.Evidence;

/// <summary>A note, checkpoint or key that cannot be trusted, and why, in words for a person.</summary>
public sealed class NoteException(string message) : Exception(message);
