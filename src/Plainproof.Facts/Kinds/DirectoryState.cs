namespace Plainproof.Facts;

/// <summary>One directory as a whole.</summary>
/// <param name="Product">As it tells of itself: <c>Active Directory</c>, <c>Samba</c>, <c>OpenLDAP</c>.</param>
/// <param name="FunctionalLevel">Active Directory's domain level in plain words; null elsewhere.</param>
/// <param name="KerberosKeyChangedAt">When the password of <c>krbtgt</c> was last set; null where there is no such key.</param>
/// <param name="LocalPasswordsInSchema">True when the directory can hold managed local administrator passwords (LAPS); null elsewhere.</param>
[Kind("directory.core", "The directory itself: product, level, age of its master key")]
public sealed record DirectoryState(
    string Domain,
    string Product,
    string? FunctionalLevel = null,
    DateTimeOffset? KerberosKeyChangedAt = null,
    bool? LocalPasswordsInSchema = null);
