using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Plainproof.Catalog;
using Plainproof.Storage;
using Plainproof.Storage.Records;

namespace Plainproof.Features.Interview;

/// <summary>The answers of one company: what a person says of it, kept with who and when. Claims, never evidence (law 2).</summary>
internal sealed class CompanyAnswers(DataFolder data, CompanyLogs logs, Catalogue catalogue, TimeProvider clock)
{
    private const int LongestInEntry = 120;

    /// <summary>Keeps the answers and their log entry, both or neither.</summary>
    /// <param name="by">Whose word it is.</param>
    /// <param name="seen">The version that was seen, 0 for none; null to save whatever was saved before.</param>
    /// <returns>The version that is the newest now.</returns>
    /// <exception cref="StaleRecord">Somebody else saved answers meanwhile.</exception>
    public async Task<long> SaveAsync(string company, Answers answers, string by, CancellationToken stop, long? seen = null)
    {
        var log = await logs.OfAsync(company);
        await SampleMark.RefuseAsync(data.DatabaseOf(company), "The answers were not saved.", stop);
        await using var records = new CompanyRecords(data.DatabaseOf(company));
        var now = Micros.Round(clock.GetUtcNow());
        await records.ActAsync(log, async () =>
        {
            if (seen is { } version && version != await NewestAsync(records, stop))
                throw new StaleRecord(new InvalidOperationException($"Version {version} of the answers is not the newest."));
            records.Add(new SavedAnswers { Answers = PackedAnswers.Pack(answers with { AnsweredBy = by }), SavedAt = now, SavedBy = by });
            return Evidence.Entry.Create("interview.answered", now, Told(answers, by));
        }, stop);
        await log.SealAsync(stop);
        return VersionOf(now);
    }

    /// <summary>Names one saving of the answers.</summary>
    public static long VersionOf(DateTimeOffset savedAt) => Micros.Of(savedAt);

    /// <summary>The newest; null when nobody has saved any.</summary>
    public async Task<(Answers Answers, DateTimeOffset At, string By)?> FindAsync(string company, CancellationToken stop)
    {
        await using var records = new CompanyRecords(data.DatabaseOf(company));
        var newest = await records.Set<SavedAnswers>().AsNoTracking().OrderByDescending(saved => saved.SavedAt).FirstOrDefaultAsync(stop);
        return newest is not null && PackedAnswers.Unpack(newest.Answers, catalogue.Questions) is { } answers
            ? (answers with { Company = company, AnsweredBy = newest.SavedBy }, newest.SavedAt, newest.SavedBy)
            : null;
    }

    /// <summary>When answers were last saved, in microseconds; null when nobody has saved any. By plain SQL: asked for each page.</summary>
    public static async Task<long?> NewestAsync(Database database, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(stop);
        return await connection.Command("SELECT MAX(saved_at) FROM saved_answers WHERE company = @company", ("company", database.Company)).ValueAsync<long>(stop);
    }

    private static async Task<long> NewestAsync(CompanyRecords records, CancellationToken stop) =>
        await records.Set<SavedAnswers>().AsNoTracking().OrderByDescending(saved => saved.SavedAt).Select(saved => (DateTimeOffset?)saved.SavedAt).FirstOrDefaultAsync(stop) is { } at ? VersionOf(at) : 0;

    private JsonObject Told(Answers answers, string by) => new()
    {
        ["by"] = by,
        ["says"] = $"{answers.Given.Count} questions were answered. The answers are claims.",
        ["answers"] = new JsonObject(new ReadinessInterview(catalogue.Questions, answers).All
            .Where(one => one.Answer is not null)
            .Select(one => KeyValuePair.Create(one.Question.Id, (JsonNode?)Short(AnswerWords.Of(one))))),
    };

    /// <summary>An entry holds 64 KB; the row has the whole text.</summary>
    private static string Short(string words) => words.Length > LongestInEntry ? words[..LongestInEntry] + "…" : words;
}
