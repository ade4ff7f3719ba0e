using Microsoft.EntityFrameworkCore;
using Npgsql;
using Plainproof.Evidence;
using Plainproof.Facts;
using Plainproof.Features.People;
using Plainproof.Storage;
using Plainproof.Storage.Records;
using Plainproof.Tests.Storage;
using Xunit;

namespace Plainproof.Tests.Records;

public sealed class RecordsOnSqlite() : RecordsTests(false);

public sealed class RecordsOnPostgresql() : RecordsTests(true)
{
    [Fact]
    public async Task A_companys_connection_cannot_enter_the_installations_tables()
    {
        await InstallationRecords.MigrateAsync(Folder(), TimeProvider.System, default);
        await using var store = await OpenAsync();
        await using var connection = await store.Database.OpenAsync(default);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => connection.Command($"SELECT * FROM {PostgresqlInstallation.Schema}.company").RunAsync(default));
        Assert.Equal("42501", refused.SqlState);
    }

    [Fact]
    public async Task The_walls_hold_when_the_query_filter_is_left_out()
    {
        var (acme, rival) = (await Notes.MigratedAsync(Folder(), "acme"), await Notes.MigratedAsync(Folder(), "rival"));
        await SaveAsync(acme, new Note { Says = "secret" });
        await using var notes = new Notes(rival);
        Assert.Empty(await notes.Set<Note>().IgnoreQueryFilters().ToListAsync());
    }
}

public abstract class RecordsTests(bool postgresql) : StoreTests(postgresql)
{
    [Fact]
    public async Task What_was_saved_comes_back_as_it_was()
    {
        var database = await Notes.MigratedAsync(Folder(), "acme");
        var at = new DateTimeOffset(2026, 3, 1, 14, 0, 0, 0, 123, TimeSpan.FromHours(2));
        await SaveAsync(database, new Note
        {
            Says = "É \0 'x'",
            WrittenAt = at,
            Due = new DateOnly(2026, 4, 1),
            State = Completeness.NotLicensed,
            Stars = 5,
            Weight = 0.25,
            Drawing = [0, 1, 255],
        });
        await using var notes = new Notes(database);
        var note = Assert.Single(await notes.Set<Note>().Where(one => one.WrittenAt > Day.AddMinutes(-1) && one.State == Completeness.NotLicensed && one.Due < new DateOnly(2026, 4, 2)).ToListAsync());
        Assert.Equal(("acme", 1L, "É \uFFFD 'x'", at.ToUniversalTime(), (DateTimeOffset?)null, 5, 0.25), (note.Company, note.Version, note.Says, note.WrittenAt, note.DoneAt, note.Stars, note.Weight));
        Assert.Equal([0, 1, 255], note.Drawing!);
        await using var connection = await database.OpenAsync(default);
        Assert.Equal("notLicensed 2026-04-01", (await connection.Command("SELECT state || ' ' || due FROM note").ListAsync(row => row.GetString(0), default)).Single());
    }

    [Fact]
    public async Task A_company_sees_and_changes_its_own_records_only()
    {
        var (acme, rival) = (await Notes.MigratedAsync(Folder(), "acme"), await Notes.MigratedAsync(Folder(), "rival"));
        var note = await SaveAsync(acme, new Note { Says = "ours" });
        await SaveAsync(rival, new Note { Says = "theirs" });
        await using var notes = new Notes(rival);
        Assert.Equal("theirs", Assert.Single(await notes.Set<Note>().ToListAsync()).Says);
        Assert.Null(await notes.Set<Note>().SingleOrDefaultAsync(one => one.Id == note.Id));
    }

    [Fact]
    public async Task A_page_that_is_stale_overwrites_nothing_and_says_so()
    {
        var database = await Notes.MigratedAsync(Folder(), "acme");
        var note = await SaveAsync(database, new Note { Says = "first" });
        await ChangeAsync(database, note.Id, seen: 1, "second");
        var stale = await Assert.ThrowsAsync<StaleRecord>(() => ChangeAsync(database, note.Id, seen: 1, "third"));
        Assert.Contains("Someone else changed this", stale.Message, StringComparison.Ordinal);
        await ChangeAsync(database, note.Id, seen: 2, "fourth");
        await using var notes = new Notes(database);
        Assert.Equal(("fourth", 3L), Assert.Single((await notes.Set<Note>().ToListAsync()).Select(one => (one.Says, one.Version))));
    }

    [Fact]
    public async Task Two_who_save_at_once_are_never_both_told_yes()
    {
        var database = await Notes.MigratedAsync(Folder(), "acme");
        var note = await SaveAsync(database, new Note { Says = "first" });
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            try
            {
                await ChangeAsync(database, note.Id, seen: 1, $"by {i}");
                return true;
            }
            catch (StaleRecord)
            {
                return false;
            }
        }));
        Assert.Single(outcomes, done => done);
    }

    [Fact]
    public async Task A_refusal_of_the_database_changes_nothing()
    {
        var database = await Notes.MigratedAsync(Folder(), "acme");
        await SaveAsync(database, new Note { Says = "once" });
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => SaveAsync(database, new Note { Says = "new" }, new Note { Says = "once" }));
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => SaveAsync(database, new Remark { NoteId = "nothing", Says = "x" }));
        await using var notes = new Notes(database);
        Assert.Equal(["once"], await notes.Set<Note>().Select(note => note.Says).ToListAsync());
    }

    [Fact]
    public async Task An_act_and_its_entry_are_there_together()
    {
        var database = await Notes.MigratedAsync(Folder(), "acme");
        using var log = await Notes.LogAsync(Folder(), database);
        await using var notes = new Notes(database);
        var id = await notes.WriteDownAsync(log, "done");
        Assert.Contains("done", System.Text.Encoding.UTF8.GetString((await log.ProveAsync(id, default)).Body.Span), StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => new Notes(database).WriteDownAsync(log, "done"));
        Assert.Equal((1, 1), await CountsAsync(database));
    }

    [Fact]
    public async Task A_kill_between_the_rows_and_the_entry_leaves_neither()
    {
        var database = await Notes.MigratedAsync(Folder(), "acme");
        using var child = InChild.Start("act", Data, "stuck");
        Assert.Equal("between", await child.StandardOutput.ReadLineAsync());
        child.Kill();
        await child.WaitForExitAsync();
        Assert.Equal((0, 0), await CountsAsync(database));
    }

    [Fact]
    public async Task A_kill_at_any_moment_leaves_as_many_entries_as_rows()
    {
        var database = await Notes.MigratedAsync(Folder(), "acme");
        for (var round = 0; round < 3; round++)
        {
            using var child = InChild.Start("act", Data, $"loop{round}");
            Assert.StartsWith("wrote", await child.StandardOutput.ReadLineAsync(), StringComparison.Ordinal);
            await Task.Delay(Random.Shared.Next(200));
            child.Kill();
            await child.WaitForExitAsync();
            var (rows, entries) = await CountsAsync(database);
            Assert.True(rows > round);
            Assert.Equal(rows, entries);
        }
    }

    [Fact]
    public async Task The_installation_knows_its_companies()
    {
        await InstallationRecords.MigrateAsync(Folder(), TimeProvider.System, default);
        await using (var records = InstallationRecords.Of(Folder()))
        {
            records.Add(new Company { Id = "acme", Title = "Acme", CreatedAt = Day, CreatedBy = "ops" });
            await records.SaveChangesAsync();
        }

        await InstallationRecords.MigrateAsync(Folder(), TimeProvider.System, default);
        await using var again = InstallationRecords.Of(Folder());
        Assert.Equal(("Acme", Day), Assert.Single((await again.Set<Company>().ToListAsync()).Select(company => (company.Title, company.CreatedAt))));
        Assert.Equal(!OnPostgresql, File.Exists(Folder().InstallationFile));
    }

    private protected static async Task<CompanyRecord> SaveAsync(Database database, params CompanyRecord[] records)
    {
        await using var notes = new Notes(database);
        return await notes.WriteAsync(async _ =>
        {
            await notes.AddRangeAsync(records.AsEnumerable<object>());
            return records[0];
        }, default);
    }

    private static async Task ChangeAsync(Database database, string id, long seen, string words)
    {
        await using var notes = new Notes(database);
        await notes.WriteAsync(async _ =>
        {
            var note = await notes.Set<Note>().SingleAsync(one => one.Id == id);
            notes.Expect(note, seen);
            return note.Says = words;
        }, default);
    }

    private static async Task<(long Rows, long Entries)> CountsAsync(Database database)
    {
        await using var connection = await database.OpenAsync(default);
        return (await connection.Command("SELECT COUNT(*) FROM note").ValueAsync<long>(default) ?? 0,
            await connection.Command("SELECT (SELECT COUNT(*) FROM pending_entry) + (SELECT COUNT(*) FROM log_entry)").ValueAsync<long>(default) ?? 0);
    }
}
