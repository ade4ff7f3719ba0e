namespace Plainproof.Bench.Window;

/// <summary>
/// Stands still until it is told another moment. It MUST NOT be ahead of the real clock: sealing takes the files of others that look old for
/// ones that a killed process left.
/// </summary>
internal sealed class SteppedClock : TimeProvider
{
    public DateTimeOffset Now { get; set; }

    public override DateTimeOffset GetUtcNow() => Now;
}
