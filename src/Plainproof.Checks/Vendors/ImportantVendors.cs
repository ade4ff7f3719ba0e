using Plainproof.Facts;

namespace Plainproof.Checks.Vendors;

/// <summary>Asks something of every vendor that is used and could do harm: rated above low, or a subservice organisation.</summary>
internal abstract class ImportantVendors : EachCheck<Vendor>
{
    protected override Outcome Judge(Vendor it, Given given) =>
        it.EndedOn < given.Today ? Outcome.NotApplicable
        : it.Subservice || it.Risk > VendorRisk.Low ? PassWhen(Holds(it, given))
        : it.Risk is null ? Outcome.NeedsReview : Outcome.NotApplicable;

    protected override string Say(Vendor it, Dated about, Outcome outcome, Given given) => outcome switch
    {
        Outcome.NotApplicable when it.EndedOn < given.Today => $"{it.Name} is not used since {it.EndedOn:yyyy-MM-dd}.",
        Outcome.NotApplicable => $"{it.Name} is of low risk. This is asked of the others.",
        Outcome.NeedsReview => $"Nobody rated the risk of {it.Name}. Rate it.",
        _ => Say(it, outcome == Outcome.Pass, given),
    };

    protected abstract bool Holds(Vendor it, Given given);

    protected abstract string Say(Vendor it, bool holds, Given given);
}
