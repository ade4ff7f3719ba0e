using Plainproof.Facts;

namespace Plainproof.Checks.Hosts;

internal sealed class FirewallClosedByDefault : EachCheck<HostFirewall>
{
    protected override Outcome Judge(HostFirewall it, Given given) =>
        it is { Active: true, DropsInbound4: true, DropsInbound6: true } ? Outcome.Pass
        : it.Form == HostForm.Container ? Outcome.NeedsReview
        : Outcome.Fail;

    protected override string Say(HostFirewall it, Dated about, Outcome outcome, Given given)
    {
        var (name, tools) = (Subjects.ShortName(about.Scope, about.Subject), string.Join(", ", it.Tools));
        return outcome switch
        {
            Outcome.Pass => $"The firewall ({tools}) of {name} drops what no rule allows.",
            Outcome.NeedsReview => $"{name} is a container without a firewall of its own. Show the firewall of its host.",
            _ when !it.Active => $"No firewall is active on {name}.",
            _ when it.DropsInbound4 => $"The firewall ({tools}) of {name} is closed for IPv4, and open for IPv6.",
            _ when it.DropsInbound6 => $"The firewall ({tools}) of {name} is open for IPv4.",
            _ => $"The firewall ({tools}) of {name} lets in what no rule names.",
        };
    }
}
