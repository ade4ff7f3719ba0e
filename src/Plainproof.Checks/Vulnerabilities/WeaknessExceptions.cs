using Plainproof.Facts;

namespace Plainproof.Checks.Vulnerabilities;

/// <summary>What is left out has a reason, an owner and an end, as far as the format can carry them.</summary>
internal sealed class WeaknessExceptions : EachCheck<Weakness>
{
    protected override Outcome Judge(Weakness it, Given given) =>
        it.State is not (WeaknessState.Suppressed or WeaknessState.NotAffected) ? Outcome.NotApplicable
        : it.Justification is null || it.Expires < given.Today ? Outcome.Fail
        : it.State == WeaknessState.NotAffected ? Outcome.Pass
        : it is { Owner: not null, Expires: not null } ? Outcome.Pass
        : Outcome.NeedsReview;

    protected override string Say(Weakness it, Dated about, Outcome outcome, Given given) => outcome switch
    {
        Outcome.NotApplicable => $"{it.Id} is not left out.",
        Outcome.Pass when it.Expires is { } until => $"{it.Id} is left out until {until:yyyy-MM-dd}, for a reason, by {it.Owner ?? "nobody named"}.",
        Outcome.Pass => $"{it.Id} is said not to apply, for a reason.",
        Outcome.NeedsReview => $"{it.Id} is left out for a reason. Note who owns that, and until when; the report has no place for it.",
        _ when it.Justification is null => $"{it.Id} is left out, and no reason is given.",
        _ => $"The time for leaving out {it.Id} ended on {it.Expires:yyyy-MM-dd}.",
    };
}
