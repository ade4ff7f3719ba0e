using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Plainproof.Catalog;
using Plainproof.Cli;
using Plainproof.Features.Controls;
using Plainproof.Features.Engagements;
using Plainproof.Features.EvidenceFiles;
using Plainproof.Features.People;
using Plainproof.Features.Populations;
using Plainproof.Web;
using Words = Plainproof.Storage.Words;

namespace Plainproof.Features.Requests;

/// <summary>A line as typed.</summary>
internal sealed record RequestForm(string Number, string Area, string Item, string Criteria, string Controls, string Due, string Owner);

/// <summary>What the auditor asks for in an engagement, and how far each line is. What he accepts is no result: he has what he asked for.</summary>
internal sealed class RequestBook(RecordedWork work, EngagementBook engagements, ControlBook controls, Catalogue catalogue)
{
    public const int MostLines = 2_000;
    private const int LongestText = 4_000;
    private const int LongestName = 200;

    /// <summary>In the order of the list.</summary>
    public async Task<IReadOnlyList<RequestView>> OfAsync(string engagement, CancellationToken stop)
    {
        var lines = await work.Records.Set<RequestLine>().AsNoTracking().Where(line => line.Engagement == engagement).ToListAsync(stop);
        var steps = (await work.Records.Set<RequestStep>().AsNoTracking().Where(step => step.Engagement == engagement).ToListAsync(stop)).ToLookup(step => step.Request);
        var links = (await work.Records.Set<RequestLink>().AsNoTracking().Where(link => link.Engagement == engagement && link.EndedAt == null).ToListAsync(stop)).ToLookup(link => link.Request);
        return [.. lines.OrderBy(line => line.Place).ThenBy(line => line.Id, StringComparer.Ordinal).Select(line => RequestView.Of(line, steps[line.Id], links[line.Id]))];
    }

    public async Task<RequestView?> OneAsync(string id, CancellationToken stop)
    {
        if (await work.Records.Set<RequestLine>().AsNoTracking().SingleOrDefaultAsync(line => line.Id == id, stop) is not { } found)
            return null;
        var steps = await work.Records.Set<RequestStep>().AsNoTracking().Where(step => step.Request == id).ToListAsync(stop);
        return RequestView.Of(found, steps, await work.Records.Set<RequestLink>().AsNoTracking().Where(link => link.Request == id && link.EndedAt == null).ToListAsync(stop));
    }

    /// <param name="once">Made when the form was shown; it becomes the id.</param>
    /// <exception cref="BadInput">Not theirs to do, or everything that is wrong with it, at once.</exception>
    public async Task<string> AddAsync(string engagement, string once, RequestForm typed, CancellationToken stop)
    {
        work.RequireAny("add a request", Ability.WriteTests, Ability.ManageEngagement);
        var id = RecordedWork.Once(once);
        await engagements.ToChangeAsync(engagement, stop);
        var known = await NumbersAsync(engagement, stop);
        var line = await ProvenAsync(id, engagement, typed, known, stop);
        await work.ActAsync(async () =>
        {
            if (await work.Records.Set<RequestLine>().AnyAsync(one => one.Id == id, stop))
                return null;
            if (known.Count >= MostLines)
                throw new BadInput($"The list has {MostLines} lines. That is the most.");
            work.Records.Add(line);
            return work.Tell("request.added", Told(line));
        }, stop);
        return id;
    }

    /// <summary>The lines that an auditor usually asks for, by type and categories. Lines that are there already stay as they are.</summary>
    /// <returns>How many were added.</returns>
    /// <exception cref="BadInput">Not theirs to do, or no such engagement.</exception>
    public async Task<int> GenerateAsync(string engagement, CancellationToken stop)
    {
        work.RequireAny("make a list of requests", Ability.WriteTests, Ability.ManageEngagement);
        var it = await engagements.ToChangeAsync(engagement, stop);
        var wanted = UsualRequests.Of(it, catalogue);
        var added = 0;
        await work.ActAsync(async () =>
        {
            var lines = await work.Records.Set<RequestLine>().AsNoTracking().Where(line => line.Engagement == engagement).Select(line => new { line.Number, line.Catalogue, line.Place }).ToListAsync(stop);
            var there = lines.SelectMany(line => new[] { line.Number, line.Catalogue }).ToHashSet(StringComparer.OrdinalIgnoreCase);
            var place = lines.Select(line => line.Place).DefaultIfEmpty(0).Max();
            var more = wanted.Where(one => !there.Contains(one.Id)).Select(one => RequestLine.Of(one, engagement, ++place, work.Now, work.By)).ToList();
            if ((added = more.Count) == 0)
                return null;
            work.Records.AddRange(more);
            return work.Tell("requests.generated", new JsonObject { ["engagement"] = engagement, ["requests"] = new JsonArray([.. more.Select(line => (JsonNode)line.Number)]) });
        }, stop);
        return added;
    }

    /// <summary>When it is due, who sees to it, and which controls it is about. What is asked for stays in the auditor's words.</summary>
    /// <param name="seen">The version that the page showed.</param>
    /// <exception cref="BadInput">Not theirs to do, or everything that is wrong with it, at once.</exception>
    /// <exception cref="Storage.Records.StaleRecord">Somebody else changed it meanwhile.</exception>
    public async Task PlanAsync(string id, long seen, string due, string owner, string about, CancellationToken stop)
    {
        work.RequireAny("plan a request", Ability.Work, Ability.WriteTests);
        var fields = new TypedFields();
        var (day, who) = (fields.Day(due, "The due day"), fields.Text(owner, "The owner", LongestName));
        var named = await ControlsInAsync(about, fields, stop);
        fields.OrBad();
        await work.ActAsync(async () =>
        {
            var line = await ToChangeAsync(id, stop);
            if ((line.Due, line.Owner, line.Controls) == (day, who, named))
                return null;
            work.Records.Expect(line, seen);
            (line.Due, line.Owner, line.Controls) = (day, who, named);
            return work.Tell("request.planned", new JsonObject { ["request"] = id, ["due"] = Words.Day(day), ["owner"] = who, ["controls"] = named });
        }, stop);
    }

    /// <param name="once">Made when the form was shown; it becomes the id of the step.</param>
    /// <exception cref="BadInput">Not theirs to do, no reason where one is needed, or it does not follow from where the line stands.</exception>
    public Task StepAsync(string id, string once, RequestMove move, string typed, CancellationToken stop)
    {
        RequireFor(move);
        var step = RecordedWork.Once(once);
        var fields = new TypedFields();
        var needsWords = move is RequestMove.Comment or RequestMove.SentBack or RequestMove.NotNeeded or RequestMove.Reopened;
        var says = fields.Text(typed, move == RequestMove.Comment ? "What you want to say" : "The reason", LongestText, needsWords ? 1 : 0);
        fields.OrBad();
        return work.ActAsync(async () =>
        {
            if (await work.Records.Set<RequestStep>().AnyAsync(one => one.Id == step, stop))
                return null;
            var now = await OneAsync(id, stop) ?? throw new BadInput("There is no such request.");
            RefuseUnlessItFollows(now, move, says);
            work.Records.Add(new RequestStep { Id = step, Engagement = now.Line.Engagement, Request = id, Move = move, Says = says, At = work.Now, By = work.By });
            return work.Tell(KindOf(move), new JsonObject { ["request"] = id, ["number"] = now.Line.Number, ["says"] = says, ["shows"] = new JsonArray([.. now.Links.Select(link => (JsonNode)link.Shows)]) });
        }, stop);
    }

    /// <exception cref="BadInput">Not theirs to do, or there is no such file or frozen population.</exception>
    public async Task LinkAsync(string id, string? what, CancellationToken stop)
    {
        work.Require(Ability.UploadEvidence, "answer a request");
        if (Shown.Parse(what) is not { } shown || !await IsThereAsync(shown, stop))
            throw new BadInput("There is no such evidence or frozen list.");
        await work.ActAsync(async () =>
        {
            var line = await ToChangeAsync(id, stop);
            if (await OpenLinks(id).AnyAsync(link => link.Shows == shown.Text, stop))
                return null;
            work.Records.Add(new RequestLink { Engagement = line.Engagement, Request = id, Shows = shown.Text, LinkedAt = work.Now, LinkedBy = work.By });
            return work.Tell("request.answered", new JsonObject { ["request"] = id, ["number"] = line.Number, ["shows"] = shown.Text });
        }, stop);
    }

    /// <summary>Takes it back. That it was given stays on record.</summary>
    /// <exception cref="BadInput">Not theirs to do, or accepted already.</exception>
    public Task UnlinkAsync(string id, string? what, CancellationToken stop)
    {
        work.Require(Ability.UploadEvidence, "take an answer back");
        return work.ActAsync(async () =>
        {
            if (await OpenLinks(id).FirstOrDefaultAsync(link => link.Shows == what, stop) is not { } gone)
                return null;
            if ((await OneAsync(id, stop))!.State == RequestState.Accepted)
                throw new BadInput("The auditor has accepted it with this answer. Open the request again first.");
            (gone.EndedAt, gone.EndedBy) = (work.Now, work.By);
            return work.Tell("request.answer-taken-back", new JsonObject { ["request"] = id, ["shows"] = what });
        }, stop);
    }

    private async Task<HashSet<string>> NumbersAsync(string engagement, CancellationToken stop) =>
        (await work.Records.Set<RequestLine>().Where(line => line.Engagement == engagement).Select(line => line.Number).ToListAsync(stop)).ToHashSet(StringComparer.OrdinalIgnoreCase);

    private void RequireFor(RequestMove move)
    {
        if (move is RequestMove.Accepted or RequestMove.SentBack or RequestMove.NotNeeded)
            work.Require(Ability.WriteTests, "decide about a request");
        else if (move == RequestMove.Ready)
            work.Require(Ability.Work, "answer a request");
        else
            work.RequireAny("write to a request", Ability.Work, Ability.WriteTests);
    }

    /// <summary>What the log calls it.</summary>
    public static string KindOf(RequestMove move) => move switch
    {
        RequestMove.Comment => "request.commented",
        RequestMove.Ready => "request.ready",
        RequestMove.Accepted => "request.accepted",
        RequestMove.SentBack => "request.sent-back",
        RequestMove.NotNeeded => "request.not-needed",
        _ => "request.reopened",
    };

    private static void RefuseUnlessItFollows(RequestView now, RequestMove move, string says)
    {
        if (move == RequestMove.Ready && now.Links.Count == 0 && says.Length == 0)
            throw new BadInput("Nothing answers it yet. Add evidence or a frozen list, or say in words what the answer is.");
        if (move == RequestMove.Ready && !now.IsToDo)
            throw new BadInput("It waits for nothing from you. Look at the page again.");
        if (move == RequestMove.Reopened && now.State is RequestState.Open or RequestState.SentBack)
            throw new BadInput("It is open.");
        if (move is RequestMove.Accepted or RequestMove.NotNeeded && now.State is RequestState.Accepted or RequestState.NotNeeded)
            throw new BadInput("It was decided already. Open it again first.");
        if (move == RequestMove.SentBack && now.State is RequestState.Open or RequestState.NotNeeded)
            throw new BadInput("The company has not said that it is ready. Write to it instead.");
    }

    private async Task<RequestLine> ProvenAsync(string id, string engagement, RequestForm typed, HashSet<string> known, CancellationToken stop)
    {
        var fields = new TypedFields();
        var number = fields.Text(typed.Number, "The number", 40);
        number = number.Length > 0 ? number : FreeNumber(known);
        if (known.Contains(number))
            fields.Problems.Add($"There is a request {number} already. Leave the number empty for the next one.");
        var named = await ControlsInAsync(typed.Controls, fields, stop);
        var line = new RequestLine
        {
            Id = id,
            Engagement = engagement,
            Place = known.Count + 1,
            Number = number,
            Area = fields.Text(typed.Area, "The area", LongestName),
            Item = fields.Text(typed.Item, "What is asked for", LongestText, 1),
            Criteria = CriteriaIn(typed.Criteria),
            Controls = named,
            Catalogue = "",
            Due = fields.Day(typed.Due, "The due day"),
            Owner = fields.Text(typed.Owner, "The owner", LongestName),
            AddedAt = work.Now,
            AddedBy = work.By,
        };
        fields.OrBad();
        line.Catalogue = new LikeRequests(catalogue).Find(line)?.Id ?? "";
        return line;
    }

    private static string FreeNumber(HashSet<string> known) => Enumerable.Range(known.Count + 1, known.Count + 1).Select(number => $"A-{number}").First(number => !known.Contains(number));

    /// <summary>The ids of criteria that stand in a text.</summary>
    private string CriteriaIn(string text) => string.Join(' ', IdsIn(text).Select(id => id.ToUpperInvariant()).Where(catalogue.By.Criterion.Has).Distinct(StringComparer.Ordinal));

    /// <summary>What may be an id, in a text that people wrote.</summary>
    public static IEnumerable<string> IdsIn(string text) => text.Split([' ', ',', ';', '\n', '\r', '\t', '/', '(', ')'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private async Task<string> ControlsInAsync(string text, TypedFields fields, CancellationToken stop)
    {
        var own = await controls.HoldingAsync(stop);
        var named = IdsIn(text).Select(id => id.ToUpperInvariant()).Distinct(StringComparer.Ordinal).ToList();
        foreach (var id in named.Where(id => !catalogue.By.Control.Has(id) && !own.ContainsKey(id)))
            fields.Problems.Add($"There is no control {id}. Controls have ids such as AC-06.");
        return string.Join(' ', named);
    }

    private async Task<bool> IsThereAsync(Shown shown, CancellationToken stop) => shown.IsPopulation
        ? await work.Records.Set<FrozenPopulation>().AnyAsync(one => one.Id == shown.Id, stop)
        : await work.Records.Set<EvidenceFile>().AnyAsync(one => one.Id == shown.Id, stop);

    private IQueryable<RequestLink> OpenLinks(string request) => work.Records.Set<RequestLink>().Where(link => link.Request == request && link.EndedAt == null);

    private async Task<RequestLine> ToChangeAsync(string id, CancellationToken stop)
    {
        var line = await work.Records.Set<RequestLine>().SingleOrDefaultAsync(one => one.Id == id, stop) ?? throw new BadInput("There is no such request.");
        await engagements.ToChangeAsync(line.Engagement, stop);
        return line;
    }

    private static JsonObject Told(RequestLine line) => new()
    {
        ["request"] = line.Id,
        ["engagement"] = line.Engagement,
        ["number"] = line.Number,
        ["area"] = line.Area,
        ["item"] = line.Item,
        ["criteria"] = line.Criteria,
        ["controls"] = line.Controls,
        ["due"] = Words.Day(line.Due),
        ["owner"] = line.Owner,
    };
}
