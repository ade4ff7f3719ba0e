using Plainproof.Features.Gaps;
using Person = Plainproof.Features.People.Person;

namespace Plainproof.Features.Systems;

/// <summary>Reads again what is connected and feeds the check; where nothing does, says how to do it by command.</summary>
internal sealed class RecheckByReading(Readings readings, RecheckByCommand otherwise) : IRecheck
{
    public async Task<RecheckAnswer> RunAsync(string company, string check, Person person, CancellationToken stop)
    {
        if ((await readings.FeedingAsync(company, check, stop)).Count == 0)
            return await otherwise.RunAsync(company, check, person, stop);
        var run = await readings.RecheckAsync(company, person.Email, check, stop);
        return new RecheckAnswer("The systems that show this gap are read again now.", Address: $"/c/{company}/sources/runs/{run}");
    }
}
