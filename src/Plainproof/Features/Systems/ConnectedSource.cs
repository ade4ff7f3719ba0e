using Plainproof.Facts;
using Plainproof.Sources;

namespace Plainproof.Features.Systems;

/// <summary>
/// A source as it is read for a connection: what was filled in wrongly spoils this system only and not the run, and no secret
/// that we hold is ever part of what is told.
/// </summary>
internal sealed class ConnectedSource(ISource source, IReadOnlyDictionary<string, string> withheld) : ISource
{
    private const int ShortestSecret = 4;

    public SourceInfo Info => source.Info;

    public string ScopeOf(Target target) => source.ScopeOf(target);

    public IReadOnlyList<Offer> OffersOf(Target target) => source.OffersOf(target);

    public async Task CollectAsync(Target target, IReadOnlySet<Aspect> wanted, ISink sink, CancellationToken stop)
    {
        try
        {
            await source.CollectAsync(target, wanted, sink, stop);
        }
        catch (BadTarget e)
        {
            throw new CannotRead(Completeness.Disabled, WithoutSecrets(e.Message), "Correct how the system is connected.");
        }
        catch (CannotRead e)
        {
            throw new CannotRead(e.State, WithoutSecrets(e.Message), e.Mend is null ? null : WithoutSecrets(e.Mend), e);
        }
    }

    private string WithoutSecrets(string text) =>
        withheld.Values.Where(secret => secret.Length >= ShortestSecret).Aggregate(text, (clean, secret) => clean.Replace(secret, "[removed]", StringComparison.Ordinal));
}
