using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Plainproof.Evidence;
using Plainproof.Features.People;
using Plainproof.Storage;
using Plainproof.Storage.Records;

namespace Plainproof.Features.Sample;

/// <summary>
/// Makes the sample company, once, and takes it away again. It is born with its mark, and people can enter it when all of it is there. What a
/// killed process left half-made is taken away first.
/// </summary>
internal sealed class MakeSample(DataFolder data, TimeProvider clock)
{
    private const string By = "plainproof";

    /// <returns>The company, and whether it was made now.</returns>
    /// <exception cref="DataProblem">A real company has the name, or this is an auditor's room.</exception>
    public async Task<(Company Company, bool IsNew)> RunAsync(CancellationToken stop)
    {
        if (data.IsRoom)
            throw new DataProblem("The sample company was not made.", data.Path, "This is an auditor's room. It holds the company of one package, and no other.", "Use another data folder for the sample: --data DIR.");
        await InstallationRecords.MigrateAsync(data, clock, stop);
        await using var records = InstallationRecords.Of(data);
        using var alone = await AloneAsync(stop);
        if (await FindAsync(records, stop) is { } there)
            return (there, false);
        await RemoveRestAsync(stop);
        var mark = new SampleMark(Micros.Round(clock.GetUtcNow()), By);
        await WriteAsync(mark, stop);
        var company = new Company { Id = SampleMark.Company, Title = Larkfield.Title, CreatedAt = mark.MadeAt, CreatedBy = By, SampleSince = mark.MadeAt };
        return (await records.WriteAsync(_ => Task.FromResult(records.Add(company).Entity), stop), true);
    }

    /// <returns>False when there was none.</returns>
    public async Task<bool> RemoveAsync(CancellationToken stop)
    {
        await InstallationRecords.MigrateAsync(data, clock, stop);
        await using var records = InstallationRecords.Of(data);
        using var alone = await AloneAsync(stop);
        if (await FindAsync(records, stop) is not { } company)
            return await RemoveRestAsync(stop);
        await records.WriteAsync(async within =>
        {
            foreach (var named in records.Model.FindEntityType(typeof(Company))!.GetReferencingForeignKeys()) // Whatever a feature keeps about a company goes with it.
                await within.Command($"DELETE FROM {named.DeclaringEntityType.GetTableName()} WHERE {named.Properties[0].GetColumnName()} = @company", ("company", company.Id)).RunAsync(stop);
            records.Remove(company);
            return true;
        }, stop);
        await RemoveRestAsync(stop);
        return true;
    }

    public static Task<Company?> FindAsync(InstallationRecords records, CancellationToken stop) =>
        records.Set<Company>().SingleOrDefaultAsync(company => company.Id == SampleMark.Company && company.SampleSince != null, stop);

    private async Task WriteAsync(SampleMark mark, CancellationToken stop)
    {
        var database = data.DatabaseOf(SampleMark.Company);
        await new Migrator(database, clock).RunAsync(stop);
        await database.GuardAsync("The sample company was not made.", () => mark.GiveAsync(database, stop));
        await using var store = await CompanyStore.OpenAsync(data, SampleMark.Company, clock, stop);
        var (folder, keys) = (new CompanyFolder(SampleMark.Company, store.Root), new KeyFolder(data.Keys));
        using var log = await EvidenceLog.OpenAsync(folder, new LogDatabase(store.Database), keys, clock, stop);
        var year = new SampleCalendar(mark.StandsAt);
        await BeginAsync(store, log, mark, stop);
        var acts = new SampleActs(log, clock);
        await new SamplePaper(store, acts, log, clock, year).WriteAsync(stop);
        var vault = new Vault(folder, keys, clock);
        await new SampleFiles(store, vault, log, clock, year).WriteAsync(stop);
        await new SampleHistory(store, vault, log, clock, year).WriteAsync(stop);
        await new SampleAudit(store, new SampleFreezing(store, vault, log, clock, year), acts, year).WriteAsync(stop);
        await log.SealAsync(stop);
    }

    /// <summary>The first entry of the log says what all the others are.</summary>
    private async Task BeginAsync(CompanyStore store, EvidenceLog log, SampleMark mark, CancellationToken stop)
    {
        await using (var records = new CompanyRecords(store.Database))
            await records.ActAsync(log, () => Task.FromResult(SampleHistory.Told("sample.made", clock, mark.StandsAt, new JsonObject { ["by"] = By, ["says"] = "This log was begun for the sample company. It speaks of nothing real." })), stop);
        await log.SealAsync(stop);
        await File.WriteAllTextAsync(Path.Combine(store.Root, "SAMPLE.txt"), SampleMark.Words + "\n", stop);
    }

    /// <summary>Takes away rows, files and keys of the sample company; of a real one that has the name, nothing.</summary>
    private async Task<bool> RemoveRestAsync(CancellationToken stop)
    {
        if (!data.Companies.Contains(SampleMark.Company))
            return false;
        var database = data.DatabaseOf(SampleMark.Company);
        if (await database.GuardAsync("The sample company was not removed.", () => SampleMark.FindAsync(database, stop)) is null)
            return false;
        if (database is PostgresqlDatabase)
            await database.GuardAsync("The sample company was not removed.", () => SampleRows.RemoveAsync(database, stop));
        database.Release();
        var gone = data.CompanyRoot(SampleMark.Company) + ".tmp-" + Guid.NewGuid().ToString("N");
        Directory.Move(data.CompanyRoot(SampleMark.Company), gone);
        Directory.Delete(gone, recursive: true);
        var keys = new KeyFolder(data.Keys);
        File.Delete(keys.LogKeyFile(SampleMark.Company));
        File.Delete(keys.VaultKeyFile(SampleMark.Company));
        return true;
    }

    /// <summary>Two processes never make or remove it at once.</summary>
    private async Task<IDisposable> AloneAsync(CancellationToken stop)
    {
        for (var path = Path.Combine(data.CompaniesFolder, ".sample.lock"); ; await Task.Delay(50, stop))
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path))
            {
                continue; // Another process has it.
            }
        }
    }
}
