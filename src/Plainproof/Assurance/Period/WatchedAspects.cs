using Plainproof.Checks;
using Plainproof.Facts;

namespace Plainproof.Assurance.Period;

/// <summary>Where nobody looked, by system and by what a check reads of it.</summary>
internal sealed class WatchedAspects
{
    private readonly Dictionary<string, ILookup<DateTimeOffset, Look>> _collections;
    private readonly Dictionary<(string Scope, Aspect Aspect), List<DateTimeOffset>> _whole;
    private readonly Dictionary<(string Scope, Aspect Aspect), List<Stretch>> _gaps = [];
    private readonly Dictionary<Aspect, IReadOnlyList<Aspect>> _derived;
    private readonly Dictionary<string, List<DateTimeOffset>> _dueOf;
    private readonly Stretch _span;

    public WatchedAspects(IReadOnlyList<Look> looks, ILookup<string, DateTimeOffset> due, IReadOnlyList<IDerivation> derivations, Stretch span)
    {
        (_dueOf, _span) = (due.ToDictionary(scope => scope.Key, scope => scope.ToList(), StringComparer.Ordinal), span);
        _derived = derivations.ToDictionary(rule => rule.Yields, rule => rule.Reads);
        _whole = looks.Where(look => look.State == Completeness.Complete).GroupBy(look => (look.Scope, look.Aspect)).ToDictionary(some => some.Key, some => some.Select(look => look.At).ToList());
        _collections = looks.GroupBy(look => look.Scope, StringComparer.Ordinal).ToDictionary(scope => scope.Key, scope => scope.ToLookup(look => look.At), StringComparer.Ordinal);
    }

    /// <summary>Systems that somebody looked at, in order of their names.</summary>
    public IEnumerable<string> Scopes => _collections.Keys.Order(StringComparer.Ordinal);

    /// <summary>Where something was missing that the check needs of the system, or of others to join it with.</summary>
    public IEnumerable<Stretch> GapsOf(CheckInfo check, string scope) =>
        check.ReadAspects.SelectMany((aspect, i) => Needed(aspect, scope, isHere: i == 0 || _whole.ContainsKey((scope, aspect))))
            .Concat(check.JoinAspects.SelectMany(aspect => Needed(aspect, scope, isHere: false))).SelectMany(part => GapsOf(part.Scope, part.Aspect));

    public SourceCourse CourseOf(string scope, PeriodDays lived)
    {
        var looks = _collections[scope].ToList();
        var life = new Stretch(looks[0].Key, _span.To).Within(_span) ?? new Stretch(_span.To, _span.To);
        var gaps = GapsOf(scope, looks.Where(collection => collection.Any(look => look.State == Completeness.Complete)), life);
        var inFull = GapsOf(scope, looks.Where(collection => collection.All(look => look.State == Completeness.Complete)), life);
        var (any, whole, begins) = (lived.Touched(Stretch.Minus([life], gaps)), lived.Touched(Stretch.Minus([life], inFull)), lived.IndexOf(life.From));
        return new SourceCourse(scope, [.. any.Select((some, day) => day < begins ? ReadDay.NotYet : whole[day] ? ReadDay.InFull : some ? ReadDay.InPart : ReadDay.NotRead)], gaps);
    }

    private List<Stretch> GapsOf(string scope, IEnumerable<IGrouping<DateTimeOffset, Look>> collections, Stretch life) =>
        Watch.Gaps([.. collections.Select(collection => collection.Key)], DueOf(scope), life);

    /// <summary>What was looked at itself: a derived aspect stands for what it is derived from.</summary>
    private IEnumerable<(string Scope, Aspect Aspect)> Needed(Aspect aspect, string scope, bool isHere)
    {
        if (_derived.TryGetValue(aspect, out var reads))
            return reads.SelectMany((read, i) => Needed(read, scope, isHere && i == 0));
        return isHere ? [(scope, aspect)] : _whole.Keys.Where(part => part.Aspect == aspect);
    }

    private IReadOnlyList<DateTimeOffset> DueOf(string scope) => _dueOf.GetValueOrDefault(scope) ?? [];

    private List<Stretch> GapsOf(string scope, Aspect aspect)
    {
        if (!_gaps.TryGetValue((scope, aspect), out var gaps))
            _gaps[(scope, aspect)] = gaps = Watch.Gaps(_whole.GetValueOrDefault((scope, aspect)) ?? [], DueOf(scope), _span);
        return gaps;
    }
}
