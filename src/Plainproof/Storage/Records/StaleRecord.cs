namespace Plainproof.Storage.Records;

/// <summary>Somebody else changed or removed a record between the moment a page showed it and the moment it was saved. Nothing was saved.</summary>
internal sealed class StaleRecord(Exception cause)
    : Exception("Someone else changed this while you had it open. Nothing was overwritten. Open it again, look at what is new, then make your change.", cause);
