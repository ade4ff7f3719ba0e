namespace Plainproof.Checks.Work;

/// <summary>
/// What a change is called, the same for every system that tells of it. Code hosts write <c>#12</c>, <c>!12</c> and <c>owner/name</c>;
/// clones are named by their last part.
/// </summary>
public readonly record struct ChangeName(string Repository, string Number)
{
    /// <returns>Null when the request has no number.</returns>
    public static ChangeName? Of(string repository, string? request) =>
        request is not null && new string([.. request.Where(char.IsAsciiDigit)]) is { Length: > 0 } number ? new ChangeName(RepositoryOf(repository), number) : null;

    public static string RepositoryOf(string name)
    {
        var last = name.TrimEnd('/').Split('/')[^1].ToUpperInvariant();
        return last.EndsWith(".GIT", StringComparison.Ordinal) ? last[..^4] : last;
    }
}
