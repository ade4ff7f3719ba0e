using Plainproof.Facts;

namespace Plainproof.Checks.Hosts;

/// <summary>
/// The clock of an update starts when it came out, or when it was first seen waiting, whichever is earlier.
/// Late ones are named one by one; a host without late ones passes as one.
/// </summary>
internal sealed class SecurityUpdatesInTime : ICheck
{
    public CheckInfo Info { get; } = CheckInfo.Beside(typeof(SecurityUpdatesInTime));

    public void Evaluate(IFacts facts, Given given, Findings into)
    {
        var waiting = facts.Of<PendingUpdate>().Select(update => Waiting.Of(update, facts)).ToLookup(it => it.Update.Scope, StringComparer.Ordinal);
        foreach (var host in facts.Of<HostUpdates>())
        {
            var late = waiting[host.Scope].Where(it => it.Days(given) > given["limitDays"]).ToList();
            foreach (var it in late)
                into.Judge(it.Update, Outcome.Fail, () => Late(it, given));
            if (late.Count == 0)
                into.Judge(host, Outcome.Pass, () => OnTime([.. waiting[host.Scope]], given));
        }
    }

    public string Say(in Result result, Given given) => result.Say?.Invoke() ?? Info.Title;

    private static string Late(Waiting it, Given given)
    {
        var update = it.Update.Value;
        var days = $"{it.Days(given):0} days ago; the limit is {given["limitDays"]:0} days.";
        return it.IsSeen
            ? $"{update.Package} {update.Installed} lacks a security update that was first seen on {it.Since:yyyy-MM-dd}, {days}"
            : $"{update.Package} {update.Installed} lacks a security update that came out by {it.Since:yyyy-MM-dd}, {days}";
    }

    private static string OnTime(IReadOnlyList<Waiting> waiting, Given given)
    {
        if (waiting.Count == 0)
            return "No security update waits.";
        var oldest = waiting.MinBy(it => it.Since)!;
        return $"{waiting.Count} security {(waiting.Count == 1 ? "update waits" : "updates wait")}, the oldest since {oldest.Since:yyyy-MM-dd} ({oldest.Update.Value.Package}); "
            + $"the limit is {given["limitDays"]:0} days.{(oldest.IsSeen ? " The host does not tell when they came out, so the clock starts when they were first seen." : "")}";
    }

    /// <param name="IsSeen">True when the clock starts with our own first look.</param>
    private sealed record Waiting(Dated<PendingUpdate> Update, DateTimeOffset Since, bool IsSeen)
    {
        public static Waiting Of(Dated<PendingUpdate> update, IFacts facts) =>
            facts.About<UpdateAge>(update.Subject)?.Value.OutBy is { } outBy && outBy <= update.FirstSeen
                ? new Waiting(update, outBy, false)
                : new Waiting(update, update.FirstSeen, true);

        public double Days(Given given) => (given.AsOf - Since).TotalDays;
    }
}
