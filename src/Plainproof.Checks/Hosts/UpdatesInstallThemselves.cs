using Plainproof.Facts;

namespace Plainproof.Checks.Hosts;

internal sealed class UpdatesInstallThemselves : EachCheck<HostUpdates>
{
    protected override Outcome Judge(HostUpdates it, Given given) =>
        it.Automatic ? Outcome.Pass : it.Form == HostForm.Container ? Outcome.NeedsReview : Outcome.Fail;

    protected override string Say(HostUpdates it, Dated about, Outcome outcome, Given given) => outcome switch
    {
        Outcome.Pass => $"Security updates install by themselves ({it.AutomaticBy ?? it.Tool}).",
        Outcome.NeedsReview => "Nothing installs updates in this container. Show how often its image is built anew.",
        _ => "Nothing installs security updates by itself.",
    };
}
