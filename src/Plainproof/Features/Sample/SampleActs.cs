using System.Text.Json.Nodes;
using Plainproof.Evidence;
using Plainproof.Storage.Records;

namespace Plainproof.Features.Sample;

/// <summary>Puts records of the made-up people into the store, each act with an entry that says of itself that it was made up.</summary>
internal sealed class SampleActs(IEvidenceLog log, TimeProvider clock)
{
    /// <param name="at">In the made-up year.</param>
    /// <param name="told">What else the entry tells.</param>
    public Task AddAsync(CompanyRecords records, DateTimeOffset at, string kind, string says, IEnumerable<object> added, CancellationToken stop, JsonObject? told = null) => records.ActAsync(log, () =>
    {
        records.AddRange(added);
        told ??= [];
        told["says"] = says;
        return Task.FromResult(SampleHistory.Told(kind, clock, at, told));
    }, stop);
}
