using Plainproof.Facts;

namespace Plainproof.Checks.Accounts;

/// <summary>Length and lock-out of every password rule, the default and the finer ones alike.</summary>
internal sealed class PasswordRules : EachCheck<PasswordPolicy>
{
    protected override Outcome Judge(PasswordPolicy it, Given given) =>
        !it.IsDefault && it.AppliesTo.Count == 0 ? Outcome.NotApplicable : PassWhen(!Weaknesses(it, given).Any());

    protected override string Say(PasswordPolicy it, Dated about, Outcome outcome, Given given) => outcome switch
    {
        Outcome.NotApplicable => $"The password rule {it.Name} applies to nobody.",
        Outcome.Pass => $"The password rule {it.Name} asks for {it.MinLength} characters and locks after {it.LockoutThreshold} wrong tries.",
        _ => $"The password rule {it.Name}{For(it)} {string.Join(", and ", Weaknesses(it, given))}.",
    };

    private static IEnumerable<string> Weaknesses(PasswordPolicy it, Given given)
    {
        if (it.MinLength < given["minLength"])
            yield return $"asks for {it.MinLength} characters where {given["minLength"]:0} are needed";
        if (it.LockoutThreshold <= 0)
            yield return "never locks an account after wrong tries";
        else if (it.LockoutThreshold > given["mostTries"])
            yield return $"allows {it.LockoutThreshold} wrong tries where {given["mostTries"]:0} are the most";
    }

    private static string For(PasswordPolicy it) => it.IsDefault ? "" : $" (for {string.Join(", ", it.AppliesTo)})";
}
