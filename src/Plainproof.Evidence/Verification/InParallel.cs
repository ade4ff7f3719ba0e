using System.Runtime.ExceptionServices;

namespace Plainproof.Evidence;

/// <summary>The same for many files, by a few readers at once.</summary>
internal static class InParallel
{
    private const int MostReaders = 8;

    /// <summary>What the work throws comes out as it is; of several, one.</summary>
    public static void ForEach<T>(IEnumerable<T> all, Action<T> work, CancellationToken stop)
    {
        try
        {
            Parallel.ForEach(all, new ParallelOptions { MaxDegreeOfParallelism = Math.Min(MostReaders, Environment.ProcessorCount), CancellationToken = stop }, work);
        }
        catch (AggregateException several)
        {
            ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }
    }
}
