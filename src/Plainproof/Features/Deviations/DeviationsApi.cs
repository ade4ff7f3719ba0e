using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Plainproof.Features.Api;
using Plainproof.Features.Window;

namespace Plainproof.Features.Deviations;

/// <summary>The deviations of a window, for scripts.</summary>
internal sealed class DeviationsApi : IApiDoor
{
    public string Title => "Deviations";

    public void Map(ApiRoutes routes) =>
        routes.Company.MapGet("/deviations", ListAsync).Needs(Scope.Read).Is("listDeviations", "List the deviations of a window", "Found by checks, by the calendar of recurring work, or by people, each with its newest answer. Without parameters: the engagement under way, or the last 90 days.");

    private static async Task<DeviationList> ListAsync(
        WindowBook window, DeviationBook book, CancellationToken stop, [Description("The id of an engagement.")] string? engagement = null,
        [Description("The first of any days, such as 2027-01-01. Needs 'to'.")] string? from = null, [Description("The last of any days.")] string? to = null)
    {
        var days = await window.ChooseAsync(engagement, from, to, stop);
        var answers = DeviationWords.Newest(await book.AnswersAsync(stop));
        return new DeviationList(days.First, days.Last, [.. (await book.OverAsync(days, stop)).Select(one => DeviationLine.Of(one, answers.GetValueOrDefault(one.Key)))]);
    }
}

internal sealed record DeviationList(DateOnly First, DateOnly Last, IReadOnlyList<DeviationLine> Deviations);

/// <param name="Key">The same each time it is asked for.</param>
/// <param name="By">Who found it.</param>
/// <param name="Source">The check, or the control.</param>
/// <param name="Until">Null while it is still so.</param>
/// <param name="Answer">The newest; null when there is none.</param>
internal sealed record DeviationLine(string Key, FoundBy By, string Source, IReadOnlyList<string> Controls, string What, DateTimeOffset From, DateTimeOffset? Until, AnswerLine? Answer)
{
    public static DeviationLine Of(SeenDeviation one, DeviationAnswer? answer) => new(
        one.Key, one.By, one.Source, one.Controls, one.What, one.From, one.Until,
        answer is null ? null : new AnswerLine(answer.Reach, answer.Cause, answer.MoreLikeIt, answer.Compensating, answer.Correction, answer.Response, answer.AnsweredAt, answer.AnsweredBy));
}

/// <param name="MoreLikeIt">Where they looked for more, and what they found.</param>
/// <param name="Compensating">What else kept harm away; empty when nothing did.</param>
/// <param name="Response">What management says; empty while it says nothing.</param>
internal sealed record AnswerLine(Reach Reach, string Cause, string MoreLikeIt, string Compensating, string Correction, string Response, DateTimeOffset AnsweredAt, string AnsweredBy);
