using System.Data.Common;
using System.Globalization;
using Plainproof.Checks;
using Plainproof.Facts;

namespace Plainproof.Storage;

/// <summary>
/// Everything one company knows: collections, facts over time, acts and results. Safe to use from many threads and processes.
/// What is written is written whole or not at all, and what was true is never erased.
/// </summary>
internal sealed class CompanyStore : IAsyncDisposable
{
    private CompanyStore(Database database, string root, SampleMark? sample) => (Database, Root, Sample) = (database, root, sample);

    public Database Database { get; }

    public string Company => Database.Company;

    /// <summary>The company's folder in the data folder: blobs and log lie there with any database.</summary>
    public string Root { get; }

    /// <summary>The mark of the sample company; null for every real one.</summary>
    public SampleMark? Sample { get; }

    /// <exception cref="DataProblem">The name cannot stand for a company, or the database cannot be opened or brought up to date.</exception>
    public static async Task<CompanyStore> OpenAsync(DataFolder folder, string company, TimeProvider clock, CancellationToken stop)
    {
        var database = folder.DatabaseOf(company);
        await new Migrator(database, clock).RunAsync(stop);
        var sample = await database.GuardAsync("The company could not be opened.", () => SampleMark.FindAsync(database, stop));
        return new CompanyStore(database, folder.CompanyRoot(company), sample);
    }

    /// <summary>Starts to take in what one run of a source reads. Nobody sees any of it until it is finished.</summary>
    /// <param name="address">Without secrets.</param>
    /// <exception cref="DataProblem">The company is the sample, and what is to be read is real.</exception>
    public async Task<CollectionWriter> BeginCollectionAsync(
        string source, int sourceVersion, string? address, string scope, string toolVersion, DateTimeOffset started, CancellationToken stop)
    {
        if (toolVersion != SampleMark.ToolVersion)
            await Database.GuardAsync("The collection could not be started.", () => SampleMark.RefuseAsync(Database, "Nothing was read into this company.", stop));
        return await CollectionWriter.BeginAsync(Database, new CollectionStart(source, sourceVersion, address, scope, toolVersion, started), stop);
    }

    /// <summary>What was known at a moment. Collections that finished later are not seen.</summary>
    public Task<StoredFacts> ReadAsync(DateTimeOffset asOf, CancellationToken stop) =>
        Database.GuardAsync("The facts could not be read.", () => FactReader.ReadAsync(Database, asOf, stop));

    /// <summary>Collections that finished in the span, oldest first; both ends included.</summary>
    public Task<IReadOnlyList<StoredCollection>> CollectionsAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken stop) =>
        Database.GuardAsync("The collections could not be read.", () => CollectionReader.ReadAsync(Database, from, to, stop));

    /// <summary>The newest collections, oldest of them first.</summary>
    public Task<IReadOnlyList<StoredCollection>> NewestCollectionsAsync(int most, CancellationToken stop) =>
        Database.GuardAsync("The collections could not be read.", () => CollectionReader.NewestAsync(Database, most, stop));

    public Task<StoredCollection?> CollectionAsync(string id, CancellationToken stop) =>
        Database.GuardAsync("The collection could not be read.", () => CollectionReader.FindAsync(Database, id, stop));

    /// <summary>The collection that last looked at an aspect of a scope; null when none did.</summary>
    public Task<StoredCollection?> LastCollectionOfAsync(string scope, Aspect aspect, CancellationToken stop) =>
        Database.GuardAsync("The collection could not be read.", () => CollectionReader.LastOfAsync(Database, scope, aspect.Name, stop));

    /// <summary>Grows whenever a collection, an act or a run of the checks was added. Cheap to ask.</summary>
    public Task<StoreVersion> VersionAsync(CancellationToken stop) => Database.GuardAsync("The company could not be read.", async () =>
    {
        await using var connection = await Database.OpenAsync(stop);
        return (await connection.Command(
            """
            SELECT (SELECT MAX(finished_at) FROM collection WHERE company = @company), (SELECT MAX(recorded_at) FROM act WHERE company = @company),
                   (SELECT MAX(at) FROM evaluation WHERE company = @company)
            """, ("company", Company)).ListAsync(row => new StoreVersion(row.NumberOrNull(0), row.NumberOrNull(1), row.NumberOrNull(2)), stop)).Single();
    });

    /// <param name="with">Writes what must be there exactly when the act is, such as its entry in the evidence log.</param>
    /// <param name="entry">Id of that entry.</param>
    public Task AddActAsync(Act act, Func<DbConnection, DbTransaction, Task>? with, CancellationToken stop, string? entry = null) =>
        Database.GuardAsync("The act could not be stored.", async () =>
        {
            await using var connection = await Database.OpenAsync(stop);
            await using var within = await Database.BeginWriteAsync(connection, stop);
            await Acts.AddAsync(within, Company, act, entry, stop);
            if (with is not null)
                await with(connection, within);
            await within.CommitAsync(stop);
        });

    /// <summary>Keeps what checks said at a moment. Only what changed is written, and what was said before stays.</summary>
    /// <param name="results">Everything that each check in it said; a result it said before and not now has ended.</param>
    public Task SaveResultsAsync(IEnumerable<SavedResult> results, DateTimeOffset asOf, CancellationToken stop, Func<DbConnection, DbTransaction, Task>? with = null) =>
        Database.GuardAsync("The results could not be stored.", () => ResultWriter.SaveAsync(Database, results, asOf, with, stop));

    /// <summary>What checks said at a moment.</summary>
    public Task<IReadOnlyList<StoredResult>> ResultsAsync(DateTimeOffset asOf, CancellationToken stop) => ResultsOverAsync(asOf, asOf, stop);

    /// <summary>Every result that held at some moment of the span, both ends included.</summary>
    public Task<IReadOnlyList<StoredResult>> ResultsOverAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken stop) =>
        Database.GuardAsync("The results could not be read.", () => ResultReader.ReadAsync(Database, from, to, stop));

    /// <summary>Results that began or ended after the one moment, up to the other.</summary>
    public Task<IReadOnlyList<StoredResult>> ChangedResultsAsync(DateTimeOffset after, DateTimeOffset to, CancellationToken stop) =>
        Database.GuardAsync("The results could not be read.", () => ResultReader.ChangedAsync(Database, after, to, stop));

    /// <summary>All that one check said of one subject up to a moment, oldest first.</summary>
    public Task<IReadOnlyList<StoredResult>> HistoryAsync(string check, string scope, string subject, DateTimeOffset to, CancellationToken stop) =>
        Database.GuardAsync("The results could not be read.", () => ResultReader.HistoryAsync(Database, check, scope, subject, to, stop));

    /// <summary>When the first collection ended; null while nothing was read.</summary>
    public Task<DateTimeOffset?> FirstReadAsync(CancellationToken stop) => Database.GuardAsync("The company could not be read.", async () =>
    {
        await using var connection = await Database.OpenAsync(stop);
        return await connection.Command("SELECT MIN(finished_at) FROM collection WHERE company = @company", ("company", Company)).ValueAsync<long>(stop) is { } first ? Micros.Time(first) : (DateTimeOffset?)null;
    });

    /// <summary>Who looked at what in a span of time, and what was said in it.</summary>
    public Task<Assurance.Period.PeriodFacts> PeriodAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken stop) =>
        Database.GuardAsync("The window could not be read.", () => PeriodReader.ReadAsync(Database, from, to, stop));

    /// <summary>The sample stands still on its day.</summary>
    public DateTimeOffset Now(TimeProvider clock) => Micros.Round(Sample?.StandsAt ?? clock.GetUtcNow());

    /// <summary>Every version of these kinds of facts that was told up to a moment, with who looked at them in the window and after.</summary>
    public Task<Assurance.Populations.WindowFacts> WindowAsync(IReadOnlyCollection<Aspect> aspects, Assurance.Period.Stretch window, DateTimeOffset asOf, CancellationToken stop) =>
        Database.GuardAsync("The facts of the window could not be read.", () => WindowReader.ReadAsync(Database, aspects, window, asOf, stop));

    public ValueTask DisposeAsync()
    {
        Database.Release();
        return ValueTask.CompletedTask;
    }
}

/// <summary>The newest collection, act and run of the checks, in microseconds; null when there is none.</summary>
internal sealed record StoreVersion(long? Collection, long? Act, long? Run);

/// <param name="UnknownKinds">Facts of kinds that this build does not know; they were left out.</param>
internal sealed record StoredFacts(IReadOnlyList<Dated> Facts, IReadOnlyList<Coverage> Coverage, IReadOnlyList<Act> Acts, long UnknownKinds);

/// <param name="Completeness">The worst of its coverage.</param>
/// <param name="Entry">Id of its entry in the evidence log.</param>
internal sealed record StoredCollection(
    string Id, string Source, int SourceVersion, string? Address, string Scope, string ToolVersion, string? Principal, Completeness Completeness,
    DateTimeOffset Started, DateTimeOffset Finished, string? Entry, IReadOnlyList<Coverage> Coverage, IReadOnlyList<Sources.Call> Calls);

/// <param name="ParametersHash">Names the company's numbers that the check was run with.</param>
internal readonly record struct SavedResult(
    string CheckId, int CheckVersion, string ParametersHash, string Scope, string Subject, Outcome Outcome, Reason Reason);

/// <param name="From">The first run that said so.</param>
/// <param name="Last">The last run up to the moment asked for that said so.</param>
/// <param name="Until">The run that no longer said so; null while it holds.</param>
internal sealed record StoredResult(SavedResult Result, DateTimeOffset From, DateTimeOffset Last, DateTimeOffset? Until);

/// <summary>Enums as words in rows: camelCase, so that a new member never moves an old row's meaning.</summary>
internal static class Words
{
    public static string Of<T>(T value) where T : struct, Enum => Cache<T>.ToWord[value];

    public static T Parse<T>(string word) where T : struct, Enum => Cache<T>.FromWord.TryGetValue(word, out var value)
        ? value
        : throw new FormatException($"'{word}' is no {typeof(T).Name} that this build knows.");

    public static DateOnly? Day(string? text) => text is null ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static class Cache<T> where T : struct, Enum
    {
        internal static readonly Dictionary<T, string> ToWord = Enum.GetValues<T>().ToDictionary(value => value, value => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString()));
        internal static readonly Dictionary<string, T> FromWord = ToWord.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);
    }
}
