namespace Plainproof.Features.Standing;

/// <summary>What one stage of large work leaves behind is given back before the next needs as much: else the two add up.</summary>
internal static class Memory
{
    private const int Many = 20_000;

    /// <param name="facts">How many were handled; few leave nothing that is worth the time.</param>
    public static void GiveBackAfter(long facts)
    {
        if (facts > Many)
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
    }
}
