namespace Plainproof.Assurance.Planning;

/// <summary>
/// One way the work could go: each task with drawn hours and waits. The people do one thing at a time; waits run beside each other.
/// What has the longest way to the end behind it is begun first.
/// </summary>
internal sealed class Schedule
{
    private readonly Dictionary<string, Slot> _slots = new(StringComparer.Ordinal);

    private Schedule()
    {
    }

    /// <summary>Days from today until every task is done.</summary>
    public double End { get; private set; }

    public IReadOnlyDictionary<string, Slot> Slots => _slots;

    /// <param name="tasks">Without cycles among <see cref="PlanTask.NeedsFirst"/>; the catalogue proves that.</param>
    /// <param name="hours">Drawn hours by task.</param>
    /// <param name="waits">Drawn days by task.</param>
    public static Schedule Of(IReadOnlyList<PlanTask> tasks, Func<PlanTask, double> hours, Func<PlanTask, double> waits, double hoursPerDay)
    {
        var schedule = new Schedule();
        var days = tasks.ToDictionary(task => task.Id, task => (Work: hours(task) / hoursPerDay, Wait: waits(task)), StringComparer.Ordinal);
        var tails = Tails(tasks, days);
        var left = tasks.OrderByDescending(task => tails[task.Id]).ThenBy(task => task.Id, StringComparer.Ordinal).ToList();
        var free = 0.0;
        while (left.Count > 0)
        {
            var next = schedule.Next(left, free);
            left.Remove(next.Task);
            var start = Math.Max(free, next.Ready);
            var (work, wait) = days[next.Task.Id];
            schedule._slots.Add(next.Task.Id, new Slot(start, start + Math.Max(work, wait), work, next.Ready > free ? next.After : null));
            free = start + work;
        }

        schedule.End = schedule._slots.Values.Select(slot => slot.End).DefaultIfEmpty(0).Max();
        return schedule;
    }

    /// <summary>The first in line that can begin now; when none can, the one that can begin soonest.</summary>
    private (PlanTask Task, double Ready, string? After) Next(List<PlanTask> left, double free)
    {
        (PlanTask Task, double Ready, string? After)? soonest = null;
        foreach (var task in left)
        {
            if (task.NeedsFirst.Any(id => left.Any(other => other.Id == id)))
                continue;
            var after = task.NeedsFirst.Where(_slots.ContainsKey).MaxBy(id => _slots[id].End);
            var ready = after is null ? 0 : _slots[after].End;
            if (ready <= free)
                return (task, ready, after);
            if (soonest is null || ready < soonest.Value.Ready)
                soonest = (task, ready, after);
        }

        return soonest ?? (left[0], 0, null);
    }

    /// <summary>Days from the start of each task to the end of the last one that waits for it.</summary>
    private static Dictionary<string, double> Tails(IReadOnlyList<PlanTask> tasks, Dictionary<string, (double Work, double Wait)> days)
    {
        var followers = tasks.SelectMany(task => task.NeedsFirst.Select(first => (first, task.Id))).ToLookup(pair => pair.first, pair => pair.Id);
        var tails = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var task in tasks)
            Tail(task.Id, followers, days, tails);
        return tails;
    }

    private static double Tail(string id, ILookup<string, string> followers, Dictionary<string, (double Work, double Wait)> days, Dictionary<string, double> tails)
    {
        if (tails.TryGetValue(id, out var known))
            return known;
        tails[id] = 0; // Should a cycle slip in, it ends here.
        return tails[id] = Math.Max(days[id].Work, days[id].Wait) + followers[id].Select(after => Tail(after, followers, days, tails)).DefaultIfEmpty(0).Max();
    }

    /// <param name="After">The task whose end let this one begin; null when it began as soon as the people were free.</param>
    internal sealed record Slot(double Start, double End, double Work, string? After);
}
