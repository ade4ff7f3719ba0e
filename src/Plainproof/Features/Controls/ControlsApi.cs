using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Plainproof.Catalog;
using Plainproof.Checks;
using Plainproof.Features.Api;
using Words = Plainproof.Storage.Words;

namespace Plainproof.Features.Controls;

/// <summary>The company's own wordings and numbers, for scripts.</summary>
internal sealed class ControlsApi : IApiDoor
{
    public string Title => "Wordings and numbers";

    public void Map(ApiRoutes routes)
    {
        routes.Company.MapGet("/controls/{control}/wordings", ListAsync).Needs(Scope.Read).Is("listWordings", "List the wordings of a control", "Newest first, each with the day from which it holds. None: it reads as we suggest.");
        routes.Company.MapPut("/controls/{control}/wording", WriteAsync).Needs(Scope.Work).Is("setWording", "Word a control your own way", "It holds from a day on, today or later. The wordings before stay on record.")
            .Example("""{ "title": "Approved changes", "statement": "A second engineer approves each change before it is merged.", "owner": "Head of engineering", "frequency": "each change", "why": "We agreed on this with our auditor." }""");
        routes.Company.MapPut("/checks/{check}/numbers/{number}", NumberAsync).Needs(Scope.Work).Is("setNumber", "Choose the number that a check judges by", "It holds at once. The numbers before stay on record.")
            .Example("""{ "value": 60, "why": "Our customers asked for two months." }""");
    }

    private static async Task<WordingList> ListAsync([Description("The id of the control.")] string control, ControlBook book, Catalogue catalogue, CancellationToken stop)
    {
        Known(control, catalogue, await book.VersionsAsync(control, stop));
        return await AnswerAsync(control, book, stop);
    }

    private static async Task<WordingList> WriteAsync([Description("The id of the control.")] string control, Sent<WordingSent> sent, ControlBook book, Catalogue catalogue, CancellationToken stop)
    {
        var (it, versions) = (sent.Value, await book.VersionsAsync(control, stop));
        Known(control, catalogue, versions);
        var seen = it.Seen ?? versions.MaxBy(version => (version.WrittenAt, version.Id))?.Id ?? "";
        await book.WriteAsync(control, seen, SentOnce.Of(it.Once), new ControlWording(it.Title, it.Statement, it.Owner, it.Frequency, it.Criteria ?? "", it.Why, Words.Day(it.Begins ?? book.Today)!), stop);
        return await AnswerAsync(control, book, stop);
    }

    private static async Task<NumberAnswer> NumberAsync(
        [Description("The id of the check.")] string check, [Description("The name of the number.")] string number, Sent<NumberSent> sent, NumberBook book, CancellationToken stop)
    {
        var parameter = CheckLibrary.All.FirstOrDefault(one => one.Info.Id == check)?.Info.Parameters?.GetValueOrDefault(number) ?? throw new NotThere($"There is no number '{number}' of a check '{check}'.");
        var name = $"{check}.{number}";
        await book.SetAsync(name, parameter, SentOnce.Of(sent.Value.Once), sent.Value.Value?.ToString(CultureInfo.InvariantCulture) ?? "", sent.Value.Why, stop);
        var newest = (await book.OfAsync([name], stop))[0];
        return new NumberAnswer(check, number, newest.Number ?? parameter.Default, parameter.Default, newest.Why, newest.SetAt, newest.SetBy);
    }

    private static void Known(string control, Catalogue catalogue, IReadOnlyList<ControlVersion> versions)
    {
        if (versions.Count == 0 && !catalogue.By.Control.TryGet(control, out _))
            throw new NotThere($"There is no control '{control}'.");
    }

    private static async Task<WordingList> AnswerAsync(string control, ControlBook book, CancellationToken stop)
    {
        var versions = await book.VersionsAsync(control, stop);
        return new WordingList(control, ControlBook.Holding(versions, book.Today)?.Id, [.. versions.Select(one => new WordingAnswer(one.Id, one.Begins, one.Title, one.Statement, one.Owner, one.Frequency, one.CriteriaIds, one.Why, one.WrittenAt, one.WrittenBy))]);
    }
}

/// <param name="Holding">The id of the wording that holds today; null when it reads as we suggest.</param>
internal sealed record WordingList(string Control, string? Holding, IReadOnlyList<WordingAnswer> Wordings);

/// <param name="Begins">The first day on which it holds.</param>
/// <param name="Statement">The sentence an auditor tests.</param>
internal sealed record WordingAnswer(
    string Id, DateOnly Begins, string Title, string Statement, string Owner, string Frequency, IReadOnlyList<string> Criteria, string Why, DateTimeOffset WrittenAt, string WrittenBy);

/// <param name="Statement">The sentence an auditor tests.</param>
/// <param name="Begins">Today or later. Left out: today.</param>
/// <param name="Criteria">Ids parted by blanks; only for a control of your own.</param>
/// <param name="Seen">The id of the newest wording that you know. Left out: whatever is the newest.</param>
/// <param name="Once">An id of your own. Sending it again adds nothing.</param>
internal sealed record WordingSent(string Title, string Statement, string Owner, string Frequency, string Why, DateOnly? Begins = null, string? Criteria = null, string? Seen = null, Guid? Once = null);

/// <param name="Value">Left out: what we suggest.</param>
/// <param name="Once">An id of your own. Sending it again sets nothing.</param>
internal sealed record NumberSent(string Why, double? Value = null, Guid? Once = null);

/// <param name="Suggested">What it is when nobody chose.</param>
internal sealed record NumberAnswer(string Check, string Number, double Value, double Suggested, string Why, DateTimeOffset SetAt, string SetBy);
