using System.Security.Cryptography;
using System.Text;
using Plainproof.Facts;
using Plainproof.Features.Check;
using Plainproof.Sources;

namespace Plainproof.Features.Advisor.OwnDomain;

/// <summary>Takes what the source reads, in memory, and stores nothing.</summary>
/// <param name="scope">Of the target.</param>
internal sealed class SightSink(string scope, Action<string, long, long?> progress) : ISink
{
    /// <summary>More is cut off in what is shown; what is judged is not.</summary>
    private const int LongestTranscript = 200_000;

    private readonly Lock _one = new();
    private readonly List<Fact> _facts = [];
    private readonly List<Coverage> _coverage = [];
    private readonly Dictionary<Aspect, string> _transcripts = [];
    private string _last = "";

    public IReadOnlyList<Coverage> Coverage
    {
        get
        {
            lock (_one)
                return [.. _coverage];
        }
    }

    public IReadOnlyDictionary<Aspect, string> Transcripts()
    {
        lock (_one)
            return new Dictionary<Aspect, string>(_transcripts);
    }

    public IEnumerable<Dated> Facts(DateTimeOffset at)
    {
        lock (_one)
            return [.. _facts.Select(fact => (Dated)Activator.CreateInstance(typeof(Dated<>).MakeGenericType(fact.Value.GetType()), fact.Subject, scope, fact.Value, at, at, fact.At)!)];
    }

    public async Task<Digest> KeepAsync(string mediaType, Stream bytes, CancellationToken stop)
    {
        await using var clean = new Redaction(bytes);
        using var copy = new MemoryStream();
        await clean.CopyToAsync(copy, stop);
        var text = Encoding.UTF8.GetString(copy.GetBuffer(), 0, (int)copy.Length);
        var digest = Digest.FromBytes(SHA256.HashData(copy.GetBuffer().AsSpan(0, (int)copy.Length)));
        lock (_one)
            _last = text.Length > LongestTranscript ? text[..LongestTranscript] + "\n… cut off here" : text;
        return digest;
    }

    public ValueTask AddAsync(Fact fact, CancellationToken stop)
    {
        lock (_one)
            _facts.Add(fact);
        return ValueTask.CompletedTask;
    }

    /// <summary>How to let Plainproof read more is for whoever runs it, so it is left out.</summary>
    public ValueTask CoverAsync(Coverage line, CancellationToken stop)
    {
        lock (_one)
        {
            _coverage.Add(line with { Mend = null });
            if (_last.Length > 0)
                _transcripts[line.Aspect] = _last; // The source keeps one transcript for each aspect, just before it says how complete it is.
            _last = "";
        }

        return ValueTask.CompletedTask;
    }

    public void Principal(string name)
    {
    }

    public void Called(Call call)
    {
    }

    public void Progress(string doing, long done = 0, long? of = null) => progress(doing, done, of);
}
