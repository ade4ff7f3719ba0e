using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Plainproof.Assurance.Independence;
using Plainproof.Cli;
using Plainproof.Features.People;
using Plainproof.Features.Standing;
using Plainproof.Storage;
using Plainproof.Storage.Records;
using Plainproof.Web;

namespace Plainproof.Features.Independence;

/// <summary>A decision as typed.</summary>
/// <param name="Seen">The keys of the ties that the page showed, with blanks between: the decision is about these and no others.</param>
internal sealed record DecisionForm(string Decider, string DecidedOn, string Services, string Overseer, string Threats, string Safeguards, string Conclusion, string Seen);

/// <summary>One tie of an auditor with the newest decision of the firm that covers it.</summary>
internal sealed record WeighedTie(Tie Tie, IndependenceDecision? Decision)
{
    public bool HoldsBack => Decision is not { Conclusion: IndependenceConclusion.Independent };
}

/// <summary>One auditor of the company with all ties.</summary>
internal sealed record WeighedAuditor(Party Party, IReadOnlyList<WeighedTie> Ties)
{
    public bool IsHeldBack => Ties.Any(tie => tie.HoldsBack);

    /// <summary>Null while nothing is in the way.</summary>
    public string? Why(string company) => !IsHeldBack ? null : Ties.Any(tie => tie.Decision is { Conclusion: IndependenceConclusion.NotIndependent })
        ? $"Your firm decided that it is not independent here. So its auditors write no tests of this company. Look at it: /c/{company}/independence"
        : $"You or your firm have ties to this company. Your firm first decides about its independence, then you can write. Do it here: /c/{company}/independence";
}

/// <summary>
/// The independence of auditors whose firm, or who themselves, also worked for the company. Until the firm decided about each tie they write
/// nothing. Plainproof names the ties that it can see; it decides nothing.
/// </summary>
internal sealed class IndependenceBook(Parties parties, Members members, CompanyLogs logs, DataFolder data) : IHoldBack
{
    public async Task<string?> WhyAsync(string company, Person auditor, CancellationToken stop) =>
        (await AuditorsAsync(company, stop)).FirstOrDefault(one => one.Party.Id == auditor.Id)?.Why(company);

    /// <summary>Those who are auditors of the company now, each with all ties.</summary>
    public async Task<IReadOnlyList<WeighedAuditor>> PresentAsync(Company company, CancellationToken stop)
    {
        var now = (await members.OfAsync(company, stop)).Where(one => one.Membership.Role == Role.Auditor).Select(one => one.Person.Id).ToHashSet(StringComparer.Ordinal);
        return [.. (await AuditorsAsync(company.Id, stop)).Where(one => now.Contains(one.Party.Id))];
    }

    /// <summary>How many of them may not write.</summary>
    public async Task<int> HeldBackAsync(Company company, CancellationToken stop) => (await PresentAsync(company, stop)).Count(one => one.IsHeldBack);

    /// <summary>All who are, or once were, auditors of the company.</summary>
    private async Task<IReadOnlyList<WeighedAuditor>> AuditorsAsync(string company, CancellationToken stop)
    {
        var all = await parties.OfAsync(company, stop);
        var decisions = await AllAsync(company, stop);
        return [.. all.Where(one => one.Sides.Contains(Side.Auditor)).Select(one => Weigh(one, all, decisions))];
    }

    /// <summary>What would tie somebody who is to be an auditor.</summary>
    public async Task<IReadOnlyList<Tie>> TiesOfAsync(string company, string email, string firm, CancellationToken stop) =>
        Tie.Of(new Party("", [email], firm.Length > 0 ? [firm] : [], new HashSet<Side>()), await parties.OfAsync(company, stop));

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<IndependenceDecision>> AllAsync(string company, CancellationToken stop)
    {
        await logs.OfAsync(company); // Its tables are brought up to date.
        await using var records = new CompanyRecords(data.DatabaseOf(company));
        return [.. (await records.Set<IndependenceDecision>().AsNoTracking().ToListAsync(stop)).OrderByDescending(one => one.ToldAt).ThenByDescending(one => one.Id, StringComparer.Ordinal)];
    }

    private static WeighedAuditor Weigh(Party auditor, IReadOnlyList<Party> all, IReadOnlyList<IndependenceDecision> decisions)
    {
        var theirs = decisions.Where(one => one.IsOfFirmOf(auditor)).ToList();
        return new WeighedAuditor(auditor, [.. Tie.Of(auditor, all).Select(tie => new WeighedTie(tie, theirs.FirstOrDefault(one => one.TieList().Any(covered => covered.Key == tie.Key))))]);
    }
}

/// <summary>Writes down what a firm decided.</summary>
internal sealed class DecideIndependence(RecordedWork work, IndependenceBook book, CurrentPerson me, CurrentCompany company)
{
    public const int LongestText = 4000;
    public const int LongestName = 200;

    /// <param name="once">Made when the form was shown; it becomes the id.</param>
    /// <exception cref="BadInput">Not theirs to do; everything that is wrong with it, at once; or the ties are others by now.</exception>
    public async Task DecideAsync(string once, DecisionForm typed, CancellationToken stop)
    {
        work.Require(Ability.SeeTests, "decide about the independence of a firm");
        var id = RecordedWork.Once(once);
        var auditor = (await book.PresentAsync(company.Company, stop)).First(one => one.Party.Id == me.Person.Id);
        var decision = Proven(typed, id, auditor);
        await work.ActAsync(async () =>
        {
            if (await work.Records.Set<IndependenceDecision>().AnyAsync(one => one.Id == id, stop))
                return null;
            work.Records.Add(decision);
            return work.Tell("independence.decided", Told(decision));
        }, stop);
    }

    private IndependenceDecision Proven(DecisionForm typed, string id, WeighedAuditor auditor)
    {
        var fields = new TypedFields();
        var ties = auditor.Ties.Select(one => one.Tie).ToList();
        if (ties.Count == 0)
            fields.Problems.Add("No tie is known, so there is nothing to decide.");
        else if (!typed.Seen.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal).SetEquals(ties.Select(tie => tie.Key)))
            fields.Problems.Add("The people changed while you had the page open. Look at the ties below, then decide about them.");
        var day = fields.Day(typed.DecidedOn, "The day of the decision", isNeeded: true);
        if (day > DateOnly.FromDateTime(work.Now.UtcDateTime))
            fields.Problems.Add("The day of the decision has not come yet.");
        var conclusion = StandingParts.FromWord<IndependenceConclusion>(typed.Conclusion);
        if (conclusion is null)
            fields.Problems.Add("Choose what was concluded: independent, or not independent.");
        var decision = new IndependenceDecision
        {
            Id = id,
            Firm = auditor.Party.Firms.LastOrDefault() ?? "",
            Decider = fields.Text(typed.Decider, "Who decided in your firm", LongestName, 1),
            DecidedOn = day ?? default,
            Services = fields.Text(typed.Services, "What your firm does for the company", LongestText, 1, "Say what your firm does for the company besides the audit, or that it does nothing."),
            Overseer = fields.Text(typed.Overseer, "Who at the company oversees it", LongestName, 1),
            Threats = fields.Text(typed.Threats, "What threatens independence", LongestText, 1),
            Safeguards = fields.Text(typed.Safeguards, "What safeguards there are", LongestText, 1),
            Conclusion = conclusion ?? IndependenceConclusion.NotIndependent,
            Covers = JsonSerializer.Serialize(ties),
            Email = me.Person.Email,
            Person = me.Person.Id,
            ToldAt = work.Now,
            ToldBy = work.By,
        };
        fields.OrBad();
        return decision;
    }

    private static JsonObject Told(IndependenceDecision it) => new()
    {
        ["decision"] = it.Id,
        ["firm"] = it.Firm,
        ["decider"] = it.Decider,
        ["decidedOn"] = Words.Day(it.DecidedOn),
        ["services"] = it.Services,
        ["overseer"] = it.Overseer,
        ["threats"] = it.Threats,
        ["safeguards"] = it.Safeguards,
        ["conclusion"] = Words.Of(it.Conclusion),
        ["ties"] = new JsonArray([.. it.TieList().Select(tie => (JsonNode)new JsonObject { ["tie"] = tie.Key, ["says"] = tie.Says })]),
    };
}
