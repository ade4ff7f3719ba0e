using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Plainproof.Evidence;
using Plainproof.Storage;

namespace Plainproof.Features.Stamps;

/// <summary>Has the log stamped by the configured authorities. A failure is logged and told, and never stops a check.</summary>
internal static class OutsideStamps
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>One line for each stamp that could not be had; empty when all is well or nobody is configured.</summary>
    public static Task<IReadOnlyList<string>> AddAsync(DataFolder data, EvidenceLog log, TimeProvider clock, CancellationToken stop) =>
        AddAsync(data, data.TimestampAuthorities, log, clock, stop);

    /// <param name="asked">Whom to ask.</param>
    public static async Task<IReadOnlyList<string>> AddAsync(DataFolder data, IReadOnlyList<ConfiguredAuthority> asked, EvidenceLog log, TimeProvider clock, CancellationToken stop)
    {
        if (asked.Count == 0)
            return [];
        using var http = new HttpClient { Timeout = Patience };
        var anchoring = new Anchoring(log, http, [.. asked.Select(one => AuthorityOf(data, one))], clock);
        if (asked.Count == data.TimestampAuthorities.Count && !await anchoring.IsDueAsync(stop))
            return [];
        var results = await anchoring.AnchorAsync(stop);
        return [.. results.Where(result => result.Problem is not null).Select(result => $"The evidence log was not stamped by {result.Authority}: {result.Problem}")];
    }

    private static TimestampAuthority AuthorityOf(DataFolder data, ConfiguredAuthority one)
    {
        var file = Path.Combine(data.Path, one.Roots);
        try
        {
            var roots = new X509Certificate2Collection();
            roots.ImportFromPemFile(file);
            return TimestampAuthority.Create(one.Name, one.Address, roots);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new DataProblem("A time-stamp authority is configured wrongly.", Path.Combine(data.Path, "config.json"), e.Message, $"Correct the entry '{one.Name}': its name, and the file of its root certificates in PEM ({file}).", e);
        }
    }
}
