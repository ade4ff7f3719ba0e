using Plainproof.Facts;

namespace Plainproof.Checks.Accounts;

/// <summary>Computers that have not been seen for long and could still sign in.</summary>
internal sealed class IdleComputers : EachCheck<Computer>
{
    protected override Outcome Judge(Computer it, Given given) =>
        !it.Enabled || it.ServesDirectory ? Outcome.NotApplicable
        : PassWhen(it.LastSeenAt is { } at && (given.AsOf - at).TotalDays <= given["idleDays"] + it.SlackDays);

    protected override string Say(Computer it, Dated about, Outcome outcome, Given given) => outcome switch
    {
        Outcome.NotApplicable => $"{it.Name} is switched off in the directory, or is part of it.",
        Outcome.Pass => $"{it.Name} was seen within {given["idleDays"]:0} days.",
        _ when it.LastSeenAt is { } at => $"{it.Name} was last seen on {at:yyyy-MM-dd}, {(given.AsOf - at).TotalDays:0} days ago, and is still enabled.",
        _ => $"{it.Name} was never seen and is enabled.",
    };
}
