using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Plainproof.Assurance;
using Plainproof.Checks;
using Plainproof.Cli;

namespace Plainproof.Features.Standing;

/// <summary>
/// Cuts results into pages. A cursor names the last result that was given, so that results which come or go in between neither repeat
/// others nor hide them.
/// </summary>
/// <param name="Times">How many results of this very name were given: a check may say several things of one subject.</param>
internal sealed record ResultCursor(string Check, string Scope, string Subject, int Times)
{
    /// <exception cref="BadInput">The cursor is none of ours.</exception>
    public static (IReadOnlyList<(Evaluation Evaluation, Result Result)> Page, string? Next) Page(IEnumerable<(Evaluation Evaluation, Result Result)> all, string? cursor, int limit)
    {
        var rest = Ordered(all);
        if (cursor is not null && Read(cursor) is { } after)
            rest = [.. rest.Where(one => one.At.CompareTo(after) > 0)];
        var page = rest.Take(limit).ToList();
        return ([.. page.Select(one => (one.Evaluation, one.Result))], rest.Count > limit ? page[^1].At.Write() : null);
    }

    private static List<(ResultCursor At, Evaluation Evaluation, Result Result)> Ordered(IEnumerable<(Evaluation Evaluation, Result Result)> all) =>
    [
        .. all.GroupBy(one => (one.Evaluation.Check.Info.Id, one.Result.Scope, one.Result.Subject))
            .OrderBy(group => group.Key.Id, StringComparer.Ordinal).ThenBy(group => group.Key.Scope, StringComparer.Ordinal).ThenBy(group => group.Key.Subject, StringComparer.Ordinal)
            .SelectMany(group => group.Select((one, i) => (new ResultCursor(group.Key.Id, group.Key.Scope, group.Key.Subject, i + 1), one.Evaluation, one.Result))),
    ];

    private static ResultCursor Read(string cursor)
    {
        try
        {
            return JsonSerializer.Deserialize<ResultCursor>(Base64Url.DecodeFromChars(cursor)) ?? throw new JsonException();
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw new BadInput("'cursor' is not what a page gave as 'next'. Begin again without it.");
        }
    }

    private string Write() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(this)));

    private int CompareTo(ResultCursor other) =>
        (string.CompareOrdinal(Check, other.Check), string.CompareOrdinal(Scope, other.Scope), string.CompareOrdinal(Subject, other.Subject)) switch
        {
            (not 0 and var check, _, _) => check,
            (_, not 0 and var scope, _) => scope,
            (_, _, not 0 and var subject) => subject,
            _ => Times.CompareTo(other.Times),
        };
}
