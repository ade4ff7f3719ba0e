using Plainproof.Facts;
using Plainproof.Storage;
using Plainproof.Storage.Archives;
using Plainproof.Tests.Servers;
using Xunit;

namespace Plainproof.Tests.Storage;

/// <summary>On a disk of three megabytes that really runs full. Needs root to mount it.</summary>
public sealed class FullDisk : IDisposable
{
    private static readonly DateTimeOffset Day = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder _folder = new();
    private readonly string _disk;

    public FullDisk()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root can mount a small disk.");
        _disk = _folder.File("disk");
        Directory.CreateDirectory(_disk);
        Running.Run("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", _disk);
    }

    [Fact]
    public async Task A_full_disk_stores_nothing_by_half_and_works_again_when_there_is_room()
    {
        var store = await CompanyStore.OpenAsync(DataFolder.Open(Path.Combine(_disk, "data")), "acme", TimeProvider.System, default);
        await using (store)
        {
            await StoreTests.CollectAsync(store, Day, Completeness.Complete, Accounts(100, true));
            await File.WriteAllBytesAsync(Path.Combine(_disk, "ballast"), new byte[1 << 20]);

            var problem = await Assert.ThrowsAsync<DataProblem>(() => StoreTests.CollectAsync(store, Day.AddDays(1), Completeness.Complete, Accounts(20_000, false)));
            Assert.Contains("full", problem.Why, StringComparison.Ordinal);
            Assert.EndsWith("plainproof.db", problem.Where, StringComparison.Ordinal);
            var facts = await store.ReadAsync(Day.AddDays(2), default);
            Assert.Equal(100, facts.Facts.Count);
            Assert.All(StoreTests.Accounts(facts), account => Assert.True(account.Value.Enabled));
            Assert.Single(await store.CollectionsAsync(Day, Day.AddDays(2), default));

            File.Delete(Path.Combine(_disk, "ballast"));
            await StoreTests.CollectAsync(store, Day.AddDays(1), Completeness.Complete, Accounts(100, false));
            Assert.All(StoreTests.Accounts(await store.ReadAsync(Day.AddDays(2), default)), account => Assert.False(account.Value.Enabled));
        }
    }

    [Fact]
    public void A_data_folder_on_a_full_disk_is_refused_in_words()
    {
        Fill();
        Assert.StartsWith(_disk, Assert.Throws<DataProblem>(() => DataFolder.Open(Path.Combine(_disk, "data"))).Where, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backup_and_a_restore_that_do_not_fit_leave_nothing()
    {
        var folder = DataFolder.Open(_folder.File("data"));
        var noise = new byte[4 << 20];
        Random.Shared.NextBytes(noise);
        await using (await CompanyStore.OpenAsync(folder, "acme", TimeProvider.System, default))
            await File.WriteAllBytesAsync(Path.Combine(folder.CompanyRoot("acme"), "blobs", "noise"), noise);

        await Assert.ThrowsAsync<DataProblem>(() => new DataBackup(folder, TimeProvider.System).WriteAsync(Path.Combine(_disk, "backup.zip"), default));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_disk));

        await new DataBackup(folder, TimeProvider.System).WriteAsync(_folder.File("backup.zip"), default);
        var problem = await Assert.ThrowsAsync<DataProblem>(() => new DataRestore(_folder.File("backup.zip"), Path.Combine(_disk, "data"), TimeProvider.System).RunAsync(default));
        Assert.Contains("MB free", problem.Why, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_disk));
    }

    public void Dispose()
    {
        Running.Run("umount", "-l", _disk);
        _folder.Dispose();
    }

    private static IEnumerable<Account> Accounts(int count, bool enabled) => Enumerable.Range(0, count).Select(n => new Account($"u{n}", enabled));

    private void Fill()
    {
        using var file = File.Create(Path.Combine(_disk, "ballast"));
        try
        {
            while (true)
            {
                file.Write(new byte[4096]);
                file.Flush();
            }
        }
        catch (IOException full)
        {
            Assert.Contains("space", full.Message, StringComparison.Ordinal);
        }
    }
}
