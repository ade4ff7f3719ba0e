using System.IO.Compression;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Plainproof.Evidence;
using Plainproof.Facts;
using Plainproof.Features.People;
using Plainproof.Features.Safekeeping;
using Plainproof.Storage;
using Plainproof.Storage.Archives;
using Plainproof.Storage.Records;
using Plainproof.Tests.Servers;
using Xunit;

namespace Plainproof.Tests.Storage;

public sealed class SafekeepingOnSqlite() : Safekeeping(false);

public sealed class SafekeepingOnPostgresql() : Safekeeping(true)
{
    [Fact]
    public async Task A_restore_over_rows_that_are_there_is_refused()
    {
        await FillAsync("acme");
        await BackUpAsync();
        var problem = await Assert.ThrowsAsync<DataProblem>(() => new DataRestore(Zip, Beside("again"), TimeProvider.System).RunAsync(default));
        Assert.Contains("has rows there already", problem.Why, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Beside("again")));
    }

    [Fact]
    public async Task A_backup_that_does_not_tell_its_steps_comes_back_by_its_tables()
    {
        await FillAsBeforeAsync();
        await BackUpAsync();
        Forget();
        MakeRoom();
        await new DataRestore(Zip, Data, TimeProvider.System).RunAsync(default);
        await TellsAsBeforeAsync();
    }

    [Fact]
    public async Task An_older_backup_is_not_poured_into_newer_tables()
    {
        await FillAsBeforeAsync();
        await BackUpAsync();
        MakeRoom();
        await new Migrator(new PostgresqlDatabase("other", Server!), TimeProvider.System).RunAsync(default);
        var problem = await Assert.ThrowsAsync<DataProblem>(() => new DataRestore(Zip, Data, TimeProvider.System).RunAsync(default));
        Assert.Contains("the backup was made before it", problem.Why, StringComparison.Ordinal);
        Assert.Contains("Name an empty database", problem.Mend, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Data));
    }

    [Fact]
    public async Task A_backup_of_tables_that_never_were_writes_nothing()
    {
        await FillAsBeforeAsync();
        PostgresServer.Shared.Execute("ALTER TABLE fact ADD COLUMN colour TEXT", Server!);
        await BackUpAsync();
        Forget();
        MakeRoom();
        Assert.Contains("never had", (await Assert.ThrowsAsync<DataProblem>(() => new DataRestore(Zip, Data, TimeProvider.System).RunAsync(default))).Why, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Data));
    }

    /// <summary>As builds wrote it that did not put their steps into it.</summary>
    private void Forget()
    {
        using var zip = ZipFile.Open(Zip, ZipArchiveMode.Update);
        foreach (var told in zip.Entries.Where(entry => entry.Name == "migration.csv").ToList())
            told.Delete();
        Rewrite(zip, manifest => manifest with { Files = [.. manifest.Files.Where(file => !file.Path.EndsWith("/migration.csv", StringComparison.Ordinal))] });
    }

    [Fact]
    public async Task The_doctor_finds_a_table_without_a_wall()
    {
        await FillAsync("acme");
        PostgresServer.Shared.Execute("ALTER TABLE fact_version NO FORCE ROW LEVEL SECURITY", Folder().Postgresql);
        Assert.Contains(await new Doctor(Data, TimeProvider.System).ExamineAsync(default), finding => finding.State == FindingState.Broken && finding.What.Contains("wall", StringComparison.Ordinal));
    }
}

public abstract class Safekeeping(bool postgresql) : StoreTests(postgresql)
{
    protected string Zip => Beside("backup.zip");

    [Fact]
    public async Task What_was_backed_up_comes_back_whole_with_a_log_that_goes_on()
    {
        await FillAsync("acme");
        await FillAsync("beta");
        await AddCompanyAsync("acme");
        var said = await BackUpAsync();
        Assert.Contains("2 companies", said, StringComparison.Ordinal);
        Assert.Contains("The keys are inside.", said, StringComparison.Ordinal);
        Assert.Equal(OnPostgresql, said.Contains("The configuration is inside", StringComparison.Ordinal));

        MakeRoom();
        var output = new StringWriter();
        Assert.Equal(0, await new Restore(Zip, Data, TimeProvider.System).RunAsync(output, default));
        Assert.Contains("Every hash was checked.", output.ToString(), StringComparison.Ordinal);

        await using (var installation = InstallationRecords.Of(Folder()))
            Assert.Equal("acme", Assert.Single(await installation.Set<Company>().ToListAsync()).Id);
        foreach (var company in new[] { "acme", "beta" })
        {
            await using var store = await OpenAsync(company);
            var facts = await store.ReadAsync(Day.AddDays(9), default);
            Assert.Equal(("carol", $"by {company}"), (Assert.Single(Accounts(facts)).Value.Name, Assert.Single(facts.Acts).Says));
            Assert.Equal(2, (await store.CollectionsAsync(Day, Day.AddDays(9), default)).Count);
            Assert.Equal(2, await CountAsync(store, "SELECT COUNT(*) FROM fact_version"));
            var vault = new Vault(new CompanyFolder(company, store.Root), new KeyFolder(Folder().Keys), TimeProvider.System);
            var blob = Directory.EnumerateFiles(Path.Combine(store.Root, "blobs", "sha256"), "*", SearchOption.AllDirectories).Single();
            Assert.True(Hash.TryParseHex(Path.GetFileName(blob), out var digest));
            using var text = new StreamReader(vault.OpenRead(digest));
            Assert.Equal("raw bytes", await text.ReadToEndAsync());
            using var log = await LogAsync(store);
            await GrowAsync(store, log);
        }

        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(Data)!), path => path.Contains(".tmp-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_restore_never_replaces_anything()
    {
        await FillAsync("acme");
        await BackUpAsync();
        var problem = await Assert.ThrowsAsync<DataProblem>(() => new DataRestore(Zip, Data, TimeProvider.System).RunAsync(default));
        Assert.Contains("not empty", problem.Why, StringComparison.Ordinal);
        Assert.Contains("already", (await Assert.ThrowsAsync<DataProblem>(() => BackUpAsync())).Why, StringComparison.Ordinal);
        Assert.Contains("lost with it", (await Assert.ThrowsAsync<DataProblem>(() => new DataBackup(Folder(), TimeProvider.System).WriteAsync(Path.Combine(Data, "b.zip"), default))).Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("changed", "was changed after")]
    [InlineData("missing", "is missing")]
    [InlineData("added", "was added after")]
    [InlineData("outside", "does not belong")]
    [InlineData("newer", "knows formats up to")]
    [InlineData("cut", "")]
    [InlineData("no zip", "")]
    [InlineData("no manifest", "manifest.json")]
    public async Task A_damaged_or_foreign_backup_writes_nothing(string how, string told)
    {
        await FillAsync("acme");
        await BackUpAsync();
        MakeRoom();
        Damage(how);
        var problem = await Assert.ThrowsAsync<DataProblem>(() => new DataRestore(Zip, Data, TimeProvider.System).RunAsync(default));
        Assert.Contains(told, problem.Why, StringComparison.Ordinal);
        Assert.Equal(Zip, problem.Where);
        Assert.False(Directory.Exists(Data));
        Assert.False(File.Exists(Beside("evil")));
    }

    [Fact]
    public async Task A_backup_of_an_earlier_build_comes_back_and_is_brought_up_to_this_one()
    {
        await FillAsBeforeAsync();
        await BackUpAsync();
        MakeRoom();
        Assert.Equal(0, await new Restore(Zip, Data, TimeProvider.System).RunAsync(new StringWriter(), default));
        await TellsAsBeforeAsync();
    }

    [Theory]
    [InlineData("acme")]
    [InlineData("")]
    public async Task A_backup_of_a_newer_build_writes_nothing(string whose)
    {
        await FillAsync("acme");
        await AddCompanyAsync("acme");
        await using (var owner = await (whose.Length == 0 ? Folder().InstallationDatabase() : Folder().DatabaseOf(whose)).OpenAsOwnerAsync(default))
            await owner.Command("INSERT INTO migration (name, checksum, applied_at) VALUES ('29991231235959_from_the_future', 'x', 0)").RunAsync(default);
        await BackUpAsync();
        MakeRoom();
        var problem = await Assert.ThrowsAsync<DataProblem>(() => new DataRestore(Zip, Data, TimeProvider.System).RunAsync(default));
        Assert.Equal(("The backup was made by a newer Plainproof.", Zip), (problem.What, problem.Where));
        Assert.Contains("29991231235959_from_the_future", problem.Why, StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(Data)!), path => path != Zip);
        if (OnPostgresql)
            Assert.False(await HasTablesAsync());
    }

    [Fact]
    public async Task A_backup_taken_while_others_write_is_as_of_one_moment()
    {
        using var child = InChild.Start("collect", Data, "directory:x", "500", "1000");
        Assert.StartsWith("stored", await child.StandardOutput.ReadLineAsync(), StringComparison.Ordinal);
        await BackUpAsync();
        Assert.False(child.HasExited);
        child.Kill();
        await child.WaitForExitAsync();

        MakeRoom();
        await new DataRestore(Zip, Data, TimeProvider.System).RunAsync(default);
        await using var store = await OpenAsync();
        var collections = await store.CollectionsAsync(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, default);
        Assert.NotEmpty(collections);
        var accounts = Accounts(await store.ReadAsync(Day.AddDays(9), default));
        Assert.Equal(500, accounts.Count);
        Assert.All(accounts, account => Assert.Equal(collections.Count % 2 == 1, account.Value.Enabled));
    }

    [Fact]
    public async Task An_older_format_is_upgraded_once_after_a_whole_backup()
    {
        await FillAsync("acme");
        var runs = 0;
        var upgrade = new FormatUpgrade([folder => { runs++; File.WriteAllText(Path.Combine(folder.Path, "new-in-2"), ""); }], TimeProvider.System);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => DataFolder.Open(Data, upgrade))));
        Assert.Equal((1, "2\n"), (runs, await File.ReadAllTextAsync(Path.Combine(Data, "format"))));
        Assert.Throws<DataProblem>(() => DataFolder.Open(Data));
        using var archive = ArchiveReader.Open(Path.Combine(Data, "before-format-2.zip"));
        Assert.Empty(await archive.ProblemsAsync(default));
        Assert.Equal((1, true), (archive.Manifest.Format, archive.Manifest.Files.Any(file => file.Path.StartsWith("keys/", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task The_doctor_finds_nothing_broken_in_a_healthy_folder()
    {
        await FillAsync("acme");
        await AddCompanyAsync("acme");
        var findings = await new Doctor(Data, TimeProvider.System).ExamineAsync(default);
        Assert.DoesNotContain(findings, finding => finding.State is FindingState.Broken or FindingState.Unknown);
        Assert.Contains(findings, finding => finding.What.StartsWith("The log of acme is in step: 2 entries.", StringComparison.Ordinal));
        Assert.Contains(findings, finding => finding.What == "The database of people answers and is of this build.");
        Assert.Equal(0, Doctor.ExitCode(findings));
    }

    [Fact]
    public async Task The_doctor_makes_no_data_folder()
    {
        var output = new StringWriter();
        Assert.Equal(0, await new Doctor(Beside("none"), TimeProvider.System).RunAsync(output, default));
        Assert.False(Directory.Exists(Beside("none")));
        Assert.Contains("no data folder yet", output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("open folder", "Other people on this machine", "chmod")]
    [InlineData("log key", "nothing new can be signed", "backup")]
    [InlineData("vault key", "nobody can open that evidence", "backup")]
    [InlineData("newer format", "has format 99", "newer Plainproof")]
    [InlineData("future file", "was written at 2099-01-01", "clock")]
    [InlineData("future row", "was last read at 2099-01-01", "clock")]
    [InlineData("old database", "Was an old copy put back?", "newest database")]
    public async Task The_doctor_finds_what_is_broken_and_says_how_to_mend_it(string what, string said, string mend)
    {
        await FillAsync("acme");
        await BreakAsync(what);
        var findings = await new Doctor(Data, TimeProvider.System).ExamineAsync(default);
        var found = Assert.Single(findings, finding => finding.State == FindingState.Broken);
        Assert.Contains(said, found.What, StringComparison.Ordinal);
        Assert.Contains(mend, found.Mend, StringComparison.Ordinal);
        Assert.Equal(1, Doctor.ExitCode(findings));
    }

    [Fact]
    public async Task The_doctor_tells_when_the_logs_files_are_behind()
    {
        await FillAsync("acme");
        Directory.Delete(Path.Combine(Folder().CompanyRoot("acme"), "log"), recursive: true);
        var findings = await new Doctor(Data, TimeProvider.System).ExamineAsync(default);
        Assert.Contains(findings, finding => finding.State == FindingState.Advice && finding.What.Contains("needs repair: 2 entries are signed, 0 published", StringComparison.Ordinal));
    }

    protected async Task<string> BackUpAsync()
    {
        var output = new StringWriter();
        Assert.Equal(0, await new Backup(Folder(), TimeProvider.System).RunAsync(Zip, output, default));
        return output.ToString();
    }

    /// <summary>Two collections, an act, sealed evidence and a log of two entries.</summary>
    protected async Task FillAsync(string company)
    {
        await using var store = await OpenAsync(company);
        using var log = await LogAsync(store);
        await CollectAsync(store, Day, Completeness.Complete, [new("alice", true)]);
        await CollectAsync(store, Day.AddDays(1), Completeness.Complete, [new("carol", true, DisplayName: "a,\"b\"\r\nc\\N")]);
        await store.AddActAsync(new Act("noted", "directory:x", "ops", Day, Day, Says: $"by {company}"), null, default);
        var vault = new Vault(new CompanyFolder(company, store.Root), new KeyFolder(Folder().Keys), TimeProvider.System);
        await vault.KeepAsync("text/plain", new MemoryStream("raw bytes"u8.ToArray()), default);
        await GrowAsync(store, log);
        await GrowAsync(store, log);
    }

    private async Task<bool> HasTablesAsync()
    {
        await using var owner = await new PostgresqlDatabase("acme", Server!).OpenAsOwnerAsync(default);
        return await owner.Command("SELECT EXISTS (SELECT 1 FROM pg_tables WHERE schemaname IN ('public', 'installation'))").ValueAsync<bool>(default) == true;
    }

    /// <summary>What a build left whose facts were still in one table.</summary>
    protected async Task FillAsBeforeAsync()
    {
        foreach (var company in new[] { "acme", "beta" })
            await EarlierBuild.FillAsync(Folder().DatabaseOf(company));
        await EarlierBuild.FillInstallationAsync(Folder().InstallationDatabase());
    }

    protected async Task TellsAsBeforeAsync()
    {
        foreach (var database in new[] { Folder().InstallationDatabase(), Folder().DatabaseOf("acme"), Folder().DatabaseOf("beta") })
            Assert.Equal(!OnPostgresql, (await new Migrator(database, TimeProvider.System).PendingAsync(default)).Count > 0); // A file is upgraded when it is opened.
        await InstallationRecords.MigrateAsync(Folder(), TimeProvider.System, default);
        await using (var installation = InstallationRecords.Of(Folder()))
            Assert.Equal("Acme", Assert.Single(await installation.Set<Company>().ToListAsync()).Title);
        foreach (var company in new[] { "acme", "beta" })
        {
            await using var store = await OpenAsync(company);
            Assert.Equal([("alice", true)], Accounts(await store.ReadAsync(Day, default)).Select(fact => (fact.Value.Name, fact.Value.Enabled)));
            Assert.Equal([("alice", false), ("bob", true)], Accounts(await store.ReadAsync(Day.AddDays(1), default)).Select(fact => (fact.Value.Name, fact.Value.Enabled)));
            var end = await CollectAsync(store, Day.AddDays(2), Completeness.Complete, [new("alice", false), new("carol", true)]);
            Assert.Equal((1, 1), (end.Opened, end.Closed));
        }
    }

    private async Task AddCompanyAsync(string name)
    {
        await InstallationRecords.MigrateAsync(Folder(), TimeProvider.System, default);
        await using var installation = InstallationRecords.Of(Folder());
        installation.Add(new Company { Id = name, Title = "Acme \"&\" Söhne", CreatedAt = Day, CreatedBy = "ops" });
        await installation.SaveChangesAsync();
    }

    private Task<EvidenceLog> LogAsync(CompanyStore store) =>
        EvidenceLog.OpenAsync(new CompanyFolder(store.Company, store.Root), new LogDatabase(store.Database), new KeyFolder(Folder().Keys), TimeProvider.System, default);

    private static async Task GrowAsync(CompanyStore store, EvidenceLog log)
    {
        var entry = Entry.Create("note.made", Day, new JsonObject { ["of"] = store.Company });
        await store.AddActAsync(new Act("logged", "log", "ops", Day.AddYears(1), Day.AddYears(1)), async (_, within) => await log.EnqueueAsync(entry, within, default), default);
        await log.SealedAsync(entry.Id, default);
    }

    /// <summary>As after a lost disk: no folder, and an empty database.</summary>
    protected void MakeRoom()
    {
        Directory.Delete(Data, recursive: true);
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools(); // Another process restores; open connections would lead to the file that is gone.
        if (!OnPostgresql)
            return;
        Npgsql.NpgsqlConnection.ClearAllPools();
        Empty();
    }

    private void Damage(string how)
    {
        if (how is "cut" or "no zip")
        {
            var bytes = File.ReadAllBytes(Zip);
            File.WriteAllBytes(Zip, how == "cut" ? bytes[..(bytes.Length / 2)] : "hello"u8.ToArray());
            return;
        }

        using var zip = ZipFile.Open(Zip, ZipArchiveMode.Update);
        var key = zip.Entries.First(entry => entry.FullName.StartsWith("keys/", StringComparison.Ordinal));
        switch (how)
        {
            case "changed":
                using (var bytes = key.Open())
                {
                    var first = bytes.ReadByte();
                    bytes.Position = 0;
                    bytes.WriteByte((byte)(first ^ 1));
                }

                break;
            case "missing":
                key.Delete();
                break;
            case "added":
                zip.CreateEntry("companies/acme/extra");
                break;
            case "no manifest":
                zip.GetEntry(Manifest.Name)!.Delete();
                break;
            default:
                Rewrite(zip, manifest => how == "newer" ? manifest with { Format = 99 } : manifest with { Files = [.. manifest.Files, new ManifestFile("../evil", 0, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData([])))] });
                if (how == "outside")
                    zip.CreateEntry("../evil");
                break;
        }
    }

    private protected static void Rewrite(ZipArchive zip, Func<Manifest, Manifest> change)
    {
        var entry = zip.GetEntry(Manifest.Name)!;
        Manifest manifest;
        using (var json = entry.Open())
            manifest = Manifest.Parse(json);
        entry.Delete();
        using var to = zip.CreateEntry(Manifest.Name).Open();
        to.Write(change(manifest).ToJson());
    }

    private async Task BreakAsync(string what)
    {
        var keys = new KeyFolder(Folder().Keys);
        await using var store = await OpenAsync();
        switch (what)
        {
            case "open folder":
                Running.Run("chmod", "755", Data);
                break;
            case "log key":
                File.Delete(keys.LogKeyFile("acme"));
                break;
            case "vault key":
                File.Delete(keys.VaultKeyFile("acme"));
                break;
            case "newer format":
                await File.WriteAllTextAsync(Path.Combine(Data, "format"), "99\n");
                break;
            case "future file":
                File.SetLastWriteTimeUtc(keys.LogKeyFile("acme"), new DateTime(2099, 1, 1, 0, 0, 0, DateTimeKind.Utc));
                break;
            case "future row":
                await CollectAsync(store, new DateTimeOffset(2099, 1, 1, 0, 0, 0, TimeSpan.Zero), Completeness.Complete, []);
                break;
            default:
                await using (var connection = await store.Database.OpenAsync(default))
                    await connection.Command("DELETE FROM log_checkpoint WHERE size > 1").RunAsync(default);
                break;
        }
    }
}
