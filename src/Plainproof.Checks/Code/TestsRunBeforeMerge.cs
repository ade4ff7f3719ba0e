using Plainproof.Facts;

namespace Plainproof.Checks.Code;

internal sealed class TestsRunBeforeMerge : EachCheck<Repository>
{
    protected override Outcome Judge(Repository it, Given given) => it.Head is null ? Outcome.NotApplicable : PassWhen(it.CiFiles.Count > 0);

    protected override string Say(Repository it, Dated about, Outcome outcome, Given given) => outcome switch
    {
        Outcome.NotApplicable => $"{it.Name} has no commit yet.",
        Outcome.Pass => $"{it.Name} defines its build in {string.Join(", ", it.CiFiles)}.",
        _ => $"{it.Name} has no build file that we know.",
    };
}
