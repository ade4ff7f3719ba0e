using System.Buffers;
using System.Diagnostics;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.Json;
using Npgsql;
using Plainproof.Facts;

namespace Plainproof.Sources.PostgreSql;

/// <summary>One connection that only reads. Every answer is kept as a labelled transcript before anything is made of it.</summary>
internal sealed class PostgreSqlSession(NpgsqlConnection connection, PostgreSqlTarget target, ISink sink) : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Rows = new(FactJson.Options) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>False when the connection broke, so that no further question can be asked.</summary>
    public bool IsOpen => connection.State == System.Data.ConnectionState.Open;

    /// <exception cref="CannotRead">No connection, no trust in the server's certificate, a refused sign-in, or no answer in time.</exception>
    public static async Task<PostgreSqlSession> OpenAsync(PostgreSqlTarget target, string? password, ISink sink, CancellationToken stop)
    {
        var connection = target.Connect(password);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(TimeSpan.FromSeconds(target.Seconds));
        try
        {
            await connection.OpenAsync(limit.Token);
            var session = new PostgreSqlSession(connection, target, sink);
            await session.RunAsync($"set default_transaction_read_only = on; set statement_timeout = '{target.Seconds}s'; set lock_timeout = '2s'", stop);
            return session;
        }
        catch (Exception e) when (e is not CannotRead && !stop.IsCancellationRequested)
        {
            await connection.DisposeAsync();
            throw ConnectionTrouble.Explain(e, target);
        }
    }

    /// <summary>Asks, keeps the answer as evidence, and gives its rows with pointers into it.</summary>
    /// <exception cref="CannotRead">Refused, too slow, or broken off.</exception>
    public async Task<IReadOnlyList<Row<T>>> AskAsync<T>(string what, string sql, CancellationToken stop)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            var transcript = new ArrayBufferWriter<byte>();
            var count = await WriteAsync(transcript, sql, stop);
            using var bytes = new MemoryStream(transcript.WrittenSpan.ToArray(), writable: false);
            var digest = await sink.KeepAsync("application/json", bytes, stop);
            sink.Called(new Call(what, 1, count, transcript.WrittenCount, clock.Elapsed.TotalMilliseconds));
            using var document = JsonDocument.Parse(transcript.WrittenMemory);
            return
            [
                .. document.RootElement.GetProperty("rows").EnumerateArray()
                    .Select((row, index) => new Row<T>(row.Deserialize<T>(Rows)!, new Pointer(digest, $"/rows/{index}"))),
            ];
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or IOException)
        {
            sink.Called(new Call(what, 1, 0, 0, clock.Elapsed.TotalMilliseconds, (e as PostgresException)?.SqlState ?? "failed"));
            throw ConnectionTrouble.Explain(e, target);
        }
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private async Task RunAsync(string sql, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(stop);
    }

    private async Task<int> WriteAsync(ArrayBufferWriter<byte> into, string sql, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(stop);
        await using var json = new Utf8JsonWriter(into, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("transcript", "What the server answered, written down by Plainproof. The protocol itself has no text to keep.");
        json.WriteString("server", $"{target.Host}:{target.Port}");
        json.WriteString("sql", sql);
        json.WriteStartArray("rows");
        var count = 0;
        for (; await reader.ReadAsync(stop); count++)
            WriteRow(json, reader);
        json.WriteEndArray();
        json.WriteEndObject();
        return count;
    }

    private static void WriteRow(Utf8JsonWriter json, NpgsqlDataReader reader)
    {
        json.WriteStartObject();
        for (var column = 0; column < reader.FieldCount; column++)
        {
            json.WritePropertyName(reader.GetName(column));
            JsonSerializer.Serialize(json, reader.IsDBNull(column) ? null : reader.GetValue(column));
        }

        json.WriteEndObject();
    }
}

/// <param name="At">Where the row stands in the kept transcript.</param>
internal sealed record Row<T>(T Value, Pointer At);

/// <summary>Tells the different ways of not getting an answer apart.</summary>
internal static class ConnectionTrouble
{
    public static CannotRead Explain(Exception trouble, PostgreSqlTarget target)
    {
        var where = $"{target.Host}:{target.Port}";
        return trouble switch
        {
            PostgresException refusal => ExplainRefusal(refusal, where, target),
            _ when Has<TimeoutException>(trouble) || Has<OperationCanceledException>(trouble) => new CannotRead(
                Completeness.TimedOut, $"The database at {where} did not answer within {target.Seconds} seconds.",
                "Check that a database listens there, or give it longer with timeout=SECONDS.", trouble),
            _ when Has<AuthenticationException>(trouble) => new CannotRead(
                Completeness.Unreachable, $"The certificate of {where} could not be trusted, so nothing was sent.",
                "Name the certificate authority with ca=FILE, and use the host name that stands in the certificate.", trouble),
            _ when trouble.Message.Contains("SSL", StringComparison.Ordinal) => new CannotRead(
                Completeness.Unreachable, $"The database at {where} does not speak TLS, so nothing was sent.",
                "Switch TLS on (ssl = on). To read it as it is, over a private network, add sslmode=disable.", trouble),
            _ when trouble.Message.Contains("authentication method", StringComparison.OrdinalIgnoreCase) => new CannotRead(
                Completeness.Unreachable, $"The database at {where} asked for the password in clear text over an open line. It was not sent.",
                "Let the rule for this user say scram-sha-256, or connect with TLS.", trouble),
            _ when Has<SocketException>(trouble) => new CannotRead(
                Completeness.Unreachable, $"No connection to the database at {where}: {Deepest(trouble).Message}.",
                "Check the host name, the port, and any firewall between.", trouble),
            NpgsqlException or IOException => new CannotRead(
                Completeness.Unreachable, $"The connection to {where} broke off: {Deepest(trouble).Message}",
                "Check that a PostgreSQL server listens there, and try again.", trouble),
            _ => new CannotRead(Completeness.Failed, $"Reading {where} failed: {trouble.Message}", null, trouble),
        };
    }

    private static CannotRead ExplainRefusal(PostgresException refusal, string where, PostgreSqlTarget target) => refusal.SqlState switch
    {
        "28P01" => new CannotRead(
            Completeness.Denied, $"The database at {where} refused the password of {target.User}.", "Check the user and the password file.", refusal),
        "28000" => new CannotRead(
            Completeness.Denied, $"The database at {where} lets {target.User} in from here by no rule: {refusal.MessageText}.",
            "Add a line to pg_hba.conf for this user and address (hostssl, scram-sha-256), and reload.", refusal),
        "42501" => new CannotRead(Completeness.Denied, $"{target.User} is not allowed to read this: {refusal.MessageText}.", null, refusal),
        "3D000" => new CannotRead(
            Completeness.Unreachable, $"There is no database {target.Database} at {where}.", "Name one that exists, such as postgres.", refusal),
        "53300" => new CannotRead(
            Completeness.Throttled, $"The database at {where} has no free connection.", "Try again when it is less busy.", refusal),
        "57014" => new CannotRead(
            Completeness.TimedOut, $"A question to {where} took longer than {target.Seconds} seconds and was stopped.", "Give it longer with timeout=SECONDS.", refusal),
        "57P03" => new CannotRead(Completeness.Unreachable, $"The database at {where} is starting or stopping.", "Try again in a minute.", refusal),
        _ => new CannotRead(Completeness.Failed, $"The database at {where} answered with an error: {refusal.MessageText} ({refusal.SqlState}).", null, refusal),
    };

    private static bool Has<T>(Exception trouble) where T : Exception =>
        trouble is T || (trouble.InnerException is { } inner && Has<T>(inner));

    private static Exception Deepest(Exception trouble) => trouble.InnerException is { } inner ? Deepest(inner) : trouble;
}
