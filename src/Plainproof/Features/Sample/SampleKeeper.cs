using Plainproof.Features.People;
using Plainproof.Features.Standing;
using Plainproof.Storage;
using Plainproof.Storage.Records;

namespace Plainproof.Features.Sample;

/// <summary>The sample company as the site handles it: what the site holds open is let go of before it is taken away.</summary>
internal sealed class SampleKeeper(DataFolder data, TimeProvider clock, Standings standings, CompanyLogs logs)
{
    public const string Home = $"/c/{SampleMark.Company}";

    public async Task<bool> IsThereAsync(CancellationToken stop)
    {
        if (!Directory.Exists(data.CompanyRoot(SampleMark.Company)))
            return false;
        await using var records = InstallationRecords.Of(data);
        return await MakeSample.FindAsync(records, stop) is not null;
    }

    /// <exception cref="DataProblem">A real company has the name.</exception>
    public async Task<Company> MakeAsync(CancellationToken stop)
    {
        await LetGoAsync();
        return (await new MakeSample(data, clock).RunAsync(stop)).Company;
    }

    public async Task RemoveAsync(CancellationToken stop)
    {
        await LetGoAsync();
        await new MakeSample(data, clock).RemoveAsync(stop);
        await LetGoAsync();
    }

    private async Task LetGoAsync()
    {
        await standings.ForgetAsync(SampleMark.Company);
        logs.Forget(SampleMark.Company);
    }
}
