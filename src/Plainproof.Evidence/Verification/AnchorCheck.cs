using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace Plainproof.Evidence;

/// <summary>
/// Holds every time stamp, in files and in entries, against the checkpoint it stamps and against trusted roots; then every claimed time
/// against the proven times around it.
/// </summary>
internal sealed class AnchorCheck(PublishedLog files, NoteKey key, Func<long, Hash> rootAt, VerifyRequest request, FindingList findings)
{
    private const string Anchors = "anchors";
    private const string Times = "times";

    /// <summary>A proven fact: when this time came, the log already had this many entries.</summary>
    private readonly List<(long Size, long Micros)> _tokens = [];

    /// <summary>The entry with this number was written after this time: it holds a token of that time.</summary>
    private readonly List<(long Seq, long Micros)> _lower = [];

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    public void Run(LogContent content, IReadOnlyList<string> names)
    {
        var responses = names.Where(name => name.StartsWith("anchors/", StringComparison.Ordinal) && name.EndsWith(".tsr", StringComparison.Ordinal)).ToList();
        if (responses.Count == 0 && content.Anchors.Count == 0) ReportNone(content);
        else if (request.TimestampRoots is not { } roots) findings.NotChecked(Anchors, NoRoots(Math.Max(responses.Count, content.Anchors.Count)));
        else CheckAll(content, responses, roots);
    }

    private static string NoRoots(int count) =>
        $"{Counted.Of(count, "time stamp was", "time stamps were")} not checked: the root certificates of the time-stamp authority were not given.";

    private void ReportNone(LogContent content)
    {
        var failed = content.FailedAnchors > 0 ? $" {Counted.Of(content.FailedAnchors, "attempt")} to get one failed." : "";
        if (request.TimestampRoots is not null) findings.NotChecked(Anchors, "The log has no time stamp to check." + failed);
        findings.Limits.Add("No outside time stamp covers this log. Its times are the company's own." + failed);
    }

    private void CheckAll(LogContent content, List<string> responses, X509Certificate2Collection roots)
    {
        foreach (var (seq, body) in content.Anchors) CheckEntry(seq, body, roots);
        foreach (var name in responses.Where(name => !_seen.Contains(name))) CheckFile(name, roots);
        if (!findings.HasFailed(Anchors)) findings.Checked(Anchors, $"{Counted.All(_tokens.Count, "time stamp fits the log and leads", "time stamps fit the log and lead")} to the given roots.");
        if (content.FailedAnchors > 0) findings.Limits.Add($"{Counted.Of(content.FailedAnchors, "attempt")} to get a time stamp failed, as logged.");
        CheckTimes(content.ClaimedAt);
    }

    private void CheckEntry(long seq, byte[] body, X509Certificate2Collection roots)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var anchor = json.RootElement.GetProperty("predicate").Deserialize(StatementJson.Default.AnchorContent)!;
            var name = $"anchors/{anchor.Size}.{anchor.Authority}.tsr";
            _seen.Add(name);
            RequireSameFile(name, anchor.Response);
            RequireSameFile(Path.ChangeExtension(name, ".tsq"), anchor.Request);
            RequireSameFile($"checkpoints/{anchor.Size}.note", Encoding.UTF8.GetBytes(anchor.Checkpoint));
            var at = Check(anchor.Size, Encoding.UTF8.GetBytes(anchor.Checkpoint), anchor.Request, anchor.Response, roots);
            if (anchor.Size > seq) throw new EvidenceException("it stamps a log that is longer than the log before it");
            _lower.Add((seq, at));
        }
        catch (Exception bad) when (bad is EvidenceException or NoteException or JsonException or KeyNotFoundException or InvalidDataException)
        {
            findings.Failed(Anchors, $"The time stamp in entry {seq} does not hold: {bad.Message}.");
        }
    }

    private void RequireSameFile(string name, byte[] logged)
    {
        if (files.TryRead(name) is not { } file) throw new EvidenceException($"log/{name} is missing");
        if (!file.AsSpan().SequenceEqual(logged)) throw new EvidenceException($"log/{name} is not what was logged");
    }

    private void CheckFile(string name, X509Certificate2Collection roots)
    {
        try
        {
            var size = Path.GetFileName(name).Split('.')[0];
            var note = files.TryRead($"checkpoints/{size}.note") ?? throw new EvidenceException($"log/checkpoints/{size}.note is missing");
            var query = files.TryRead(Path.ChangeExtension(name, ".tsq")) ?? throw new EvidenceException("its request is missing");
            Check(Checkpoint.Open(note, key).Size, note, query, files.TryRead(name)!, roots);
        }
        catch (Exception bad) when (bad is EvidenceException or NoteException or InvalidDataException)
        {
            findings.Failed(Anchors, $"log/{name} does not hold: {bad.Message}.");
        }
    }

    private long Check(long size, byte[] note, byte[] query, byte[] response, X509Certificate2Collection roots)
    {
        var stamped = Checkpoint.Open(note, key);
        if (stamped.Size != size) throw new EvidenceException("the stamped checkpoint has another size than the time stamp says");
        if (stamped.Root != rootAt(size)) throw new EvidenceException("the stamped checkpoint is of another history than this log");
        var at = LogContent.Micros(Timestamp.Check(query, response, note, roots, request.CertificatesValidAt));
        _tokens.Add((size, at));
        return at;
    }

    /// <summary>Entry i lies after the newest token logged before it and before the earliest token over a log that holds it.</summary>
    private void CheckTimes(List<long> claimed)
    {
        var skew = Micros(request.Skew);
        var (open, late, widest, wrong) = (0L, 0L, 0L, 0L);
        var upper = UpperBounds(claimed.Count);
        var (lower, next) = (long.MinValue, 0);
        for (var seq = 0; seq < claimed.Count; seq++)
        {
            for (; next < _lower.Count && _lower[next].Seq < seq; next++) lower = Math.Max(lower, _lower[next].Micros);
            if (upper[seq] == long.MaxValue) open++;
            else if (lower != long.MinValue) widest = Math.Max(widest, upper[seq] - lower);
            if (claimed[seq] == LogContent.NoTime) continue;
            if ((lower != long.MinValue && claimed[seq] < lower - skew) || (upper[seq] != long.MaxValue && claimed[seq] > upper[seq] + skew))
                ReportWrong(seq, claimed[seq], lower, upper[seq], ++wrong);
            else if (upper[seq] != long.MaxValue && upper[seq] - claimed[seq] > Micros(request.LateAfter)) late++;
        }

        ReportTimes(claimed.Count, open, late, widest);
    }

    private long[] UpperBounds(int count)
    {
        var upper = new long[count];
        var tokens = _tokens.OrderByDescending(token => token.Size).ToList();
        var (bound, next) = (long.MaxValue, 0);
        for (var seq = count - 1; seq >= 0; seq--)
        {
            for (; next < tokens.Count && tokens[next].Size > seq; next++) bound = Math.Min(bound, tokens[next].Micros);
            upper[seq] = bound;
        }

        return upper;
    }

    private void ReportWrong(long seq, long claimed, long lower, long upper, long count)
    {
        var after = lower == long.MinValue ? "" : $" after {Text(lower)}";
        var before = upper == long.MaxValue ? "" : $" before {Text(upper)}";
        findings.Failed(Times, $"Entry {seq} claims {Text(claimed)}, but the time stamps put it{after}{before}. ({count})");
    }

    private void ReportTimes(int count, long open, long late, long widest)
    {
        if (_tokens.Count == 0) findings.NotChecked(Times, "No time stamp held, so no time is proven.");
        else if (!findings.HasFailed(Times)) findings.Checked(Times, $"{Counted.Of(count - open, "entry was written before a proven time that fits its claim", "entries were written before a proven time that fits their claim")}.");
        if (widest > 0) findings.Limits.Add($"Between two time stamps up to {Words(widest)} passed: no time is proven closer than that.");
        if (open > 0) findings.Limits.Add($"The last {Counted.Of(open, "entry is", "entries are")} newer than the newest time stamp.");
        if (late > 0) findings.Limits.Add($"{Counted.Of(late, "entry was", "entries were")} proven more than {Words(Micros(request.LateAfter))} after the time claimed.");
    }

    private static long Micros(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMicrosecond;

    private static string Text(long micros) => Entry.Timestamp(DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond));

    private static string Words(long micros) => TimeSpan.FromTicks(micros * TimeSpan.TicksPerMicrosecond) switch
    {
        { TotalHours: >= 48 } span => $"{span.TotalDays:0} days",
        { TotalMinutes: >= 120 } span => $"{span.TotalHours:0} hours",
        { TotalSeconds: >= 120 } span => $"{span.TotalMinutes:0} minutes",
        var span => $"{span.TotalSeconds:0} seconds",
    };
}
