namespace Plainproof.Features.Requests;

/// <summary>How requests are said.</summary>
internal static class RequestWords
{
    public static string Of(RequestState state) => state switch
    {
        RequestState.Open => "open",
        RequestState.Ready => "ready to be looked at",
        RequestState.SentBack => "sent back",
        RequestState.Accepted => "accepted",
        _ => "not needed",
    };

    public static string ClassOf(RequestState state) => state switch
    {
        RequestState.Accepted => "good",
        RequestState.SentBack => "bad",
        RequestState.Ready => "attention",
        _ => "",
    };

    /// <summary>What somebody did, to stand after their name.</summary>
    public static string Of(RequestMove move) => move switch
    {
        RequestMove.Comment => "wrote",
        RequestMove.Ready => "said that all of it is there",
        RequestMove.Accepted => "accepted it",
        RequestMove.SentBack => "sent it back",
        RequestMove.NotNeeded => "asks for it no longer",
        _ => "opened it again",
    };

    public static string Of(ColumnRole role) => role switch
    {
        ColumnRole.Number => "Number",
        ColumnRole.Area => "Area",
        ColumnRole.Item => "What is asked for",
        ColumnRole.Criteria => "Criteria",
        ColumnRole.Controls => "Controls",
        ColumnRole.Due => "Due day",
        ColumnRole.Owner => "Owner",
        ColumnRole.Status => "Status",
        ColumnRole.Response => "Your answer",
        _ => "Evidence",
    };
}
