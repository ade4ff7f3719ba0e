using Plainproof.Features.Stamps;
using Plainproof.Storage;

namespace Plainproof.Features.Safekeeping;

/// <summary>Whether the copies of the evidence logs can be made, and were. Nothing is told when none are configured.</summary>
internal static class CopyExamination
{
    private const string Mend = "Mend it, or take 'copy' out of config.json. The server catches up by itself. The manual says how: docs/manual/server.md.";

    /// <summary>Asks the server whether the bucket locks what it gets.</summary>
    /// <exception cref="DataProblem">The copy is configured wrongly.</exception>
    public static async Task<IReadOnlyList<Finding>> RunAsync(DataFolder folder, CancellationToken stop)
    {
        if (folder.Copy is null)
            return [];
        var target = CopyTarget.Read(folder);
        using var bucket = new LockedBucket(target);
        try
        {
            await bucket.RequireLockAsync(stop);
            return [Finding.Fine("The bucket for the copies answers and locks what it gets.", target.Name)];
        }
        catch (CopyProblem problem)
        {
            return [new Finding(FindingState.Broken, $"The evidence logs cannot be copied. {problem.Message}", target.Name, Mend)];
        }
    }

    public static async Task<IReadOnlyList<Finding>> RunAsync(DataFolder folder, Database database, DateTimeOffset now, CancellationToken stop)
    {
        if (folder.Copy is not { } copy || database.Company == SampleMark.Company)
            return [];
        var state = await CopyState.OfAsync(database, copy.Where, stop);
        return
        [
            state.IsLate(now)
                ? new Finding(FindingState.Broken, $"The locked copy of the log of {database.Company} {state.Lag}. {state.Copy?.Problem ?? "No server of Plainproof ran."}", copy.Where, Mend)
                : Finding.Fine($"The locked copy of the log of {database.Company} covers {state.Size} entries; {state.Waiting} wait.", copy.Where),
        ];
    }
}
