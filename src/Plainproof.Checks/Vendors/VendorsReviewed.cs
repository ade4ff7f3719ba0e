using Plainproof.Facts;

namespace Plainproof.Checks.Vendors;

/// <summary>Somebody looked at how safe each important vendor is, lately enough.</summary>
internal sealed class VendorsReviewed : ImportantVendors
{
    protected override bool Holds(Vendor it, Given given) => DaysSince(it, given) is { } days && days >= 0 && days <= given["reviewDays"];

    protected override string Say(Vendor it, bool holds, Given given) => DaysSince(it, given) switch
    {
        null => $"{it.Name} was never reviewed.",
        < 0 => $"{it.Name} is to be reviewed on {it.ReviewedOn:yyyy-MM-dd}. No review before that day is told.",
        var days => $"{it.Name} was last reviewed on {it.ReviewedOn:yyyy-MM-dd}, {days} days before {given.Today:yyyy-MM-dd}{(holds ? "" : $"; {given["reviewDays"]:0} are allowed")}.",
    };

    private static int? DaysSince(Vendor it, Given given) => given.Today.DayNumber - it.ReviewedOn?.DayNumber;
}
