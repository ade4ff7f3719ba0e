using System.Diagnostics.CodeAnalysis;

namespace Plainproof.Catalog;

/// <summary>The catalogue's things by id. Where an id is repeated the first one counts; the reader refuses such files.</summary>
internal sealed class CatalogueIndex(Catalogue catalogue)
{
    public ById<Category> Category { get; } = new("criteria.json", "category", catalogue.Criteria.Categories, one => one.Id);
    public ById<Series> Series { get; } = new("criteria.json", "series", catalogue.Criteria.Series, one => one.Id);
    public ById<Criterion> Criterion { get; } = new("criteria.json", "criterion", catalogue.Criteria.Criteria, one => one.Id);
    public ById<Control> Control { get; } = new("controls.json", "control", catalogue.Controls.Controls, one => one.Id);
    public ById<Gap> Gap { get; } = new("gaps.json", "gap", catalogue.Gaps.Gaps, one => one.Id);
    public ById<StandingItem> Standing { get; } = new("standing.json", "standing item", catalogue.Standing.Items, one => one.Id);
    public ById<QuestionSection> Section { get; } = new("questions.json", "section", catalogue.Questions.Sections, one => one.Id);
    public ById<Question> Question { get; } = new("questions.json", "question", catalogue.Questions.Questions, one => one.Id);
    public ById<Request> Request { get; } = new("requests.json", "request", catalogue.Requests.Requests, one => one.Id);
    public ById<Policy> Policy { get; } = new("policies.json", "policy", catalogue.Policies.Policies, one => one.Id);
    public ById<DescriptionSection> Description { get; } =
        new("description.json", "section of the description", catalogue.Description.Sections, one => one.Id);
    public ById<CustomerControl> CustomerControl { get; } =
        new("entity-controls.json", "customer control", catalogue.EntityControls.Customer, one => one.Id);
    public ById<SubserviceControl> SubserviceControl { get; } =
        new("entity-controls.json", "subservice control", catalogue.EntityControls.Subservice, one => one.Id);
    public ById<AmbiguityRule> Ambiguity { get; } = new("scoping.json", "ambiguity rule", catalogue.Scoping.Ambiguity, one => one.Id);
    public ById<Term> Term { get; } = new("glossary.json", "term", catalogue.Glossary.Terms, one => one.Name);

    /// <summary>Kinds of provider for which the catalogue says what is expected of them.</summary>
    public IReadOnlySet<string> SubserviceKinds { get; } = catalogue.EntityControls.Subservice.Select(one => one.Kind).ToHashSet();

    /// <summary>Controls that serve a criterion, in the catalogue's order.</summary>
    public IEnumerable<Control> ControlsFor(string criterion) =>
        catalogue.Controls.Controls.Where(control => control.Criteria.Contains(criterion));

    /// <summary>Every id that two things of one kind share.</summary>
    public IEnumerable<Problem> RepeatedIds() =>
    [
        .. Category.Repeated(), .. Series.Repeated(), .. Criterion.Repeated(), .. Control.Repeated(), .. Gap.Repeated(),
        .. Standing.Repeated(), .. Section.Repeated(), .. Question.Repeated(), .. Request.Repeated(), .. Policy.Repeated(),
        .. Description.Repeated(), .. CustomerControl.Repeated(), .. SubserviceControl.Repeated(), .. Ambiguity.Repeated(),
        .. Term.Repeated(),
    ];
}

/// <summary>Things of one kind in one file, by id.</summary>
internal sealed class ById<T>
    where T : class
{
    private readonly string _file;
    private readonly string _kind;
    private readonly Dictionary<string, T> _things = new(StringComparer.Ordinal);
    private readonly List<string> _repeated = [];

    public ById(string file, string kind, IReadOnlyList<T> things, Func<T, string> id)
    {
        (_file, _kind) = (file, kind);
        foreach (var thing in things)
            if (!_things.TryAdd(id(thing), thing))
                _repeated.Add(id(thing));
    }

    /// <exception cref="KeyNotFoundException">There is no such id; the message names the file and the id.</exception>
    public T this[string id] =>
        _things.TryGetValue(id, out var thing) ? thing : throw new KeyNotFoundException($"{_file} has no {_kind} {id}");

    public int Count => _things.Count;

    public bool Has(string id) => _things.ContainsKey(id);

    public bool TryGet(string id, [NotNullWhen(true)] out T? thing) => _things.TryGetValue(id, out thing);

    public IEnumerable<Problem> Repeated() =>
        _repeated.Select(id => new Problem(_file, id, $"more than one {_kind} has this id", "Give each its own id"));

    /// <summary>A problem for each of the ids that does not exist here.</summary>
    public IEnumerable<Problem> Missing(string fromFile, string fromId, IEnumerable<string> ids) =>
        ids.Where(id => !Has(id)).Select(id =>
            new Problem(fromFile, fromId, $"names {_kind} {id}, which {_file} does not have", "Correct the id, or add what it names"));
}
