namespace Plainproof.Catalog;

/// <summary>criteria.json: one edition of the Trust Services Criteria, as ids and our own words.</summary>
internal sealed record CriteriaFile
{
    /// <summary>Id of the edition; an engagement pins the edition it was planned with.</summary>
    public required string Edition { get; init; }
    public required IReadOnlyList<Category> Categories { get; init; }
    public required IReadOnlyList<Series> Series { get; init; }
    public required IReadOnlyList<Criterion> Criteria { get; init; }
}

/// <summary>One of the five categories a report can cover. Security is in every report.</summary>
internal sealed record Category
{
    public required string Id { get; init; }
    public required string Title { get; init; }
    public required string Plain { get; init; }
}

/// <summary>A run of criteria on one theme, such as CC6.</summary>
internal sealed record Series
{
    public required string Id { get; init; }
    public required string Title { get; init; }
    public required string Category { get; init; }
}

internal sealed record Criterion
{
    public required string Id { get; init; }
    public required string Category { get; init; }
    public required string Series { get; init; }
    public required string Plain { get; init; }

    /// <summary>Number of the COSO principle it follows; only CC1 to CC5 have one.</summary>
    public int? Coso { get; init; }

    /// <summary>How many points of focus the edition lists under it. They are aids, not duties.</summary>
    public required int PointsOfFocus { get; init; }

    /// <summary>The control that most often carries this criterion in a small company.</summary>
    public required string Lead { get; init; }
}
