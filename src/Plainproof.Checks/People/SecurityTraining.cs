using Plainproof.Facts;

namespace Plainproof.Checks.People;

internal sealed class SecurityTraining : RecurringRecord
{
    protected override string Record => nameof(PersonRecords.TrainedOn);

    protected override string Did => "finished security training";

    protected override DateOnly? DoneOn(PersonRecords records) => records.TrainedOn;
}
