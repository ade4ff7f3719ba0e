using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plainproof.Checks;
using Plainproof.Evidence;
using Plainproof.Facts;
using Plainproof.Features.Check;
using Plainproof.Features.Standing;
using Plainproof.Storage;
using Digest = Plainproof.Facts.Digest;

namespace Plainproof.Bench.Web;

/// <summary>
/// A directory read every day and judged by 120 checks every day, through the store as the program does it: raw bytes sealed, one transaction
/// a collection with its log entry, versions and intervals for what changed. Five accounts change each day.
/// </summary>
internal sealed class YearOfACompany(DataFolder data, string company, int accounts)
{
    private const int ChecksInAll = 120;
    private const int ChangesADay = 5;
    private const string Scope = "directory:bench.example";

    private readonly Random _dice = new(17);
    private readonly DateTimeOffset _now = Micros.Round(DateTimeOffset.UtcNow);

    public async Task FillAsync(int days)
    {
        WriteOwnChecks();
        await using var store = await CompanyStore.OpenAsync(data, company, TimeProvider.System, default);
        var (folder, keys) = (new CompanyFolder(company, store.Root), new KeyFolder(data.Keys));
        using var log = await EvidenceLog.OpenAsync(folder, new LogDatabase(store.Database), keys, TimeProvider.System, default);
        var vault = new Vault(folder, keys, TimeProvider.System);
        var problems = new List<string>();
        var checks = CompanyChecks.Read(data, company, [], problems);
        if (checks.Count != ChecksInAll || problems.Count > 0)
            throw new InvalidOperationException($"{checks.Count} checks; {string.Join('\n', problems)}");

        var directory = Enumerable.Range(0, accounts).Select(Made).ToArray();
        for (var ago = days - 1; ago >= 0; ago--)
        {
            for (var change = 0; change < ChangesADay; change++)
                Change(directory, _dice.Next(accounts));
            await CollectAsync(store, vault, log, directory, _now.AddDays(-ago).AddMinutes(-10));
            await JudgeAsync(store, log, checks, _now.AddDays(-ago).AddMinutes(-5));
        }

        await log.SealAsync(default);
    }

    private void Change(Account[] directory, int number) => directory[number] = Made(number);

    private static async Task CollectAsync(CompanyStore store, Vault vault, IEvidenceLog log, Account[] directory, DateTimeOffset at)
    {
        await using var writer = await store.BeginCollectionAsync("directory", 1, null, Scope, "bench", at, default);
        var blob = await vault.KeepAsync("application/json", new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(directory, FactJson.Options)), default);
        var digest = Digest.Parse(blob.Digest.ToString(), CultureInfo.InvariantCulture);
        foreach (var (i, account) in directory.Index())
            await writer.AddAsync(Fact.Of(Subjects.Of(Scope, "account", account.Name), account, new Pointer(digest, $"/{i}")), default);
        await writer.CoverAsync(new Coverage(Aspect.Of<Account>(), Scope, Completeness.Complete, Read: directory.Length, Expected: directory.Length), default);
        var entry = Entry.Create("collection.finished", at, new JsonObject { ["facts"] = directory.Length }, [blob]);
        writer.Entry = entry.Id.ToString();
        await writer.FinishAsync(at, Completeness.Complete, async (_, within) => await log.EnqueueAsync(entry, within, default), default);
    }

    private static async Task JudgeAsync(CompanyStore store, IEvidenceLog log, IReadOnlyList<ICheck> checks, DateTimeOffset at)
    {
        var seen = await Assessment.OfAsync(store, checks, null, at, default);
        var entry = Entry.Create("checks.evaluated", at, new JsonObject { ["checks"] = checks.Count });
        await store.SaveResultsAsync(seen.Evaluations.SelectMany(RunCheck.Saved), at, default, async (_, within) => await log.EnqueueAsync(entry, within, default));
    }

    /// <summary>What the library lacks to 120 is made up by checks of the company's own, as a company writes them.</summary>
    private void WriteOwnChecks()
    {
        var folder = CompanyChecks.FolderOf(data, company);
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "bench.yaml"), string.Join("---\n", Enumerable.Range(0, ChecksInAll - CheckLibrary.All.Count).Select(Document)));
    }

    private static string Document(int number)
    {
        var days = 30 + (25 * number);
        var (when, pass) = (number % 4) switch
        {
            0 => ($"{{ enabled: true, createdAt: {{ olderThanDays: {days} }} }}", "{ emailVerified: true }"),
            1 => ("{ nature: person }", $"{{ createdAt: {{ withinDays: {3 * days} }} }}"),
            2 => ($"{{ enabled: true, createdAt: {{ olderThanDays: {days} }} }}", "{ directorySubject: { present: true } }"),
            _ => ($"{{ createdAt: {{ olderThanDays: {days} }} }}", "{ displayName: { present: true } }"),
        };
        return $"""
            id: own-{number:00}
            title: What our accounts must have, number {number}
            over: account.core
            when: {when}
            pass: {pass}
            criteria: [CC6.{1 + (number % 3)}]
            controls: [AC-0{1 + (number % 3)}]
            fix:
              - Ask the owner of the directory.
            hours: {1 + (number % 5)}

            """;
    }

    private static string NameOf(int number) => $"user{number:00000}";

    private Account Made(int number) => new(
        NameOf(number), Enabled: _dice.Next(10) > 0, (AccountNature)_dice.Next(3),
        DisplayName: _dice.Next(20) == 0 ? null : $"Given{number % 400} Family{number % 977}",
        Email: _dice.Next(6) == 0 ? null : $"{NameOf(number)}@bench.example",
        EmailVerified: _dice.Next(8) > 0,
        DirectorySubject: _dice.Next(8) == 0 ? null : $"S-1-5-21-1004336348-{number}",
        CreatedAt: _now.AddHours(-_dice.Next(24 * 1500)));
}
