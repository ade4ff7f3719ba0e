using Plainproof.Assurance;
using Plainproof.Checks;
using Plainproof.Facts;

namespace Plainproof.Features.Advisor.OwnDomain;

/// <summary>What one reading of a domain came to. It lives in memory only.</summary>
/// <param name="Transcripts">What was asked and answered for each aspect, secrets masked.</param>
internal sealed record SeenDomain(
    string Domain, DateTimeOffset At, double Seconds, IReadOnlyList<Evaluation> Evaluations, IReadOnlyList<Coverage> Coverage, IReadOnlyDictionary<Aspect, string> Transcripts)
{
    public IEnumerable<(Evaluation Evaluation, Result Result)> Results => Evaluations.SelectMany(one => one.Results.Select(result => (one, result)));

    public int Count(params Outcome[] outcomes) => Results.Count(one => outcomes.Contains(one.Result.Outcome));

    /// <summary>Judged by the same rules as everywhere: what could not be read whole is never a pass (law 1).</summary>
    public static SeenDomain Of(string domain, SightSink told, IReadOnlySet<Aspect> offered, DateTimeOffset now, double seconds)
    {
        var checks = CheckLibrary.All.Where(check => check.Info.ReadAspects.Concat(check.Info.JoinAspects).All(offered.Contains)).ToList();
        var snapshot = Snapshot.Of(told.Facts(now), told.Coverage, [], CheckLibrary.Derivations);
        return new SeenDomain(domain, now, seconds, Evaluator.Run(checks, snapshot, now), told.Coverage, told.Transcripts());
    }
}
