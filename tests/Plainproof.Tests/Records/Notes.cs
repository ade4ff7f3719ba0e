using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plainproof.Evidence;
using Plainproof.Facts;
using Plainproof.Storage;
using Plainproof.Storage.Records;

namespace Plainproof.Tests.Records;

/// <summary>A record with a column of every kind, as a feature would have it.</summary>
internal sealed class Note : CompanyRecord
{
    public required string Says { get; set; }

    public DateTimeOffset WrittenAt { get; init; }

    public DateTimeOffset? DoneAt { get; set; }

    public DateOnly? Due { get; set; }

    public Completeness State { get; set; }

    public int Stars { get; set; }

    public double? Weight { get; set; }

    public byte[]? Drawing { get; set; }
}

/// <summary>Belongs to a note of the same company.</summary>
internal sealed class Remark : CompanyRecord
{
    public required string NoteId { get; init; }

    public required string Says { get; set; }
}

internal sealed class NoteConfiguration : IEntityTypeConfiguration<Note>
{
    public void Configure(EntityTypeBuilder<Note> builder) => builder.HasIndex(note => new { note.Company, note.Says }).IsUnique();
}

internal sealed class RemarkConfiguration : IEntityTypeConfiguration<Remark>
{
    public void Configure(EntityTypeBuilder<Remark> builder) =>
        builder.HasOne<Note>().WithMany().HasForeignKey(remark => new { remark.Company, remark.NoteId });
}

internal sealed class Notes(Database rows) : CompanyRecords(rows)
{
    public static readonly string Schema = """
        CREATE TABLE note (
          company TEXT NOT NULL,
          id TEXT NOT NULL,
          version BIGINT NOT NULL,
          says TEXT NOT NULL,
          written_at BIGINT NOT NULL,
          done_at BIGINT,
          due TEXT,
          state TEXT NOT NULL,
          stars BIGINT NOT NULL,
          weight DOUBLE PRECISION,
          drawing BYTEA,
          PRIMARY KEY (company, id)
        );
        CREATE UNIQUE INDEX note_by_words ON note (company, says);
        CREATE TABLE remark (
          company TEXT NOT NULL,
          id TEXT NOT NULL,
          version BIGINT NOT NULL,
          note_id TEXT NOT NULL,
          says TEXT NOT NULL,
          PRIMARY KEY (company, id),
          FOREIGN KEY (company, note_id) REFERENCES note (company, id) DEFERRABLE INITIALLY DEFERRED
        );
        """;

    protected override Assembly Folders => typeof(Notes).Assembly;

    public static async Task<Database> MigratedAsync(DataFolder folder, string company, string? schema = null)
    {
        var database = folder.DatabaseOf(company);
        await new Migrator(database, [.. Migration.All(database.Dialect), Migration.Of("20990101000000_notes", schema ?? Schema)], TimeProvider.System).RunAsync(default);
        return database;
    }

    public static Task<EvidenceLog> LogAsync(DataFolder folder, Database database) => EvidenceLog.OpenAsync(
        new CompanyFolder(database.Company, folder.CompanyRoot(database.Company)), new LogDatabase(database), new KeyFolder(folder.Keys), TimeProvider.System, default);

    public Task<EntryId> WriteDownAsync(IEvidenceLog log, string words) => ActAsync(log, () =>
    {
        Add(new Note { Says = words });
        return Task.FromResult(Plainproof.Evidence.Entry.Create("note.made", TimeProvider.System.GetUtcNow(), new JsonObject { ["says"] = words }));
    }, default);
}

/// <summary>A second process that writes notes until it is killed, or that stops for ever between its rows and its commit.</summary>
internal static class NotesInChild
{
    public static async Task ActAsync(string data, string how)
    {
        var folder = DataFolder.Open(data);
        var database = await Notes.MigratedAsync(folder, "acme");
        using var log = await Notes.LogAsync(folder, database);
        for (var i = 0; ; i++)
        {
            await using var notes = new Notes(database);
            await notes.WriteDownAsync(how == "stuck" ? new StuckLog(log) : log, $"{how} {Environment.ProcessId} {i}");
            Console.WriteLine($"wrote {i}");
        }
    }

    private sealed class StuckLog(IEvidenceLog log) : IEvidenceLog
    {
        public async ValueTask<EntryId> EnqueueAsync(Entry entry, System.Data.Common.DbTransaction with, CancellationToken stop)
        {
            await log.EnqueueAsync(entry, with, stop);
            Console.WriteLine("between");
            await Task.Delay(Timeout.Infinite, stop);
            return entry.Id;
        }

        public Task<Receipt> SealedAsync(EntryId id, CancellationToken stop) => log.SealedAsync(id, stop);

        public Task SealAsync(CancellationToken stop) => log.SealAsync(stop);

        public Task<Proof> ProveAsync(EntryId id, CancellationToken stop) => log.ProveAsync(id, stop);
    }
}
