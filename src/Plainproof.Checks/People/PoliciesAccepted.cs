using Plainproof.Facts;

namespace Plainproof.Checks.People;

internal sealed class PoliciesAccepted : RecurringRecord
{
    protected override string Record => nameof(PersonRecords.PoliciesAcceptedOn);

    protected override string Did => "accepted the policies";

    protected override DateOnly? DoneOn(PersonRecords records) => records.PoliciesAcceptedOn;
}
