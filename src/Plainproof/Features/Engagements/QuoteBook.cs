using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Plainproof.Cli;
using Plainproof.Features.People;
using Plainproof.Web;

namespace Plainproof.Features.Engagements;

/// <summary>A quote as typed.</summary>
internal sealed record QuoteForm(string Firm, string Licence, string PeerReview, string Dollars, string Weeks, string Asked, string Says);

/// <summary>What firms offered for an engagement, side by side, and which one was chosen.</summary>
internal sealed class QuoteBook(RecordedWork work, EngagementBook engagements)
{
    private const int LongestText = 300;
    private const int LongestWords = 2000;
    private const long MostDollars = 10_000_000;
    private const int MostWeeks = 104;

    /// <summary>The chosen one first, then the cheapest.</summary>
    public async Task<IReadOnlyList<FirmQuote>> OfAsync(string engagement, CancellationToken stop) =>
        [.. (await work.Records.Set<FirmQuote>().AsNoTracking().Where(one => one.EngagementId == engagement && one.TakenBackAt == null).ToListAsync(stop)).OrderBy(one => one.ChosenAt is null ? 1 : 0).ThenBy(one => one.Dollars)];

    /// <param name="once">Made when the form was shown, so that it is written down once.</param>
    /// <exception cref="BadInput">Not theirs to do, or everything that is wrong with it, at once.</exception>
    public async Task AddAsync(string engagement, string once, QuoteForm typed, CancellationToken stop)
    {
        work.Require(Ability.ManageEngagement, "write down what a firm offers");
        var id = RecordedWork.Once(once);
        await engagements.ToChangeAsync(engagement, stop);
        var quote = Proven(typed, engagement, id);
        await work.ActAsync(async () =>
        {
            if (await work.Records.Set<FirmQuote>().AnyAsync(one => one.Id == id, stop))
                return null;
            work.Records.Add(quote);
            return work.Tell("engagement.quote", Told(quote));
        }, stop);
    }

    /// <summary>The engagement takes the firm over. Another one may be chosen later; both choices stay on record.</summary>
    /// <exception cref="BadInput">Not theirs to do.</exception>
    public Task ChooseAsync(string engagement, string id, CancellationToken stop)
    {
        work.Require(Ability.ManageEngagement, "choose a firm");
        return work.ActAsync(async () =>
        {
            var (it, all) = (await engagements.ToChangeAsync(engagement, stop), await work.Records.Set<FirmQuote>().Where(one => one.EngagementId == engagement && one.TakenBackAt == null).ToListAsync(stop));
            var chosen = all.SingleOrDefault(one => one.Id == id) ?? throw new BadInput("There is no such quote.");
            if (chosen.ChosenAt is not null)
                return null;
            foreach (var other in all.Where(one => one.ChosenAt is not null))
                (other.ChosenAt, other.ChosenBy) = (null, null);
            (chosen.ChosenAt, chosen.ChosenBy) = (work.Now, work.By);
            (it.Firm, it.Licence, it.PeerReview) = (chosen.Firm, chosen.Licence, chosen.PeerReview);
            return work.Tell("engagement.firm-chosen", Told(chosen));
        }, stop);
    }

    /// <summary>What was written down by mistake stays on record, and counts no more.</summary>
    /// <exception cref="BadInput">Not theirs to do, or it is the chosen one.</exception>
    public Task TakeBackAsync(string engagement, string id, CancellationToken stop)
    {
        work.Require(Ability.ManageEngagement, "take back a quote");
        return work.ActAsync(async () =>
        {
            var stored = await work.Records.Set<FirmQuote>().SingleOrDefaultAsync(one => one.Id == id && one.EngagementId == engagement, stop) ?? throw new BadInput("There is no such quote.");
            if (stored.TakenBackAt is not null)
                return null;
            if (stored.ChosenAt is not null)
                throw new BadInput("This firm is the chosen one. Choose another one first.");
            (stored.TakenBackAt, stored.TakenBackBy) = (work.Now, work.By);
            return work.Tell("engagement.quote-taken-back", Told(stored));
        }, stop);
    }

    private FirmQuote Proven(QuoteForm typed, string engagement, string id)
    {
        var fields = new TypedFields();
        var dollars = NumberIn(typed.Dollars, MostDollars);
        if (dollars is null)
            fields.Problems.Add("The price is a whole number of dollars, such as 14500.");
        var weeks = NumberIn(typed.Weeks, MostWeeks);
        if (weeks is null && typed.Weeks.Trim().Length > 0)
            fields.Problems.Add($"The weeks are a number from 0 to {MostWeeks}, or nothing.");
        var quote = new FirmQuote
        {
            Id = id,
            EngagementId = engagement,
            Firm = fields.Text(typed.Firm, "The firm", LongestText, 1),
            Licence = fields.Text(typed.Licence, "The licence", LongestText),
            PeerReview = fields.Text(typed.PeerReview, "The peer review", LongestText),
            Dollars = dollars ?? 0,
            Weeks = (int?)weeks,
            Asked = fields.Text(typed.Asked, "What they asked", LongestWords),
            Says = fields.Text(typed.Says, "What else there is to say", LongestWords),
            ToldAt = work.Now,
            ToldBy = work.By,
        };
        fields.OrBad();
        return quote;
    }

    /// <summary>Null when it is no whole number, or one that is too large.</summary>
    private static long? NumberIn(string typed, long most) =>
        long.TryParse(typed.Trim().TrimStart('$').Replace(",", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most ? number : null;

    private static JsonObject Told(FirmQuote quote) => new()
    {
        ["engagement"] = quote.EngagementId,
        ["quote"] = quote.Id,
        ["firm"] = quote.Firm,
        ["licence"] = quote.Licence,
        ["peerReview"] = quote.PeerReview,
        ["dollars"] = quote.Dollars,
        ["weeks"] = quote.Weeks,
        ["asked"] = quote.Asked,
        ["says"] = quote.Says,
    };
}
