using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Plainproof.Sources.Import;

/// <summary>How a walk through a JSON text ended.</summary>
/// <param name="Bytes">Bytes that were read and understood.</param>
/// <param name="Broken">What is wrong at byte <paramref name="Bytes"/>; null when the text is whole.</param>
internal sealed record ScanEnd(long Bytes, string? Broken);

/// <summary>A part of the text that a pattern asked for.</summary>
/// <param name="Pattern">Which pattern, as <c>/runs/*/results/*</c>.</param>
/// <param name="Indexes">The array places that the stars stand for.</param>
internal readonly record struct Found(string Pattern, IReadOnlyList<int> Indexes, JsonElement Value)
{
    public string Pointer
    {
        get
        {
            var star = 0;
            var indexes = Indexes;
            return string.Join('/', Pattern.Split('/').Select(part => part == "*" ? indexes[star++].ToString(System.Globalization.CultureInfo.InvariantCulture) : part));
        }
    }
}

/// <summary>
/// Walks a JSON text of any length and hands out the parts that were asked for, one at a time, each whole.
/// Memory is that of the largest part. Stops at the first byte that is wrong: what was handed out before is right.
/// </summary>
internal sealed class JsonScan(IReadOnlyCollection<string> patterns, Func<Found, ValueTask> take)
{
    private const int Chunk = 256 * 1024;
    private const int LargestPart = 16 * 1024 * 1024;
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 128 };

    private readonly List<Level> _levels = [];
    private readonly PatternTree _tree = PatternTree.Of(patterns);
    private readonly List<Found> _ready = [];
    private byte[] _buffer = new byte[Chunk];
    private int _filled;
    private int _valid;
    private long _before;
    private string? _broken;

    /// <summary>Told each name at the top of the text.</summary>
    public Action<string>? AtTop { get; init; }

    public async Task<ScanEnd> RunAsync(Stream text, CancellationToken stop)
    {
        var state = new JsonReaderState(Options);
        for (var ended = false; ;)
        {
            if (_filled == _buffer.Length)
                Array.Resize(ref _buffer, _buffer.Length * 2);
            // Filled to the brim each time: an entry that does not fit is begun again only when there is twice as much of it.
            var read = ended ? 0 : await text.ReadAtLeastAsync(_buffer.AsMemory(_filled), _buffer.Length - _filled, throwOnEndOfStream: false, stop);
            _filled += read;
            ended |= _filled < _buffer.Length;
            SkipMark();
            if (ended && _before + _filled == 0)
                return new ScanEnd(0, "it is empty");
            var sound = Validate(ended);

            var used = Walk(ref state, ended && sound);
            foreach (var found in _ready)
                await take(found);
            _ready.Clear();
            _before += used;
            if (_broken is not null)
                return new ScanEnd(_before, _broken);
            if (!sound)
                return new ScanEnd(_before + _valid - used, "it is not valid UTF-8");
            if (ended)
                return new ScanEnd(_before, null);
            if (_filled - used > LargestPart)
                return new ScanEnd(_before, $"one entry is larger than {LargestPart / 1024 / 1024} MB");
            Array.Copy(_buffer, used, _buffer, 0, _filled - used);
            (_filled, _valid) = (_filled - used, _valid - used);
        }
    }

    /// <summary>Reads on as far as the bytes go. Returns how many are done with.</summary>
    private int Walk(ref JsonReaderState state, bool last)
    {
        var reader = new Utf8JsonReader(_buffer.AsSpan(0, _valid), last, state);
        var (done, doneState) = (0, state);
        try
        {
            while (reader.Read())
            {
                if (!Step(ref reader))
                    break; // A part that is not whole yet: begin it again with more bytes.
                (done, doneState) = ((int)reader.BytesConsumed, reader.CurrentState);
            }
        }
        catch (JsonException e)
        {
            _broken = last && e.Message.Contains("end of", StringComparison.Ordinal) ? "it breaks off" : Words(e);
            return _broken == "it breaks off" ? _valid : done;
        }

        state = doneState;
        return last ? _valid : done;
    }

    /// <summary>Follows one token. False when a part that was asked for is not wholly here.</summary>
    private bool Step(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.PropertyName)
        {
            _levels[^1] = _levels[^1] with { Node = _levels[^1].Own?.Name(ref reader) };
            if (_levels.Count == 1)
                AtTop?.Invoke(reader.GetString()!);
            return true;
        }

        if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
        {
            _levels.RemoveAt(_levels.Count - 1);
            Count();
            return true;
        }

        var node = _levels.Count == 0 ? _tree : _levels[^1].IsArray ? _levels[^1].Own?.Star : _levels[^1].Node;
        if (node?.Pattern is { } pattern)
            return Take(ref reader, pattern);
        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            if (node is null)
                return SkipOrEnter(ref reader);
            _levels.Add(new Level(reader.TokenType == JsonTokenType.StartArray, 0, node, null));
        }
        else
            Count();
        return true;
    }

    private bool Take(ref Utf8JsonReader reader, string pattern)
    {
        var start = (int)reader.TokenStartIndex;
        if (!reader.TrySkip())
            return false;
        using var part = JsonDocument.Parse(_buffer.AsMemory(start, (int)reader.BytesConsumed - start), new JsonDocumentOptions { MaxDepth = Options.MaxDepth });
        _ready.Add(new Found(pattern, [.. _levels.Where(level => level.IsArray).Select(level => level.Index)], part.RootElement.Clone()));
        Count();
        return true;
    }

    /// <summary>What nobody asked for is skipped at once when it is here, and otherwise walked through token by token.</summary>
    private bool SkipOrEnter(ref Utf8JsonReader reader)
    {
        var array = reader.TokenType == JsonTokenType.StartArray;
        if (reader.TrySkip())
            Count();
        else
            _levels.Add(new Level(array, 0, null, null));
        return true;
    }

    private void Count()
    {
        if (_levels.Count > 0 && _levels[^1].IsArray)
            _levels[^1] = _levels[^1] with { Index = _levels[^1].Index + 1 };
    }

    /// <summary>A byte order mark is no part of the text (RFC 8259, section 8.1).</summary>
    private void SkipMark()
    {
        if (_before == 0 && _filled >= 3 && _buffer.AsSpan().StartsWith("\uFEFF"u8))
        {
            Array.Copy(_buffer, 3, _buffer, 0, _filled -= 3);
            _before = 3;
        }
    }

    /// <summary>Finds how far the bytes are UTF-8; a character cut by the end of the chunk waits for the rest of it.</summary>
    /// <returns>False when a wrong byte comes next.</returns>
    private bool Validate(bool ended)
    {
        var fresh = _buffer.AsSpan(_valid, _filled - _valid);
        if (Utf8.IsValid(fresh))
        {
            _valid = _filled;
            return true;
        }

        OperationStatus status;
        while ((status = Rune.DecodeFromUtf8(fresh, out _, out var length)) == OperationStatus.Done)
        {
            fresh = fresh[length..];
            _valid += length;
        }

        return status == OperationStatus.NeedMoreData && !ended;
    }

    private static string Words(JsonException e)
    {
        var cut = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return $"it is not valid JSON ({(cut < 0 ? e.Message : e.Message[..cut]).TrimEnd('.')})";
    }

    /// <param name="Own">Where the container itself stands among the patterns; null when nothing in it was asked for.</param>
    /// <param name="Node">Where the property read last stands.</param>
    private readonly record struct Level(bool IsArray, int Index, PatternTree? Own, PatternTree? Node);

    private sealed class PatternTree
    {
        private readonly Dictionary<string, PatternTree> _names = new(StringComparer.Ordinal);

        public PatternTree? Star { get; private set; }

        public string? Pattern { get; private set; }

        public static PatternTree Of(IReadOnlyCollection<string> patterns)
        {
            var root = new PatternTree();
            foreach (var pattern in patterns)
            {
                var here = root;
                foreach (var part in pattern.Split('/').Skip(1))
                    here = part == "*" ? here.Star ??= new PatternTree() : here._names.TryGetValue(part, out var next) ? next : here._names[part] = new PatternTree();
                here.Pattern = pattern;
            }

            return root;
        }

        public PatternTree? Name(ref Utf8JsonReader reader)
        {
            foreach (var (name, node) in _names)
                if (reader.ValueTextEquals(name))
                    return node;
            return null;
        }
    }
}
