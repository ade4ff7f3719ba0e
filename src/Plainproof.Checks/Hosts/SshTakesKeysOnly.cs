using Plainproof.Facts;

namespace Plainproof.Checks.Hosts;

/// <summary>A password may come second, after a key; never alone.</summary>
internal sealed class SshTakesKeysOnly : EachCheck<SshServer>
{
    protected override Outcome Judge(SshServer it, Given given) =>
        NeedsKey(it) ? Outcome.Pass
        : it.PasswordAuthentication || AsksByDialogue(it) ? Outcome.Fail
        : Exceptions(it).Any() ? Outcome.NeedsReview
        : Outcome.Pass;

    protected override string Say(SshServer it, Dated about, Outcome outcome, Given given) => outcome switch
    {
        Outcome.Pass when it.PasswordAuthentication || AsksByDialogue(it) => $"The SSH server with {it.ConfigFile} asks for a key first, always ({it.AuthenticationMethods}).",
        Outcome.Pass => $"The SSH server with {it.ConfigFile} takes keys only.",
        Outcome.NeedsReview => $"The SSH server with {it.ConfigFile} takes keys, and makes an exception: {Exceptions(it).First()}.",
        _ when it.PermitEmptyPasswords => $"The SSH server with {it.ConfigFile} takes passwords, even empty ones.",
        _ when it.PasswordAuthentication => $"The SSH server with {it.ConfigFile} takes passwords.",
        _ => $"The SSH server with {it.ConfigFile} takes passwords by dialogue (KbdInteractiveAuthentication with PAM).",
    };

    /// <summary>Without PAM nothing stands behind the dialogue.</summary>
    private static bool AsksByDialogue(SshServer it) => it is { KeyboardInteractive: true, UsePam: true };

    /// <summary>sshd_config(5): ways are parted by spaces, the steps of one way by commas.</summary>
    private static bool NeedsKey(SshServer it) =>
        it.AuthenticationMethods is { } methods && methods != "any"
        && methods.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(way => way.Split(',').Any(step => step.StartsWith("publickey", StringComparison.Ordinal) || step == "hostbased"));

    private static IEnumerable<string> Exceptions(SshServer it) => it.Loosened.Where(line => !line.Contains("PermitRootLogin", StringComparison.OrdinalIgnoreCase));
}
