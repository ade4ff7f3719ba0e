using Plainproof.Facts;

namespace Plainproof.Checks.Domains;

/// <summary>The registration does not end soon.</summary>
internal sealed class DomainExpiry : EachCheck<DomainRegistration>
{
    protected override Outcome Judge(DomainRegistration it, Given given) =>
        it.ExpiresAt is not { } ends ? Outcome.NeedsReview : PassWhen((ends - given.AsOf).TotalDays >= given["daysLeft"]);

    protected override string Say(DomainRegistration it, Dated about, Outcome outcome, Given given) => it.ExpiresAt is not { } ends
        ? $"The registry does not say when the registration of {it.Domain} ends. Look in your registrar's account."
        : ends <= given.AsOf ? $"The registration of {it.Domain} ended on {ends:yyyy-MM-dd}."
        : $"The registration of {it.Domain} ends on {ends:yyyy-MM-dd}, in {(ends - given.AsOf).TotalDays:0} days.";
}
