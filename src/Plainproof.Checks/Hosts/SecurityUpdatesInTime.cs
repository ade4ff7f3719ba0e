using Plainproof.Facts;

namespace Plainproof.Checks.Hosts;

/// <summary>
/// The clock of an update starts when it came out, or, where the host does not tell, when it was first seen waiting.
/// Late ones are named one by one; a host without late ones passes as one.
/// </summary>
internal sealed class SecurityUpdatesInTime : ICheck
{
    public CheckInfo Info { get; } = CheckInfo.Beside(typeof(SecurityUpdatesInTime));

    public void Evaluate(IFacts facts, Given given, Findings into)
    {
        var waiting = facts.Of<PendingUpdate>().ToLookup(update => update.Scope, StringComparer.Ordinal);
        foreach (var host in facts.Of<HostUpdates>())
        {
            var late = waiting[host.Scope].Where(update => Days(update, given) > given["limitDays"]).ToList();
            foreach (var update in late)
                into.Judge(update, Outcome.Fail);
            if (late.Count == 0)
                into.Judge(host, Outcome.Pass, () => OnTime([.. waiting[host.Scope]], given));
        }
    }

    public string Say(in Result result, Given given)
    {
        var update = (Dated<PendingUpdate>)result.About!;
        var days = $"{Days(update, given):0} days ago; the limit is {given["limitDays"]:0} days.";
        return update.Value.PublishedAt is { } at
            ? $"{update.Value.Package} {update.Value.Installed} lacks a security update that came out on {at:yyyy-MM-dd}, {days}"
            : $"{update.Value.Package} {update.Value.Installed} has lacked a security update since it was first seen on {update.FirstSeen:yyyy-MM-dd}, {days}";
    }

    private static string OnTime(IReadOnlyList<Dated<PendingUpdate>> waiting, Given given)
    {
        if (waiting.Count == 0)
            return "No security update waits.";
        var oldest = waiting.MinBy(Since)!;
        return $"{waiting.Count} security {(waiting.Count == 1 ? "update waits" : "updates wait")}, the oldest since {Since(oldest):yyyy-MM-dd} ({oldest.Value.Package}); "
            + $"the limit is {given["limitDays"]:0} days.{(oldest.Value.PublishedAt is null ? " The list does not tell when they came out, so the clock starts when they were first seen." : "")}";
    }

    private static double Days(Dated<PendingUpdate> update, Given given) => (given.AsOf - Since(update)).TotalDays;

    private static DateTimeOffset Since(Dated<PendingUpdate> update) => update.Value.PublishedAt ?? update.FirstSeen;
}
