using Microsoft.AspNetCore.Builder;
using Plainproof.Features.Api;
using Plainproof.Features.Engagements;

namespace Plainproof.Features.Reports;

/// <summary>The signed reports, for scripts.</summary>
internal sealed class ReportsApi : IApiDoor
{
    public string Title => "Reports";

    public void Map(ApiRoutes routes) =>
        routes.Company.MapGet("/reports", ListAsync).Needs(Scope.Read).Is("listReports", "List the signed reports", "Newest first. What stands here was typed from the report. Only the firm's own file counts.");

    private static async Task<ReportList> ListAsync(ReportBook book, CancellationToken stop) => new([.. (await book.AllAsync(stop)).Select(ReportItem.Of)]);
}

internal sealed record ReportList(IReadOnlyList<ReportItem> Reports);

/// <param name="Sha256">Of the file as the firm sent it.</param>
/// <param name="FirstDay">Null for a Type I.</param>
/// <param name="SignedOn">The date of the report.</param>
/// <param name="Opinion">The firm's, as it stands in the report.</param>
/// <param name="Exceptions">How many the firm lists.</param>
internal sealed record ReportItem(
    string Id, string Engagement, string FileName, string Sha256, string Firm, EngagementKind Type, DateOnly? FirstDay, DateOnly LastDay, DateOnly SignedOn, Opinion Opinion, long Exceptions, string ExceptionsSay, DateOnly CountsUntil, DateTimeOffset ReceivedAt, string ReceivedBy)
{
    public static ReportItem Of(FinalReport it) => new(it.Id, it.Engagement, it.FileName, it.Sha256, it.Firm, it.Type, it.FirstDay, it.LastDay, it.SignedOn, it.Opinion, it.Exceptions, it.ExceptionsSay, it.CountsUntil, it.ReceivedAt, it.ReceivedBy);
}
