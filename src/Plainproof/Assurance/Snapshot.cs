using System.Reflection;
using Plainproof.Facts;

namespace Plainproof.Assurance;

/// <summary>The facts as of a day, in memory, typed once. Immutable after building; derived facts are part of it.</summary>
internal sealed class Snapshot : IFacts
{
    private readonly Dictionary<Type, Table> _tables = [];
    private readonly Dictionary<Aspect, List<Coverage>> _coverage = [];
    private readonly ILookup<string, Act> _acts;

    private Snapshot(IEnumerable<Act> acts) => _acts = acts.ToLookup(act => act.Verb, StringComparer.Ordinal);

    public static Snapshot Of(IEnumerable<Dated> facts, IEnumerable<Coverage> coverage, IEnumerable<Act> acts, IReadOnlyList<IDerivation> derivations)
    {
        var snapshot = new Snapshot(acts);
        foreach (var line in coverage)
            snapshot.Cover(line);
        foreach (var kind in facts.GroupBy(fact => fact.Untyped.GetType()))
            snapshot._tables[kind.Key] = Table.Of(kind.Key, kind);
        foreach (var rule in derivations)
            snapshot.Add(rule);
        return snapshot;
    }

    public IReadOnlyList<Dated<T>> Of<T>() where T : notnull =>
        _tables.TryGetValue(typeof(T), out var table) ? ((Table<T>)table).Rows : [];

    public Dated<T>? About<T>(string subject) where T : notnull =>
        _tables.TryGetValue(typeof(T), out var table) ? ((Table<T>)table).BySubject.GetValueOrDefault(subject) : null;

    public IReadOnlyList<Act> Acts(string verb) => [.. _acts[verb]];

    public IReadOnlyList<Coverage> Coverage(Aspect aspect) => _coverage.GetValueOrDefault(aspect) ?? (IReadOnlyList<Coverage>)[];

    private void Add(IDerivation rule)
    {
        if (rule.Reads.SelectMany(Coverage).ToList() is not { Count: > 0 } lines)
            return;
        var type = Kinds.TypeOf(rule.Yields) ?? throw new InvalidOperationException($"{rule.Name} yields {rule.Yields}, which is no known kind.");
        var derived = _tables[type] = Table.Of(type, rule.Derive(this));

        foreach (var scope in Coverage(rule.Reads[0]).Select(line => line.Scope).Distinct(StringComparer.Ordinal).ToList())
            Cover(DerivedCoverage(rule, scope, lines, derived.CountIn(scope)));
    }

    /// <summary>A derived aspect is as complete, in a scope, as the first aspect it reads there and every other it reads anywhere.</summary>
    private Coverage DerivedCoverage(IDerivation rule, string scope, List<Coverage> lines, long count)
    {
        var own = lines.Where(line => line.Aspect == rule.Reads[0] && line.Scope == scope);
        var others = rule.Reads.Skip(1).SelectMany(aspect => Coverage(aspect) is { Count: > 0 } some ? some : [Missing(aspect)]);
        var worst = own.Concat(others).FirstOrDefault(line => line.State != Completeness.Complete);
        return worst is null
            ? new Coverage(rule.Yields, scope, Completeness.Complete, Read: count, Expected: count)
            : worst with { Aspect = rule.Yields, Scope = scope, Read = count, Expected = null };
    }

    private static Coverage Missing(Aspect aspect) =>
        new(aspect, "", Completeness.Disabled, $"Nothing tells Plainproof about: {Kinds.PlainOf(aspect)}.", "Connect a source that can.");

    private void Cover(Coverage line)
    {
        if (!_coverage.TryGetValue(line.Aspect, out var lines))
            _coverage[line.Aspect] = lines = [];
        lines.Add(line);
    }

    private abstract class Table
    {
        public abstract int CountIn(string scope);

        public static Table Of(Type kind, IEnumerable<Dated> facts) => Make(kind, nameof(Table<object>.Of), facts);

        public static Table Of(Type kind, IEnumerable<Derived> facts) => Make(kind, nameof(Table<object>.Derived), facts);

        private static Table Make(Type kind, string how, object facts) =>
            (Table)typeof(Table<>).MakeGenericType(kind).GetMethod(how, BindingFlags.Static | BindingFlags.Public)!.Invoke(null, [facts])!;
    }

    private sealed class Table<T>(Dated<T>[] rows) : Table where T : notnull
    {
        private Dictionary<string, Dated<T>>? _bySubject;

        public Dated<T>[] Rows { get; } = rows;

        /// <summary>Built on the first look-up; a race builds it twice and keeps one.</summary>
        public Dictionary<string, Dated<T>> BySubject => _bySubject ??= Index();

        public override int CountIn(string scope) => Rows.Count(row => row.Scope == scope);

        public static Table<T> Of(IEnumerable<Dated> facts) => Sorted([.. facts.Cast<Dated<T>>()]);

        public static Table<T> Derived(IEnumerable<Derived> facts) =>
            Sorted([.. facts.Select(fact => new Dated<T>(fact.Subject, fact.Scope, (T)fact.Value, DateTimeOffset.MinValue, DateTimeOffset.MinValue, null))]);

        /// <summary>The store tells a large system in order; sorting it again would cost more than everything else here.</summary>
        private static Table<T> Sorted(Dated<T>[] rows)
        {
            for (var i = 1; i < rows.Length; i++)
                if (string.CompareOrdinal(rows[i - 1].Subject, rows[i].Subject) > 0)
                    return new([.. rows.OrderBy(fact => fact.Subject, StringComparer.Ordinal)]);
            return new(rows);
        }

        private Dictionary<string, Dated<T>> Index()
        {
            var index = new Dictionary<string, Dated<T>>(Rows.Length, StringComparer.Ordinal);
            foreach (var row in Rows)
                index[row.Subject] = row;
            return index;
        }
    }
}
