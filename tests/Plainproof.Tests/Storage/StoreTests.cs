using System.Data.Common;
using System.Text.Json;
using Plainproof.Facts;
using Plainproof.Storage;
using Plainproof.Tests.Servers;

namespace Plainproof.Tests.Storage;

/// <summary>A data folder of its own for each test, with rows in SQLite or in a fresh PostgreSQL database.</summary>
public abstract class StoreTests : IDisposable
{
    protected internal static readonly DateTimeOffset Day = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder _folder = new();
    private readonly string? _database;

    protected StoreTests(bool postgresql)
    {
        OnPostgresql = postgresql;
        if (!postgresql)
            return;
        _database = PostgresServer.Shared.NewDatabase();
        Directory.CreateDirectory(Data);
        File.WriteAllText(Path.Combine(Data, "config.json"), JsonSerializer.Serialize(new { postgresql = _database }));
    }

    protected bool OnPostgresql { get; }

    /// <summary>A connection string, as superuser; null on SQLite.</summary>
    protected string? Server => _database;

    protected string Data => _folder.File("data");

    protected string Beside(string name) => _folder.File(name);

    internal DataFolder Folder() => DataFolder.Open(Data);

    internal Task<CompanyStore> OpenAsync(string company = "acme") => CompanyStore.OpenAsync(Folder(), company, TimeProvider.System, default);

    /// <summary>Stores accounts by name as one collection of <c>directory:x</c>.</summary>
    internal static async Task<CollectionEnd> CollectAsync(
        CompanyStore store, DateTimeOffset at, Completeness state, IEnumerable<Account> accounts, Func<DbConnection, DbTransaction, Task>? with = null, string scope = "directory:x")
    {
        await using var writer = await store.BeginCollectionAsync("directory", 1, "ldaps://x", scope, "0.1.0", at.AddSeconds(-5), default);
        var read = 0;
        foreach (var account in accounts)
        {
            await writer.AddAsync(FactAbout(account, scope), default);
            read++;
        }

        await writer.CoverAsync(new Coverage(Aspect.Of<Account>(), scope, state, state == Completeness.Complete ? null : "Cut off.", null, read, read), default);
        writer.Call(new Plainproof.Sources.Call("search (objectClass=user)", 1, read, 100, 1.5));
        writer.Principal = "cn=reader";
        return await writer.FinishAsync(at, state, with, default);
    }

    internal static Fact FactAbout(Account account, string scope = "directory:x") =>
        Fact.Of(Subjects.Of(scope, "account", account.Name), account, new Pointer(Digest.FromBytes(new byte[32]), "/0"));

    internal static IReadOnlyList<Dated<Account>> Accounts(StoredFacts facts) =>
        [.. facts.Facts.OfType<Dated<Account>>().OrderBy(fact => fact.Subject, StringComparer.Ordinal)];

    /// <summary>One number straight from the rows.</summary>
    internal static async Task<long> CountAsync(CompanyStore store, string sql)
    {
        await using var connection = await store.Database.OpenAsync(default);
        return await connection.Command(sql).ValueAsync<long>(default) ?? 0;
    }

    /// <summary>A fresh database in the place of the one that the test used, as after a lost server.</summary>
    protected void Empty()
    {
        PostgresServer.Shared.Drop(_database!);
        PostgresServer.Shared.Execute($"CREATE DATABASE {new Npgsql.NpgsqlConnectionStringBuilder(_database).Database}");
    }

    public void Dispose()
    {
        _folder.Dispose();
        if (_database is not null)
            PostgresServer.Shared.Drop(_database);
        GC.SuppressFinalize(this);
    }
}
