using Plainproof.Facts;

namespace Plainproof.Checks.Hosts;

/// <summary>Says "not encrypted" only where the host could see encryption if there were any.</summary>
internal sealed class DisksEncrypted : EachCheck<HostVolume>
{
    protected override Outcome Judge(HostVolume it, Given given) =>
        it.Network || it.ReadOnly ? Outcome.NotApplicable
        : it.Encrypted ? Outcome.Pass
        : it.Form == HostForm.Physical ? Outcome.Fail
        : Outcome.NeedsReview;

    protected override string Say(HostVolume it, Dated about, Outcome outcome, Given given) => outcome switch
    {
        Outcome.NotApplicable when it.Network => $"{it.Mount} lies on another machine ({it.Device}).",
        Outcome.NotApplicable => $"{it.Mount} can only be read.",
        Outcome.Pass => $"{it.Mount} is encrypted ({it.By}).",
        Outcome.Fail => $"{it.Mount} ({it.Device}, {it.FileSystem}) is not encrypted.",
        _ => $"{it.Mount} ({it.Device}) is not encrypted by this host. {Unseen(it.Form)}",
    };

    private static string Unseen(HostForm form) => form switch
    {
        HostForm.Container => "A container cannot see the disk beneath: read the host it runs on.",
        HostForm.Virtual => "A virtual machine cannot see whether its provider encrypts the disk beneath: show the setting of the volume.",
        _ => "Nothing tells whether this is a real machine or a virtual one: show how its disk is encrypted.",
    };
}
