namespace Plainproof.Facts;

/// <param name="Remote">Where it is pulled from, without user name or password; null when it has no remote.</param>
/// <param name="DefaultBranch">The branch that releases come from; null when there is none yet.</param>
/// <param name="Head">Commit id at its tip; null when the repository is empty.</param>
/// <param name="CiFiles">Build and test definitions found at well-known paths.</param>
/// <param name="CodeOwnersFile">Path of the file that names who must review what.</param>
/// <param name="LockFiles">Files that pin the versions of dependencies.</param>
[Kind("repository.core", "Repositories: default branch, build files, code owners")]
public sealed record Repository(
    string Name,
    IReadOnlyList<string> CiFiles,
    IReadOnlyList<string> LockFiles,
    string? Remote = null,
    string? DefaultBranch = null,
    string? Head = null,
    string? CodeOwnersFile = null,
    string? LicenceFile = null,
    string? SecurityFile = null,
    string? UpdateBotFile = null);

/// <summary>How a commit came to the default branch, as far as the clone can tell.</summary>
public enum Arrival
{
    /// <summary>Nothing in the commit shows a merge through a code host.</summary>
    Direct,

    /// <summary>A merge commit made outside a code host.</summary>
    LocalMerge,

    /// <summary>Made by a code host on behalf of someone: a pull request or merge request was merged, or a file edited in the browser.</summary>
    CodeHost,
}

public enum SignatureState
{
    None,

    /// <summary>A signature is there; whether it is good was not, or could not be, established.</summary>
    Present,

    /// <summary>Checked against a key that the reader's machine trusts.</summary>
    Verified,

    /// <summary>Checked, and wrong, expired or revoked.</summary>
    Bad,
}

/// <summary>One commit on the default branch, first parents only.</summary>
/// <param name="At">When it was committed, as the commit says.</param>
/// <param name="Request">Number of the pull or merge request its message names; null when none.</param>
/// <param name="CoAuthors">Names and addresses from Co-authored-by lines.</param>
/// <param name="Summary">First line of the message.</param>
[Kind("change.commit", "Changes that reached the default branch")]
public sealed record Commit(
    string Sha,
    string AuthorName,
    string AuthorEmail,
    string CommitterName,
    string CommitterEmail,
    DateTimeOffset At,
    Arrival Arrival,
    SignatureState Signature,
    string Summary,
    string Repository,
    string? Request = null,
    IReadOnlyList<string>? CoAuthors = null,
    bool First = false);

/// <summary>Something in the tree that looks like a secret. The secret itself is never kept.</summary>
/// <param name="Sort">What it looks like: <c>AWS access key</c>.</param>
/// <param name="Masked">A few characters and stars, enough to recognise it by.</param>
[Kind("repository.secret", "Secrets found in code")]
public sealed record RepositorySecret(string File, int Line, string Sort, string Masked, string Repository);
