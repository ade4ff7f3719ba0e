namespace Plainproof.Assurance.Planning;

/// <summary>One piece of work on the way to a report.</summary>
/// <param name="Hours">Work of the company's own people.</param>
/// <param name="Wait">Days from start to done, however many hours go in.</param>
/// <param name="NeedsFirst">Ids of tasks that must be done before; ids that are no task of the plan are done already.</param>
internal sealed record PlanTask(string Id, string Title, Guess Hours, Guess Wait, IReadOnlyList<string> NeedsFirst);
