using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Plainproof.Sources.Push;

/// <summary>One line of a pushed file: <c>{"subject": "...", "value": {...}}</c>.</summary>
internal sealed record PushLine(string Subject, object Value, long Line);

/// <summary>A file of facts, one a line, read as a stream: a file of any size in little memory.</summary>
internal static class PushFile
{
    /// <summary>Mistakes that are told; the rest are only counted.</summary>
    public const int Told = 200;

    private const int LongestLine = 4 * 1024 * 1024;

    /// <summary>The header line, or null when the file begins with a fact.</summary>
    /// <exception cref="BadTarget">There is a header, and it is wrong.</exception>
    public static async Task<PushHeader?> HeaderAsync(Stream file, string name, CancellationToken stop)
    {
        var problems = new List<Problem>();
        PushHeader? header = null;
        await LinesAsync(file, (line, bytes) =>
        {
            if (bytes.IsEmpty)
                return true;
            if (StartsAsHeader(bytes))
                header = (PushHeader?)FactReader.Read(bytes, typeof(PushHeader), line, problems);
            return false;
        }, problems, stop);
        if (header is { Plainproof: not PushHeader.Format })
            problems.Add(new Problem(1, 1, $"The format '{header.Plainproof}' is not known. Write \"plainproof\": \"{PushHeader.Format}\"."));
        return problems.Count == 0 ? header : throw new BadTarget([.. problems.Select(problem => $"{name}:{problem}")]);
    }

    /// <summary>Reads every fact. Each is given to <paramref name="take"/> as it comes; with a mistake anywhere the caller must use none of them.</summary>
    /// <returns>How many facts there were, and every mistake (at most <see cref="Told"/> in words).</returns>
    public static async Task<PushCount> ReadAsync(Stream file, Type kind, Func<PushLine, ValueTask> take, CancellationToken stop)
    {
        var envelope = typeof(Envelope<>).MakeGenericType(kind);
        var problems = new List<Problem>();
        var (count, wrong, first) = (0L, 0L, true);
        var subjects = new HashSet<UInt128>();
        var ready = new List<PushLine>();
        await LinesAsync(
            file,
            (line, bytes) =>
            {
                if (bytes.IsEmpty || (first && StartsAsHeader(bytes)))
                {
                    first = first && bytes.IsEmpty;
                    return true;
                }

                (first, count) = (false, count + 1);
                var before = problems.Count;
                if (ReadLine(bytes, envelope, line, subjects, problems) is { } fact)
                    ready.Add(fact);
                wrong += problems.Count - before;
                if (problems.Count > Told)
                    problems.RemoveRange(Told, problems.Count - Told);
                return true;
            },
            problems,
            stop,
            async () =>
            {
                foreach (var fact in ready)
                    await take(fact);
                ready.Clear();
            });
        return new PushCount(count, Math.Max(wrong, problems.Count), problems);
    }

    private static PushLine? ReadLine(ReadOnlySpan<byte> bytes, Type envelope, long line, HashSet<UInt128> subjects, List<Problem> problems)
    {
        if (FactReader.Read(bytes, envelope, line, problems) is not IEnvelope read)
            return null;
        if (string.IsNullOrWhiteSpace(read.Subject) || read.Subject.Length > 500 || read.Subject.Any(char.IsControl))
            problems.Add(new Problem(line, 1, "subject must be a name of 1 to 500 letters, such as \"merge/1234\"."));
        else if (!subjects.Add(BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(read.Subject)))))
            problems.Add(new Problem(line, 1, $"The subject '{read.Subject}' was there before. Each thing has one line."));
        else
            return new PushLine(read.Subject, read.Untyped, line);
        return null;
    }

    private static bool StartsAsHeader(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var reader = new Utf8JsonReader(bytes);
            while (reader.Read())
                if (reader is { TokenType: JsonTokenType.PropertyName, CurrentDepth: 1 } && reader.ValueTextEquals("plainproof"u8))
                    return true;
        }
        catch (JsonException)
        {
            return false; // Told with its place when the line is read as a fact.
        }

        return false;
    }

    /// <summary>Gives each line without its end until <paramref name="take"/> says no more; a byte order mark is left out.</summary>
    private static async Task LinesAsync(Stream file, TakeLine take, List<Problem> problems, CancellationToken stop, Func<ValueTask>? pause = null)
    {
        var pipe = PipeReader.Create(file, new StreamPipeReaderOptions(bufferSize: 256 * 1024, leaveOpen: true));
        for (var line = 1L; ;)
        {
            var read = await pipe.ReadAsync(stop);
            var buffer = read.Buffer;
            while (buffer.PositionOf((byte)'\n') is { } end)
            {
                if (!take(line, Trim(buffer.Slice(0, end), line)))
                {
                    await pipe.CompleteAsync();
                    return;
                }

                (buffer, line) = (buffer.Slice(buffer.GetPosition(1, end)), line + 1);
            }

            if (pause is not null)
                await pause();
            if (buffer.Length > LongestLine)
            {
                problems.Add(new Problem(line, 1, $"The line is longer than {LongestLine / 1024 / 1024} MB. Put each fact on a line of its own."));
                await pipe.CompleteAsync();
                return;
            }

            if (read.IsCompleted)
            {
                if (!buffer.IsEmpty)
                    take(line, Trim(buffer, line));
                if (pause is not null)
                    await pause();
                await pipe.CompleteAsync();
                return;
            }

            pipe.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    private static ReadOnlySpan<byte> Trim(in ReadOnlySequence<byte> sequence, long line)
    {
        var bytes = sequence.IsSingleSegment ? sequence.FirstSpan : sequence.ToArray();
        if (line == 1 && bytes.StartsWith("\uFEFF"u8))
            bytes = bytes[3..];
        return bytes.EndsWith("\r"u8) ? bytes[..^1] : bytes;
    }

    private delegate bool TakeLine(long line, ReadOnlySpan<byte> bytes);

    private interface IEnvelope
    {
        string Subject { get; }

        object Untyped { get; }
    }

    private sealed record Envelope<T>(string Subject, T Value) : IEnvelope where T : notnull
    {
        [System.Text.Json.Serialization.JsonIgnore]
        public object Untyped => Value;
    }
}

/// <param name="Wrong">Mistakes in all; <paramref name="Problems"/> holds the first of them.</param>
internal sealed record PushCount(long Facts, long Wrong, IReadOnlyList<Problem> Problems);
