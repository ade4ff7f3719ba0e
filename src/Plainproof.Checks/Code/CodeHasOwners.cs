using Plainproof.Facts;

namespace Plainproof.Checks.Code;

internal sealed class CodeHasOwners : EachCheck<Repository>
{
    protected override Outcome Judge(Repository it, Given given) => it.Head is null ? Outcome.NotApplicable : PassWhen(it.CodeOwnersFile is not null);

    protected override string Say(Repository it, Dated about, Outcome outcome, Given given) => outcome switch
    {
        Outcome.NotApplicable => $"{it.Name} has no commit yet.",
        Outcome.Pass => $"{it.Name} names reviewers in {it.CodeOwnersFile}.",
        _ => $"{it.Name} has no CODEOWNERS file.",
    };
}
