namespace Plainproof.Facts;

/// <summary>A body of data that the company says it must not lose.</summary>
/// <param name="Name">As people know it; may be <c>host:path</c> as in <see cref="BackupSet.DataSet"/>.</param>
/// <param name="Host">The machine it lies on.</param>
/// <param name="Path">The folder it lies in.</param>
[Kind("dataset.core", "Data sets that must have a backup")]
public sealed record DataSet(string Name, string? Host = null, string? Path = null, string? Owner = null, bool InScope = true);

/// <summary>All backups of the same data: the same machine and the same folders.</summary>
/// <param name="DataSet"><c>host:path</c>, or <c>host:path,path</c>.</param>
/// <param name="Newest">Null when it was declared and has no backup at all.</param>
/// <param name="Declared">Whether it is on the company's list of data sets; null when there is no list.</param>
[Kind("backup.set", "Backups: the newest and oldest of each data set")]
public sealed record BackupSet(
    string DataSet, string Host, IReadOnlyList<string> Paths, IReadOnlyList<string> Tags, long Count,
    DateTimeOffset? Newest = null, DateTimeOffset? Oldest = null, bool? Declared = null);

/// <summary>The store of backups itself.</summary>
/// <param name="Readable">False when parts of it are damaged, so that a restore would fail.</param>
/// <param name="Problem">What is damaged, in the words of the tool.</param>
[Kind("backup.repository", "Backups: whether the store can be read")]
public sealed record BackupRepository(string Tool, string ToolVersion, bool Readable, string? Problem = null);

/// <summary>One check of stored backups for damage.</summary>
/// <param name="SharePercent">How much of the stored data was read again; null when only the structure was.</param>
[Kind("backup.verification", "Backups: when they were checked for damage")]
public sealed record BackupVerification(DateTimeOffset At, bool Clean, double? SharePercent = null, string? By = null, string? Note = null);

/// <summary>One restore that was tried.</summary>
/// <param name="DataSet">What was restored.</param>
/// <param name="Seconds">From the start until the data could be used.</param>
/// <param name="VerifiedBy">Who looked at the restored data.</param>
[Kind("backup.restore", "Backups: restores that were tried, with their result")]
public sealed record BackupRestore(string DataSet, DateTimeOffset At, bool Worked, double? Seconds = null, string? VerifiedBy = null, string? Note = null);

/// <summary>How hard a copy is to lose. Null where the address does not tell.</summary>
/// <param name="Where">Such as <c>folder</c>, <c>s3</c>, <c>sftp</c>; holds no address.</param>
/// <param name="OffSite">True when it lies on other premises than the data.</param>
/// <param name="DeletionLocked">True when whoever writes backups cannot delete them.</param>
[Kind("backup.protection", "Backups: encrypted, elsewhere, safe from deletion")]
public sealed record BackupProtection(string Where, bool? Encrypted = null, bool? OffSite = null, bool? DeletionLocked = null);
