using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Plainproof.Cli;
using Plainproof.Evidence;
using Plainproof.Features.People;
using Plainproof.Storage;

namespace Plainproof.Features.Controls;

/// <summary>Criteria that the company proposes as not relevant (DC8 of the description criteria), and what the auditor says to that.</summary>
internal sealed class RelevanceBook(RecordedWork work)
{
    private const int ShortestReason = 20;
    private const int LongestText = 4000;

    /// <summary>Proposals that were not withdrawn, by criterion.</summary>
    public async Task<IReadOnlyDictionary<string, RelevanceProposal>> OpenAsync(CancellationToken stop) =>
        (await work.Records.Set<RelevanceProposal>().AsNoTracking().Where(proposal => proposal.WithdrawnAt == null).ToListAsync(stop))
            .GroupBy(proposal => proposal.CriterionId, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.MaxBy(proposal => proposal.ProposedAt)!, StringComparer.Ordinal);

    /// <summary>All of one criterion, newest first.</summary>
    public async Task<IReadOnlyList<RelevanceProposal>> OfAsync(string criterion, CancellationToken stop) =>
        await work.Records.Set<RelevanceProposal>().AsNoTracking().Where(proposal => proposal.CriterionId == criterion).OrderByDescending(proposal => proposal.ProposedAt).ToListAsync(stop);

    /// <param name="once">Made when the form was shown, so that it is proposed once.</param>
    /// <exception cref="BadInput">Not theirs to do, no reason that an auditor could weigh, or it is proposed already.</exception>
    public Task ProposeAsync(string criterion, string once, string reason, CancellationToken stop)
    {
        work.Require(Ability.ManageEngagement, "propose that a criterion is not relevant");
        var id = RecordedWork.Once(once);
        var why = Text(reason, ShortestReason, "Say in a sentence or two why it has no bearing on your service. Your auditor weighs it.");
        return work.ActAsync(async () =>
        {
            var before = await work.Records.Set<RelevanceProposal>().Where(proposal => proposal.CriterionId == criterion).ToListAsync(stop);
            if (before.Any(proposal => proposal.Id == id))
                return null;
            if (before.Any(proposal => proposal.IsOpen))
                throw new BadInput($"{criterion} is proposed already. Withdraw that first.");
            var now = work.Now;
            work.Records.Add(new RelevanceProposal { Id = id, CriterionId = criterion, Reason = why, ProposedAt = now, ProposedBy = work.By });
            return Tell("criterion.proposed-not-relevant", criterion, id, new JsonObject { ["reason"] = why });
        }, stop);
    }

    /// <exception cref="BadInput">Not theirs to do.</exception>
    public Task WithdrawAsync(string criterion, string id, CancellationToken stop)
    {
        work.Require(Ability.ManageEngagement, "withdraw a proposal");
        return work.ActAsync(async () =>
        {
            var proposal = await FoundAsync(criterion, id, stop);
            if (!proposal.IsOpen)
                return null;
            (proposal.WithdrawnAt, proposal.WithdrawnBy) = (work.Now, work.By);
            return Tell("criterion.proposal-withdrawn", criterion, id, []);
        }, stop);
    }

    /// <summary>Law 5: the auditor's word alone.</summary>
    /// <exception cref="BadInput">Not an auditor, withdrawn meanwhile, or a "no" without a word why.</exception>
    public Task AnswerAsync(string criterion, string id, RelevanceAnswer? answer, string note, CancellationToken stop)
    {
        work.Require(Ability.WriteTests, "answer for the auditor");
        var said = Text(note, answer == RelevanceAnswer.NotAgreed ? 1 : 0, "Say why you do not agree, so that the company knows what to do.");
        return work.ActAsync(async () =>
        {
            var proposal = await FoundAsync(criterion, id, stop);
            if (!proposal.IsOpen)
                throw new BadInput("The company withdrew this proposal meanwhile.");
            if (answer is null)
                throw new BadInput("Choose one: you agree, or you do not.");
            if (proposal.Answer == answer && proposal.Note == said)
                return null;
            (proposal.Answer, proposal.Note, proposal.AnsweredAt, proposal.AnsweredBy) = (answer, said, work.Now, work.By);
            return Tell("criterion.proposal-answered", criterion, id, new JsonObject { ["answer"] = Words.Of(answer.Value), ["note"] = said });
        }, stop);
    }

    private async Task<RelevanceProposal> FoundAsync(string criterion, string id, CancellationToken stop) =>
        await work.Records.Set<RelevanceProposal>().SingleOrDefaultAsync(proposal => proposal.Id == id && proposal.CriterionId == criterion, stop) ?? throw new BadInput("There is no such proposal.");

    private Entry Tell(string kind, string criterion, string id, JsonObject more)
    {
        (more["criterion"], more["proposal"]) = (criterion, id);
        return work.Tell(kind, more);
    }

    private static string Text(string typed, int shortest, string missing) => typed.Trim() switch
    {
        var text when text.Length < shortest => throw new BadInput(missing),
        { Length: > LongestText } => throw new BadInput($"That is too long: {LongestText} characters are the most."),
        var text => text,
    };
}
