using System.Text;
using System.Text.Json.Nodes;
using Plainproof.Evidence;
using Plainproof.Storage;

namespace Plainproof.Bench.Audit;

/// <summary>
/// A company with many pieces of raw evidence of 2 to 20 KB, each sealed and named by an entry of its own, so that each needs a proof of its own
/// in the package. What was read is text that compresses about as well as JSON does.
/// </summary>
internal sealed class ManyItems(DataFolder data, string company)
{
    private const int Batch = 256;
    private const int Least = 2_000;
    private const int Most = 20_000;
    private const int Writers = 8;

    public async Task FillAsync(int items)
    {
        await using var store = await CompanyStore.OpenAsync(data, company, TimeProvider.System, default);
        var (folder, keys) = (new CompanyFolder(company, store.Root), new KeyFolder(data.Keys));
        using var log = await EvidenceLog.OpenAsync(folder, new LogDatabase(store.Database), keys, TimeProvider.System, default);
        var vault = new Vault(folder, keys, TimeProvider.System);
        for (var first = 0; first < items; first += Batch)
        {
            var blobs = new Sealed[Math.Min(Batch, items - first)];
            await Parallel.ForAsync(0, blobs.Length, new ParallelOptions { MaxDegreeOfParallelism = Writers }, async (i, stop) =>
                blobs[i] = await vault.KeepAsync("application/json", new MemoryStream(Page(first + i)), stop));
            await TellAsync(store, log, blobs);
        }
    }

    private static async Task TellAsync(CompanyStore store, EvidenceLog log, Sealed[] blobs)
    {
        await using (var connection = await store.Database.OpenAsync(default))
        await using (var within = await store.Database.BeginWriteAsync(connection, default))
        {
            foreach (var blob in blobs)
                await log.EnqueueAsync(Entry.Create("evidence.collected", Micros.Round(DateTimeOffset.UtcNow), Content(), [blob]), within, default);
            await within.CommitAsync();
        }

        await log.SealAsync(default);
    }

    private static JsonObject Content() => new()
    {
        ["source"] = "directory",
        ["scope"] = "directory:bench.example",
        ["coverage"] = new JsonArray(new JsonObject { ["aspect"] = "account.core", ["state"] = "Complete" }),
        ["part"] = 1,
        ["parts"] = 1,
    };

    private static byte[] Page(int number)
    {
        var dice = new Random(number);
        var (text, size) = (new StringBuilder("["), dice.Next(Least, Most));
        while (text.Length < size)
            text.Append($"{{\"id\":{dice.Next(1_000_000)},\"login\":\"user{dice.Next(9_999)}\",\"mfa\":true,\"seen\":\"{dice.NextInt64():x}\"}},\n");
        return Encoding.UTF8.GetBytes(text.Append(']').ToString());
    }
}
