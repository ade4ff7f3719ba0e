using Plainproof.Facts;

namespace Plainproof.Checks.Vendors;

/// <summary>Each important vendor signed terms on security and data.</summary>
internal sealed class VendorsUnderAgreement : ImportantVendors
{
    protected override bool Holds(Vendor it, Given given) => it.AgreementSignedOn <= given.Today;

    protected override string Say(Vendor it, bool holds, Given given) =>
        holds ? $"The agreement with {it.Name} was signed on {it.AgreementSignedOn:yyyy-MM-dd}."
        : it.AgreementSignedOn is { } day ? $"The agreement with {it.Name} is to be signed on {day:yyyy-MM-dd}."
        : $"No signed agreement with {it.Name} is told.";
}
