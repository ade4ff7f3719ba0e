namespace Plainproof.Catalog;

/// <summary>
/// What SOC 2 asks, as data: everything the checks, the interview, the plan and the package refer to by id.
/// Immutable; every reference in a loaded catalogue resolves.
/// </summary>
internal sealed record Catalogue
{
    private static readonly Lazy<Catalogue> Built = new(CatalogueReader.ReadEmbedded);

    private readonly Lazy<CatalogueIndex> _index;

    public Catalogue() => _index = new(() => new CatalogueIndex(this));

    // A copy made with `with` must index its own lists, not those of the original.
    private Catalogue(Catalogue other)
    {
        (Criteria, Controls, Gaps, Standing) = (other.Criteria, other.Controls, other.Gaps, other.Standing);
        (Questions, Requests, Policies, Description) = (other.Questions, other.Requests, other.Policies, other.Description);
        (EntityControls, Scoping, Glossary) = (other.EntityControls, other.Scoping, other.Glossary);
        _index = new(() => new CatalogueIndex(this));
    }

    /// <summary>The catalogue built into this program; read once.</summary>
    /// <exception cref="BrokenCatalogueException">A file is missing, malformed or refers to what is not there.</exception>
    public static Catalogue Shipped => Built.Value;

    public required CriteriaFile Criteria { get; init; }
    public required ControlsFile Controls { get; init; }
    public required GapsFile Gaps { get; init; }
    public required StandingFile Standing { get; init; }
    public required QuestionsFile Questions { get; init; }
    public required RequestsFile Requests { get; init; }
    public required PoliciesFile Policies { get; init; }
    public required DescriptionFile Description { get; init; }
    public required EntityControlsFile EntityControls { get; init; }
    public required ScopingFile Scoping { get; init; }
    public required GlossaryFile Glossary { get; init; }

    /// <summary>Everything by its id.</summary>
    public CatalogueIndex By => _index.Value;
}
