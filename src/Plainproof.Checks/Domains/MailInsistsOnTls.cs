using Plainproof.Facts;

namespace Plainproof.Checks.Domains;

/// <summary>Senders are told not to fall back to plain text: by MTA-STS in enforce mode, or by DANE on every mail server.</summary>
internal sealed class MailInsistsOnTls : EachCheck<MailSts>
{
    protected override Outcome Judge(MailSts it, Given given) =>
        HasDane(it) && it.DaneValidated ? Outcome.Pass
        : Weakness(it, given) is null ? Outcome.Pass
        : HasDane(it) ? Outcome.NeedsReview
        : Outcome.Fail;

    protected override string Say(MailSts it, Dated about, Outcome outcome, Given given) => outcome switch
    {
        Outcome.Pass => $"Senders to {it.Domain} are told to insist on encryption ({(HasDane(it) && it.DaneValidated ? "DANE" : "MTA-STS")}).",
        Outcome.NeedsReview => $"{it.Domain} has DANE records, and the DNS server that was asked does not check signatures. Ask one that does.",
        _ => Weakness(it, given)!,
    };

    private static bool HasDane(MailSts it) => it.MailServers > 0 && it.WithDane == it.MailServers;

    private static string? Weakness(MailSts it, Given given) => it switch
    {
        { StsAnnounced: false } => $"{it.Domain} does not tell senders to insist on encryption (no MTA-STS, no DANE).",
        { StsProblem: { } problem } => $"The MTA-STS policy of {it.Domain} does not work. {problem}",
        { Mode: not StsMode.Enforce } => $"The MTA-STS policy of {it.Domain} is not in force (mode {it.Mode?.ToString().ToLowerInvariant()}).",
        { NotCovered.Count: > 0 } => $"The MTA-STS policy of {it.Domain} does not name {DomainWords.List(it.NotCovered)}.",
        _ when it.MaxAgeSeconds < given["policyDays"] * 86400 => $"The MTA-STS policy of {it.Domain} lasts only {it.MaxAgeSeconds} seconds.",
        _ => null,
    };
}
