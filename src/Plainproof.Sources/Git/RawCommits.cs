using System.Globalization;
using System.Text;
using Plainproof.Facts;

namespace Plainproof.Sources.Git;

/// <summary>One commit as git stores it, in the words of <c>git rev-list --header</c>: headers, an empty line, the message set in by four spaces.</summary>
internal sealed record RawCommit(
    string Sha, int Parents, (string Name, string Email, DateTimeOffset At) Author, (string Name, string Email, DateTimeOffset At) Committer, bool Signed, string SignatureSort, IReadOnlyList<string> Message)
{
    /// <summary>Null when the record is broken.</summary>
    public static RawCommit? Parse(ReadOnlySpan<byte> record)
    {
        var lines = Encoding.UTF8.GetString(record).Split('\n');
        var sha = lines[0].Trim();
        (string, string, DateTimeOffset)? author = null, committer = null;
        var (parents, signature, at) = (0, "", 1);
        for (; at < lines.Length && lines[at].Length > 0; at++)
        {
            var (word, rest) = lines[at].IndexOf(' ') is var space and > 0 ? (lines[at][..space], lines[at][(space + 1)..]) : ("", "");
            if (word == "parent")
                parents++;
            else if (word == "author")
                author = Person(rest);
            else if (word == "committer")
                committer = Person(rest);
            else if (word is "gpgsig" or "gpgsig-sha256")
                signature = rest.Contains("SSH", StringComparison.Ordinal) ? "ssh" : rest.Contains("SIGNED MESSAGE", StringComparison.Ordinal) ? "x509" : "pgp";
        }

        return author is { } a && committer is { } c
            ? new RawCommit(sha, parents, a, c, signature.Length > 0, signature, [.. lines.Skip(at + 1).Select(line => line.StartsWith("    ", StringComparison.Ordinal) ? line[4..] : line)])
            : null;
    }

    /// <summary><c>Ann Smith &lt;ann@example.test&gt; 1780000000 +0200</c>; the name may be empty, and the time out of any range.</summary>
    private static (string, string, DateTimeOffset)? Person(string text)
    {
        var (open, close) = (text.IndexOf('<'), text.LastIndexOf('>'));
        if (open < 0 || close < open)
            return null;
        var seconds = text[(close + 1)..].Trim().Split(' ')[0];
        return (text[..open].Trim(), text[(open + 1)..close].Trim(), Time(seconds));
    }

    private static DateTimeOffset Time(string seconds) =>
        long.TryParse(seconds, CultureInfo.InvariantCulture, out var unix) && unix is >= 0 and < 253402300800 ? DateTimeOffset.FromUnixTimeSeconds(unix) : DateTimeOffset.UnixEpoch;
}

/// <summary>How a commit shows that a code host made it.</summary>
internal static partial class CodeHosts
{
    public static Arrival ArrivalOf(RawCommit commit) =>
        IsWebCommitter(commit.Committer) || (commit.Parents > 1 && RequestOf(commit) is not null) ? Arrival.CodeHost
        : commit.Parents > 1 ? Arrival.LocalMerge
        : Arrival.Direct;

    /// <summary>The number of the pull or merge request, in the words that each code host writes.</summary>
    public static string? RequestOf(RawCommit commit)
    {
        var first = commit.Message.Count > 0 ? commit.Message[0] : "";
        if (RequestInSubject().Match(first) is { Success: true } named)
            return named.Groups["n"].Value;
        return commit.Message.Select(line => MergeRequest().Match(line)).FirstOrDefault(match => match.Success)?.Groups["n"].Value;
    }

    public static IReadOnlyList<string> CoAuthors(RawCommit commit) =>
        [.. commit.Message.Where(line => line.StartsWith("Co-authored-by:", StringComparison.OrdinalIgnoreCase)).Select(line => line[15..].Trim())];

    /// <summary>GitHub commits merges, squashes and edits in the browser under its own name; Gitea, Forgejo and Azure can do so too.</summary>
    private static bool IsWebCommitter((string Name, string Email, DateTimeOffset At) committer) =>
        committer.Email.Equals("noreply@github.com", StringComparison.OrdinalIgnoreCase)
        || (committer.Name is "Gitea" or "Forgejo" or "GitLab" && committer.Email.StartsWith("noreply@", StringComparison.OrdinalIgnoreCase));

    [System.Text.RegularExpressions.GeneratedRegex(@"^Merge pull request (?:'.*' \()?#(?<n>\d+)|^Merged in \S+ \(pull request #(?<n>\d+)\)|^Merged PR (?<n>\d+):|\((?:#|!)(?<n>\d+)\)\s*$")]
    private static partial System.Text.RegularExpressions.Regex RequestInSubject();

    [System.Text.RegularExpressions.GeneratedRegex(@"^See merge request \S*!(?<n>\d+)|^Reviewed-on: \S+/pulls?/(?<n>\d+)")]
    private static partial System.Text.RegularExpressions.Regex MergeRequest();
}
