namespace Plainproof.Storage.Records;

/// <summary>
/// A thing that people make and edit. Facts, acts and log entries are none: they are never edited. Its table and columns are its names in
/// snake_case; how it is keyed and joined says its <c>IEntityTypeConfiguration</c> in the feature's folder.
/// </summary>
internal abstract class Record
{
    public string Id { get; init; } = Guid.CreateVersion7().ToString("D");

    /// <summary>Counts how often it was saved. A page gives back the version it showed, so that nobody overwrites what they did not see.</summary>
    public long Version { get; private set; }
}

/// <summary>A record of the installation: people, and which companies there are.</summary>
internal abstract class InstallationRecord : Record;

/// <summary>A record of one company. Which one is filled in by <see cref="CompanyRecords"/>; the key is company and id unless configured otherwise.</summary>
internal abstract class CompanyRecord : Record
{
    public string Company { get; private set; } = null!;
}
