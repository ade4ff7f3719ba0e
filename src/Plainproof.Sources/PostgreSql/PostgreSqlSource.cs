using Plainproof.Facts;

namespace Plainproof.Sources.PostgreSql;

/// <summary>Reads how a PostgreSQL server is set up, and who may do what. Never reads a row of anybody's table.</summary>
internal sealed class PostgreSqlSource : ISource
{
    private static readonly IReadOnlyList<IPostgreSqlReading> Readings =
    [
        new ServerReading(), new TransportReading(), new SessionReading(), new RuleReading(), new LoggingReading(), new ArchiveReading(),
        new AccountReading(), new PrivilegeReading(), new PasswordReading(),
    ];

    public SourceInfo Info { get; } = new(
        "postgresql", 1, "PostgreSQL", "A PostgreSQL database server: encryption, sign-in rules, powerful roles, logging, archiving.",
        "postgresql://USER@HOST[:PORT]/DATABASE", "--source \"postgresql=postgresql://plainproof@db1.example.test/postgres?password-file=pg.password\"",
        [
            new SourceOption("password", "The password of USER.", Secret: true),
            new SourceOption("ca", "File with the certificate authority that signed the server's certificate (PEM).", Kind: OptionKind.File),
            new SourceOption("certificate", "File with a client certificate (PEM).", Kind: OptionKind.File),
            new SourceOption("key", "File with the key of the client certificate (PEM).", Kind: OptionKind.SecretFile),
            new SourceOption("sslmode", "disable, prefer, require, verify-ca or verify-full. Left out: verify-full, except on this machine."),
            new SourceOption("socket", "Folder of the server's socket, to connect without a network.", Kind: OptionKind.Machine),
            new SourceOption("timeout", "Seconds to wait for an answer: 20 unless told.", Kind: OptionKind.Number),
        ],
        [.. Readings.Select(reading => new Offer(reading.Aspect, [Grants.Role, .. reading.Permissions], reading.Calls))],
        "One connection, about ten short questions, each stopped after the time limit.")
    { Leads = AddressKind.Network };

    public string ScopeOf(Target target) => PostgreSqlTarget.Of(target).Scope;

    public async Task CollectAsync(Target target, IReadOnlySet<Aspect> wanted, ISink sink, CancellationToken stop)
    {
        var where = PostgreSqlTarget.Of(target);
        await using var session = await PostgreSqlSession.OpenAsync(where, target.Secret("password"), sink, stop);
        var server = await PostgreSqlServer.MeetAsync(session, where, sink, stop);
        foreach (var reading in Readings.Where(reading => wanted.Contains(reading.Aspect)))
        {
            sink.Progress(Kinds.PlainOf(reading.Aspect));
            try
            {
                await reading.ReadAsync(server, stop);
            }
            catch (CannotRead e) when (session.IsOpen)
            {
                var mend = e.Mend ?? Grants.Mend(reading.Permissions);
                await sink.CoverAsync(new Coverage(reading.Aspect, where.Scope, e.State, e.Message, mend), stop);
            }
        }
    }
}

/// <summary>One aspect: what it needs, what it asks, and how the answer becomes facts.</summary>
internal interface IPostgreSqlReading
{
    Aspect Aspect { get; }

    IReadOnlyList<Permission> Permissions { get; }

    string Calls { get; }

    /// <exception cref="CannotRead">This aspect could not be read; others still may.</exception>
    Task ReadAsync(PostgreSqlServer server, CancellationToken stop);
}

/// <summary>The least rights, as statements to paste. All are run once by an administrator.</summary>
internal static class Grants
{
    public static readonly Permission Role = new(
        "PostgreSQL", "CREATE ROLE plainproof LOGIN PASSWORD '...';",
        "To sign in. It owns nothing and may read no table.");

    public static readonly Permission Settings = new("PostgreSQL", "GRANT pg_read_all_settings TO plainproof;", "To see every setting, also those that only administrators see.");

    public static readonly Permission Statistics = new("PostgreSQL", "GRANT pg_read_all_stats TO plainproof;", "To see whether the sessions of others are encrypted, and which replicas follow.");

    public static readonly IReadOnlyList<Permission> Rules =
    [
        new("PostgreSQL", "GRANT SELECT ON pg_hba_file_rules TO plainproof;", "To see the sign-in rules. Run it in the database named in the address."),
        new("PostgreSQL", "GRANT EXECUTE ON FUNCTION pg_hba_file_rules() TO plainproof;", "The list of sign-in rules is made by this function."),
    ];

    public static string? Mend(IReadOnlyList<Permission> permissions) =>
        permissions.Count == 0 ? null : $"As an administrator, run: {string.Join(" ", permissions.Select(permission => permission.Grant))}";
}
