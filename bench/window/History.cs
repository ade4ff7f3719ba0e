using System.Reflection;
using Plainproof.Assurance;
using Plainproof.Assurance.Populations;
using Plainproof.Checks;
using Plainproof.Facts;

namespace Plainproof.Bench.Window;

/// <summary>Every version of some kinds of facts, read once, from which the facts of any moment are made in memory.</summary>
internal sealed record History(IReadOnlyList<FactVersion> Versions, IReadOnlyList<Looked> Looks, IReadOnlyList<Act> Acts)
{
    public static History Of(WindowFacts facts, IReadOnlyCollection<Aspect> aspects) =>
        new([.. aspects.Select(Kinds.TypeOf).OfType<Type>().SelectMany(kind => VersionsOf(facts, kind))], facts.Looks, facts.Acts);

    public Snapshot At(DateTimeOffset at)
    {
        var coverage = Looks.Where(look => look.At <= at).GroupBy(look => (look.Line.Scope, look.Line.Aspect)).Select(looks => Staleness.Judge(looks.Last().Line, at));
        return Snapshot.Of(Versions.Where(version => version.StoodAt(at)).Select(version => version.Fact), coverage, Acts, CheckLibrary.Derivations);
    }

    private static IEnumerable<FactVersion> VersionsOf(WindowFacts facts, Type kind) =>
        (IEnumerable<FactVersion>)typeof(History).GetMethod(nameof(Of), BindingFlags.Static | BindingFlags.NonPublic, [typeof(WindowFacts)])!.MakeGenericMethod(kind).Invoke(null, [facts])!;

    private static IEnumerable<FactVersion> Of<T>(WindowFacts facts) where T : notnull => facts.Of<T>().SelectMany(course => course.Versions).Select(told => told.Version);
}
