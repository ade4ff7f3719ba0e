using Plainproof.Assurance;
using Plainproof.Catalog;
using Plainproof.Facts;
using Plainproof.Sources;
using Plainproof.Storage;

namespace Plainproof.Features.Check;

/// <summary>One collection: one run of one source over one scope, as people and machines are told of it.</summary>
/// <param name="Address">What was typed, without secrets.</param>
internal sealed record SourceRun(
    string Source, string Address, string Scope, string? Principal, DateTimeOffset Started, DateTimeOffset Finished,
    IReadOnlyList<Coverage> Coverage, IReadOnlyList<Call> Calls, long Facts)
{
    /// <summary>A run that was stored; its questions are told as they were.</summary>
    public static SourceRun Of(StoredCollection one) => new(
        one.Source, one.Scope, one.Scope, one.Principal, one.Started, one.Finished, one.Coverage, one.Calls, one.Coverage.Sum(line => line.Read));

    public double Seconds => (Finished - Started).TotalSeconds;

    public int CompleteAspects => Coverage.Count(line => line.State == Completeness.Complete);

    /// <summary>The least complete aspect speaks for the collection.</summary>
    public Completeness Completeness => Coverage.Select(line => line.State).FirstOrDefault(state => state != Completeness.Complete, Completeness.Complete);
}

/// <summary>Everything one <c>check</c> found; each output is a view of this.</summary>
/// <param name="SealedEntries">Entries that this run added to the evidence log.</param>
/// <param name="Unstamped">Outside stamps that could not be had, in words.</param>
/// <param name="Mark">Said first in each output: what was judged is made up. Null for a real company.</param>
/// <param name="Skipped">Stored facts of kinds that this build does not know; counted, never judged.</param>
internal sealed record CheckRun(
    string Company, DateTimeOffset At, IReadOnlyList<SourceRun> Sources, Readiness Readiness, Catalogue Catalogue,
    IReadOnlyDictionary<string, string> Claims, IReadOnlySet<string> Categories, long SealedEntries, string EvidenceFolder, long Skipped, IReadOnlyList<string> Unstamped, string? Mark = null)
{
    /// <summary>Aspects that could not be read in full, with the checks that go without.</summary>
    public IEnumerable<Unread> Unread() =>
        from source in Sources
        from line in source.Coverage
        where line.State != Completeness.Complete
        select new Unread(source, line, [.. Readiness.Evaluations
            .Where(evaluation => evaluation.Check.Info.ReadAspects.Contains(line.Aspect) || evaluation.Check.Info.JoinAspects.Contains(line.Aspect))
            .Select(evaluation => evaluation.Check.Info.Id)]);

    /// <summary>Checks that nothing connected can feed.</summary>
    public IEnumerable<Checks.CheckInfo> NotConnected() => Readiness.Evaluations
        .Where(evaluation => evaluation.Results.All(result => result.Reason == Checks.Reason.SourceMissing))
        .Select(evaluation => evaluation.Check.Info);
}

internal sealed record Unread(SourceRun Source, Coverage Line, IReadOnlyList<string> Checks);
