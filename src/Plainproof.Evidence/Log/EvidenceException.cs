namespace Plainproof.Evidence;

/// <summary>The log or the vault cannot or will not go on; the message says what was found and what a person can do.</summary>
public sealed class EvidenceException(string message, Exception? cause = null) : Exception(message, cause);
