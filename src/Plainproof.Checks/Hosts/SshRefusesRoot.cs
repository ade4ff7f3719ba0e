using Plainproof.Facts;

namespace Plainproof.Checks.Hosts;

/// <summary>Judges what the server does for root, after the blocks that hold for root alone.</summary>
internal sealed class SshRefusesRoot : EachCheck<SshServer>
{
    protected override Outcome Judge(SshServer it, Given given) => Setting(it) switch
    {
        "no" or "prohibit-password" or "without-password" or "forced-commands-only" => Exception(it) is null ? Outcome.Pass : Outcome.NeedsReview,
        "yes" => Outcome.Fail,
        _ => Outcome.NeedsReview,
    };

    protected override string Say(SshServer it, Dated about, Outcome outcome, Given given) => (outcome, Setting(it)) switch
    {
        (Outcome.Fail, _) => $"The SSH server with {it.ConfigFile} lets root sign in (PermitRootLogin yes).",
        (Outcome.NeedsReview, _) when Exception(it) is { } exception => $"The SSH server with {it.ConfigFile} refuses root, and makes an exception: {exception}.",
        (Outcome.NeedsReview, var setting) => $"The SSH server with {it.ConfigFile} has a setting we do not know: PermitRootLogin {setting}.",
        (_, "no") => $"The SSH server with {it.ConfigFile} refuses root (PermitRootLogin no).",
        (_, var setting) => $"The SSH server with {it.ConfigFile} takes root's key only (PermitRootLogin {setting}).",
    };

    private static string Setting(SshServer it) => it.RootLoginAsRoot ?? it.PermitRootLogin;

    private static string? Exception(SshServer it) => it.Loosened.FirstOrDefault(line => line.Contains("PermitRootLogin", StringComparison.OrdinalIgnoreCase));
}
