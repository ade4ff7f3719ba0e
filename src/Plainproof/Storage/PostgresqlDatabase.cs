using System.Buffers.Binary;
using System.Data;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Plainproof.Storage;

/// <summary>
/// Many companies in one PostgreSQL. Two walls: each connection becomes a role that owns nothing and is told its company,
/// and every table lets that role see and write the rows of that company only.
/// </summary>
/// <param name="schema">Where the tables are; null leaves it to the server.</param>
internal class PostgresqlDatabase(string company, string connectionString, string? schema = null) : Database(company)
{
    public const string Role = "plainproof_app";
    public const string Setting = "plainproof.company";
    private static readonly long SchemaLock = LockKey("schema");

    private readonly NpgsqlConnectionStringBuilder _settings = Parse(connectionString, schema);

    public override string Dialect => "postgresql";

    public override string Where => $"PostgreSQL {_settings.Host}:{_settings.Port}, database {_settings.Database}";

    public override IBulk Bulk { get; } = new PostgresqlBulk();

    public override DbConnection NewConnection() => new NpgsqlConnection(_settings.ConnectionString);

    public override Task PrepareAsync(DbConnection connection, CancellationToken stop) => connection.Command(
        "SELECT set_config('role', @role, false), set_config(@setting, @company, false)", ("role", Role), ("setting", Setting), ("company", Company)).RunAsync(stop);

    public override async Task<DbConnection> OpenAsOwnerAsync(CancellationToken stop)
    {
        var connection = NewConnection();
        await connection.OpenAsync(stop);
        return connection;
    }

    public override Task<DbTransaction> BeginWriteAsync(DbConnection connection, CancellationToken stop) =>
        BeginLockedAsync(connection, LockKey($"write {Company}"), stop);

    public override Task<DbTransaction> BeginLogAsync(DbConnection connection, CancellationToken stop) =>
        BeginLockedAsync(connection, LockKey($"log {Company}"), stop);

    public override Task<DbTransaction> BeginMigrationAsync(DbConnection owner, CancellationToken stop) =>
        BeginLockedAsync(owner, SchemaLock, stop);

    public override async Task<DbTransaction> BeginReadAsync(DbConnection connection, CancellationToken stop) =>
        await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, stop);

    public override async Task<bool> HasTableAsync(DbConnection connection, string table, CancellationToken stop) =>
        await connection.Command("SELECT to_regclass(@table) IS NOT NULL", ("table", table)).ValueAsync<bool>(stop) == true;

    /// <summary>Forced row-level security binds the owner too; a migration may lift that for itself, within its transaction.</summary>
    public override Task LowerWallsAsync(DbTransaction migration, CancellationToken stop) =>
        ForEachTableAsync(migration, "c.relforcerowsecurity", table => $"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY", stop);

    public override async Task RaiseWallsAsync(DbTransaction migration, CancellationToken stop)
    {
        await CreateRoleAsync(migration, stop);
        await ForEachTableAsync(migration, "true", table => $"""
            ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
            ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
            DROP POLICY IF EXISTS company_wall ON {table};
            CREATE POLICY company_wall ON {table}
              USING (company = current_setting('{Setting}', true)) WITH CHECK (company = current_setting('{Setting}', true));
            GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {Role};
            """, stop);
        await migration.Command($"GRANT SELECT ON migration TO {Role}").RunAsync(stop);
    }

    public override void Release() => NpgsqlConnection.ClearPool(new NpgsqlConnection(_settings.ConnectionString));

    protected override DataProblem? Explain(string what, Exception cause)
    {
        (string Why, string Mend)? told = cause switch
        {
            PostgresException { SqlState: "53100" } => ("The server's disk is full.", "Free some space there, then run the same command again. What was stored before is whole."),
            PostgresException { SqlState: "53300" or "53400" } => ("The server has no free connection.", "Close other programs that use it, or raise its max_connections."),
            PostgresException { SqlState: "28P01" or "28000" } e => ($"The server refused the sign-in: {e.MessageText}", "Check user and password in the connection string, and the server's pg_hba.conf."),
            PostgresException { SqlState: "3D000" } e => (e.MessageText, "Create the database, or correct its name in the connection string."),
            PostgresException { SqlState: "42501" } e => ($"The server did not permit it: {e.MessageText}", $"As its administrator run: CREATE ROLE {Role} NOLOGIN; GRANT {Role} TO \"{_settings.Username}\"; and let that user own the database."),
            PostgresException { SqlState: "55P03" or "57014" or "40P01" } e => ($"Another session held on to the rows: {e.MessageText}", "Wait for it to end, then try again."),
            PostgresException => null,
            NpgsqlException { InnerException: TimeoutException } or TimeoutException => ("The server did not answer in time.", "Check that the server runs and is not blocked by another session."),
            NpgsqlException => ($"The connection failed: {cause.InnerException?.Message ?? cause.Message}", "Check that the server runs, and the address in the connection string."),
            _ => null,
        };
        return told is { } words ? new DataProblem(what, Where, words.Why, words.Mend, cause) : null;
    }

    private static async Task<DbTransaction> BeginLockedAsync(DbConnection connection, long key, CancellationToken stop)
    {
        var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, stop);
        try
        {
            await transaction.Command("SELECT pg_advisory_xact_lock(@key)", ("key", key)).RunAsync(stop);
            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }

    /// <summary>The role is one for the whole server, so another database's migration may make it at the same moment.</summary>
    private static Task CreateRoleAsync(DbTransaction migration, CancellationToken stop) => migration.Command($"""
        DO $$
        BEGIN
          IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{Role}') THEN
            BEGIN
              CREATE ROLE {Role} NOLOGIN NOSUPERUSER NOBYPASSRLS;
            EXCEPTION WHEN duplicate_object OR unique_violation THEN
              NULL;
            END;
          END IF;
          IF NOT pg_has_role(current_user, '{Role}', 'MEMBER') THEN
            EXECUTE format('GRANT {Role} TO %I', current_user);
          END IF;
          EXECUTE format('GRANT USAGE ON SCHEMA %I TO {Role}', current_schema());
          EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO {Role}', current_database());
        END $$
        """).RunAsync(stop);

    private static async Task ForEachTableAsync(DbTransaction migration, string which, Func<string, string> statement, CancellationToken stop)
    {
        var tables = await migration.Command($"""
            SELECT c.oid::regclass::text FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
            WHERE c.relkind IN ('r', 'p') AND c.relnamespace = current_schema()::regnamespace
              AND a.attname = 'company' AND NOT a.attisdropped AND {which}
            """).ListAsync(row => row.GetString(0), stop);
        if (tables.Count > 0)
            await migration.Command(string.Join(";\n", tables.Select(statement))).RunAsync(stop);
    }

    /// <summary>What is wrong is told without the string: any part of it may be the password.</summary>
    private static NpgsqlConnectionStringBuilder Parse(string connectionString, string? schema)
    {
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = "plainproof" };
            settings.SearchPath = schema ?? settings.SearchPath;
            return settings;
        }
        catch (ArgumentException e)
        {
            throw new DataProblem(
                "The database cannot be opened.", "the PostgreSQL connection string",
                e.InnerException is FormatException ? $"Its value for '{e.ParamName}' does not fit." : "A part of it is no setting of such a string.",
                $"Correct it in {DataFolder.PostgresqlVariable} or config.json: Host=...;Port=5432;Database=...;Username=...;Password=...", e);
        }
    }

    private static long LockKey(string what) => BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes("plainproof " + what)));
}
