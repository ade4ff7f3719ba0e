using System.Globalization;

namespace Plainproof.Assurance.Planning;

/// <summary>What decides the date, in words: the hours people can give, or a chain of things that wait for each other.</summary>
/// <param name="Tasks">The chain, first to last; empty when the hours decide.</param>
internal sealed record CriticalPath(IReadOnlyList<PlanTask> Tasks, string Say)
{
    public static CriticalPath Of(PlanRequest request, Schedule usual)
    {
        if (usual.Slots.Count == 0)
            return new([], "Nothing stands in the way that you told us of.");
        var chain = Chain(usual);
        var tasks = chain.Select(id => request.Tasks.First(task => task.Id == id)).ToList();
        var begun = usual.Slots[chain[0]].Start;
        return begun > usual.End / 2 ? Hours(request, usual) : Waits(tasks, usual, chain);
    }

    /// <summary>From the task that ends last, back through what it waited for.</summary>
    private static List<string> Chain(Schedule usual)
    {
        var chain = new List<string>();
        for (var at = usual.Slots.MaxBy(slot => slot.Value.End).Key; at is not null; at = usual.Slots[at].After)
            chain.Insert(0, at);
        return chain;
    }

    private static CriticalPath Hours(PlanRequest request, Schedule usual)
    {
        var hours = request.Tasks.Sum(task => task.Hours.Usual);
        return new([], string.Create(CultureInfo.InvariantCulture,
            $"Your own hours decide your date: about {hours:0} hours of work, at {request.HoursPerWeek:0.#} hours a week, take {Weeks(usual.End)}. More hours a week bring it forward."));
    }

    private static CriticalPath Waits(IReadOnlyList<PlanTask> tasks, Schedule usual, IReadOnlyList<string> chain)
    {
        var last = tasks[^1];
        var days = usual.Slots[chain[^1]].End - usual.Slots[chain[0]].Start;
        var say = tasks.Count == 1
            ? $"“{last.Title}” decides your date: it takes {Weeks(days)} from start to done. Start it early."
            : $"A chain of {tasks.Count} things decides your date, {Weeks(days)} in all: {string.Join(", then ", tasks.Select(task => $"“{task.Title}”"))}. Start the first one early.";
        return new(tasks, say);
    }

    private static string Weeks(double days) => days < 13
        ? string.Create(CultureInfo.InvariantCulture, $"about {Math.Ceiling(days):0} days")
        : string.Create(CultureInfo.InvariantCulture, $"about {Math.Round(days / 7):0} weeks");
}
