using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Plainproof.Cli;
using Plainproof.Evidence;
using Plainproof.Features.People;
using Plainproof.Web;

namespace Plainproof.Features.Engagements;

/// <summary>Gathers what an auditor would ask about an engagement, and keeps why somebody went on nevertheless.</summary>
internal sealed class WarningBook(RecordedWork work, EngagementBook engagements, IEnumerable<IWarnings> all)
{
    private const int LongestReason = 2000;
    private const int ShortestReason = 10;

    /// <summary>Those that stand first. A closed engagement has none.</summary>
    public async Task<IReadOnlyList<SeenWarning>> OfAsync(Engagement it, CancellationToken stop)
    {
        if (!it.IsOpen)
            return [];
        var aside = (await work.Records.Set<WarningSetAside>().AsNoTracking().Where(one => one.EngagementId == it.Id && one.EndedAt == null).ToListAsync(stop)).OrderBy(one => one.SetAt).ToLookup(one => one.Warning, StringComparer.Ordinal);
        return [.. (await AllAsync(it, stop)).Select(warning => new SeenWarning(
            warning, aside[warning.Id].LastOrDefault(one => one.Said == warning.Says), aside[warning.Id].LastOrDefault(one => one.Said != warning.Says))).OrderBy(seen => seen.Stands ? 0 : 1)];
    }

    /// <param name="once">Made when the form was shown, so that it is written down once.</param>
    /// <exception cref="BadInput">Not theirs to do, no reason, or the warning says something else by now.</exception>
    public async Task SetAsideAsync(string engagement, string warning, string once, string reason, CancellationToken stop)
    {
        work.Require(Ability.ManageEngagement, "set a warning aside");
        var id = RecordedWork.Once(once);
        var fields = new TypedFields();
        var why = fields.Text(reason, "The reason", LongestReason, ShortestReason, "Say in a sentence why you go on. Your auditor will ask.");
        fields.OrBad();
        var it = await engagements.OfAsync(engagement, stop) ?? throw new BadInput("There is no such engagement.");
        var seen = (await OfAsync(it, stop)).FirstOrDefault(one => one.Warning.Id == warning && one.Stands);
        await work.ActAsync(async () =>
        {
            if (await work.Records.Set<WarningSetAside>().AnyAsync(one => one.Id == id, stop))
                return null;
            if (seen is null)
                throw new BadInput("This warning does not stand any more. Look at the page again.");
            work.Records.Add(new WarningSetAside { Id = id, EngagementId = engagement, Warning = warning, Said = seen.Warning.Says, Reason = why, SetAt = work.Now, SetBy = work.By });
            return Tell("engagement.warning-set-aside", engagement, warning, new JsonObject { ["said"] = seen.Warning.Says, ["reason"] = why });
        }, stop);
    }

    /// <summary>The warning stands again. Why it was set aside stays on record.</summary>
    /// <exception cref="BadInput">Not theirs to do.</exception>
    public Task TakeUpAsync(string engagement, string warning, CancellationToken stop)
    {
        work.Require(Ability.ManageEngagement, "take a warning up again");
        return work.ActAsync(async () =>
        {
            var stored = await work.Records.Set<WarningSetAside>().Where(one => one.EngagementId == engagement && one.Warning == warning && one.EndedAt == null).ToListAsync(stop);
            foreach (var one in stored)
                (one.EndedAt, one.EndedBy) = (work.Now, work.By);
            return stored.Count == 0 ? null : Tell("engagement.warning-taken-up", engagement, warning, []);
        }, stop);
    }

    private async Task<IReadOnlyList<Warning>> AllAsync(Engagement it, CancellationToken stop)
    {
        var found = new List<Warning>();
        foreach (var one in all)
            found.AddRange(await one.ForAsync(it, stop));
        return found;
    }

    private Entry Tell(string kind, string engagement, string warning, JsonObject more)
    {
        (more["engagement"], more["warning"]) = (engagement, warning);
        return work.Tell(kind, more);
    }
}
