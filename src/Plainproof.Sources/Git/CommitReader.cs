using System.Buffers;
using System.Globalization;
using Plainproof.Facts;

namespace Plainproof.Sources.Git;

/// <summary>
/// The first-parent history of the default branch within a window. Two passes over a file: the records of the window are kept
/// as evidence first, so that each fact can point into it; memory stays the same however long the history is.
/// </summary>
internal sealed class CommitReader(GitReading reading)
{
    private const int LongestRecord = 4 << 20;
    private const int MostVerified = 300;

    private Dictionary<string, SignatureState> _verified = [];
    private long _inWindow;
    private DateTimeOffset _oldestWalked = DateTimeOffset.MaxValue;

    public async Task ReadAsync(CancellationToken stop)
    {
        if (reading.Tip is null)
        {
            await reading.Sink.CoverCompleteAsync<Commit>(reading.Scope, 0, stop);
            return;
        }

        await using var file = new FileStream(
            Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 81920, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        var (walked, signed, broken) = await GatherAsync(file, stop);
        var expected = long.Parse(await reading.Git.TextAsync(stop, "rev-list", "--count", "--first-parent", reading.Tip), CultureInfo.InvariantCulture);
        _verified = await Signatures.VerifyAsync(reading.Git, signed, stop);

        file.Position = 0;
        var blob = await reading.Sink.KeepAsync("application/x-git-rev-list", file, stop);
        file.Position = 0;
        await TellAsync(file, blob, stop);
        reading.Sink.Called(new Call("git rev-list --first-parent --header", 1, walked));
        await CoverAsync(walked, expected, broken, stop);
    }

    private async ValueTask CoverAsync(long walked, long expected, long broken, CancellationToken stop)
    {
        var trouble = reading.Shallow && _oldestWalked >= reading.Since
            ? ("This is a shallow clone: older commits of the window are not in it.", "Run: git fetch --unshallow")
            : broken > 0 ? ($"{broken} commits are broken and could not be read.", "Run: git fsck")
            : walked != expected ? ($"git listed {walked} commits and counted {expected}.", "Run: git fsck")
            : ((string, string)?)null;
        await (trouble is { } it
            ? reading.Sink.CoverAsync<Commit>(reading.Scope, Completeness.Partial, it.Item1, it.Item2, stop, _inWindow)
            : reading.Sink.CoverCompleteAsync<Commit>(reading.Scope, _inWindow, stop));
    }

    /// <summary>Copies the records of the window into a file, each ended by a zero byte, and counts all.</summary>
    private async Task<(long Walked, List<string> Signed, long Broken)> GatherAsync(Stream into, CancellationToken stop)
    {
        var (walked, broken, signed) = (0L, 0L, new List<string>());
        using var running = reading.Git.Start("rev-list", "--first-parent", "--header", reading.Tip!);
        running.Input.Close();
        await foreach (var record in RecordsAsync(running.Output, stop))
        {
            walked++;
            if (RawCommit.Parse(record.Span) is not { } commit)
            {
                broken++;
                continue;
            }

            _oldestWalked = commit.Committer.At < _oldestWalked ? commit.Committer.At : _oldestWalked;
            if (commit.Committer.At < reading.Since)
                continue;
            if (commit.Signed && signed.Count < MostVerified)
                signed.Add(commit.Sha);
            await into.WriteAsync(record, stop);
            into.WriteByte(0);
        }

        await running.EndAsync(stop);
        return (walked, signed, broken);
    }

    private async Task TellAsync(Stream from, Digest blob, CancellationToken stop)
    {
        var at = 0L;
        await foreach (var record in RecordsAsync(from, stop))
        {
            var commit = RawCommit.Parse(record.Span)!;
            await reading.Sink.AddAsync(
                Fact.Of(Subjects.Of(reading.Scope, "commit", commit.Sha), FactOf(commit), new Pointer(blob, string.Create(CultureInfo.InvariantCulture, $"bytes:{at}-{at + record.Length}"))), stop);
            at += record.Length + 1;
            _inWindow++;
        }
    }

    private Commit FactOf(RawCommit commit) => new(
        commit.Sha, commit.Author.Name, commit.Author.Email, commit.Committer.Name, commit.Committer.Email, commit.Committer.At,
        CodeHosts.ArrivalOf(commit), _verified.GetValueOrDefault(commit.Sha, commit.Signed ? SignatureState.Present : SignatureState.None),
        commit.Message.Count > 0 ? commit.Message[0] : "", reading.Name, CodeHosts.RequestOf(commit),
        CodeHosts.CoAuthors(commit) is { Count: > 0 } others ? others : null, commit.Parents == 0);

    /// <summary>Records of any length up to a bound, parted by zero bytes. What is longer is cut: its headers come first.</summary>
    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> RecordsAsync(Stream from, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        var record = new ArrayBufferWriter<byte>();
        var buffer = new byte[81920];
        for (int read; (read = await from.ReadAsync(buffer, stop)) > 0;)
        {
            var rest = buffer.AsMemory(0, read);
            for (int end; (end = rest.Span.IndexOf((byte)0)) >= 0; rest = rest[(end + 1)..])
            {
                Append(record, rest.Span[..end]);
                if (record.WrittenCount > 0)
                    yield return record.WrittenMemory;
                record.ResetWrittenCount();
            }

            Append(record, rest.Span);
        }

        if (record.WrittenCount > 0 && record.WrittenSpan.TrimEnd("\n "u8).Length > 0)
            yield return record.WrittenMemory;
    }

    private static void Append(ArrayBufferWriter<byte> record, ReadOnlySpan<byte> bytes) =>
        record.Write(bytes[..Math.Clamp(LongestRecord - record.WrittenCount, 0, bytes.Length)]);
}

/// <summary>Checks signatures against keys that the reader's own machine trusts, never against what the repository names.</summary>
internal static class Signatures
{
    public static async Task<Dictionary<string, SignatureState>> VerifyAsync(GitCommand git, IReadOnlyList<string> commits, CancellationToken stop)
    {
        var states = new Dictionary<string, SignatureState>(StringComparer.Ordinal);
        if (commits.Count == 0)
            return states;
        var signers = await git.MaybeAsync(stop, "config", "--global", "--path", "gpg.ssh.allowedSignersFile") ?? "/dev/null";
        using var running = git.Start(
            "-c", $"gpg.ssh.allowedSignersFile={signers}", "-c", "gpg.ssh.revocationFile=/dev/null", "-c", "gpg.minTrustLevel=undefined",
            "log", "--no-walk=unsorted", "--stdin", "--no-show-signature", "--format=%H %G?");
        foreach (var sha in commits)
            await running.Input.WriteAsync($"{sha}\n".AsMemory(), stop);
        running.Input.Close();
        using var lines = new StreamReader(running.Output);
        while (await lines.ReadLineAsync(stop) is { } line)
        {
            if (line.Split(' ') is [var sha, var letter])
                states[sha] = letter switch { "G" => SignatureState.Verified, "B" or "R" => SignatureState.Bad, "N" => SignatureState.None, _ => SignatureState.Present };
        }

        await running.EndAsync(stop);
        return states;
    }
}
