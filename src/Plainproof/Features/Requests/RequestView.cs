namespace Plainproof.Features.Requests;

internal enum RequestState
{
    Open,

    /// <summary>The company says that all is there; the auditor has not looked.</summary>
    Ready,
    SentBack,
    Accepted,
    NotNeeded,
}

/// <summary>One line with all that was done to it.</summary>
/// <param name="Steps">Oldest first.</param>
/// <param name="Links">What answers it now, oldest first.</param>
internal sealed record RequestView(RequestLine Line, IReadOnlyList<RequestStep> Steps, IReadOnlyList<RequestLink> Links)
{
    public static RequestView Of(RequestLine line, IEnumerable<RequestStep> steps, IEnumerable<RequestLink> links) => new(
        line, [.. steps.OrderBy(step => step.At).ThenBy(step => step.Id, StringComparer.Ordinal)], [.. links.OrderBy(link => link.LinkedAt).ThenBy(link => link.Id, StringComparer.Ordinal)]);

    public RequestState State { get; } = Steps.LastOrDefault(step => step.Move != RequestMove.Comment)?.Move switch
    {
        RequestMove.Ready => RequestState.Ready,
        RequestMove.Accepted => RequestState.Accepted,
        RequestMove.SentBack => RequestState.SentBack,
        RequestMove.NotNeeded => RequestState.NotNeeded,
        _ => RequestState.Open,
    };

    /// <summary>Somebody of the company has to do something.</summary>
    public bool IsToDo => State is RequestState.Open or RequestState.SentBack;

    public bool IsLate(DateOnly today) => IsToDo && Line.Due < today;

    /// <summary>The last that the company said to it.</summary>
    public string Answer => Steps.LastOrDefault(step => step.Says.Length > 0 && step.Move is RequestMove.Comment or RequestMove.Ready)?.Says ?? "";
}
