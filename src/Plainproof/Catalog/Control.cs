namespace Plainproof.Catalog;

internal sealed record ControlsFile
{
    public required IReadOnlyList<Control> Controls { get; init; }
}

/// <summary>One sentence a company promises to do, and how it is shown to be done.</summary>
internal sealed record Control
{
    public required string Id { get; init; }
    public required string Family { get; init; }
    public required string Title { get; init; }

    /// <summary>The sentence the auditor tests; exempt from the readability law.</summary>
    public required string Statement { get; init; }

    /// <summary>The same for everyone: what we do and why it helps.</summary>
    public required string Plain { get; init; }
    public required IReadOnlyList<string> Criteria { get; init; }
    public required Frequency Frequency { get; init; }
    public required Nature Nature { get; init; }

    /// <summary>The role that answers for it, in a company that has such a role.</summary>
    public required string Owner { get; init; }
    public required Tier Tier { get; init; }
    public required IReadOnlyList<EvidenceItem> Evidence { get; init; }

    /// <summary>What an auditor draws samples from; null when there is nothing to sample.</summary>
    public string? Population { get; init; }

    /// <summary>The gap that is open while this control is missing.</summary>
    public required string Gap { get; init; }
}

/// <summary>How often, in words for the reader and as rhythms the calendar can compute with.</summary>
internal sealed record Frequency
{
    public required string Text { get; init; }
    public required IReadOnlyList<Rhythm> Every { get; init; }
}

/// <summary>One thing that shows the control at work, and how it reaches the evidence log.</summary>
internal sealed record EvidenceItem
{
    public required string What { get; init; }
    public required EvidenceWay By { get; init; }
}

internal enum Rhythm
{
    Continuous, Daily, Weekly, Monthly, Quarterly, Annually,
    OnChange, PerOccurrence, PerUse, PerChange, PerHire, PerLeaver, PerVendor, PerCustomer,
}

internal enum Nature { Manual, Automated, Hybrid }

/// <summary>Core: in nearly every first report. Standard: in most. Optional: when it fits.</summary>
internal enum Tier { Core, Standard, Optional }

/// <summary>
/// Collection: read from a system. Upload: a file someone adds. Review: a person's recorded look at a list.
/// Acknowledgement: each person's recorded yes. Record: an entry kept in a register, such as incidents or risks.
/// </summary>
internal enum EvidenceWay { Collection, Upload, Review, Acknowledgement, Record }
