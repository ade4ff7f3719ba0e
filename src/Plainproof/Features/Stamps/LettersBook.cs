using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using MimeKit;
using Plainproof.Cli;
using Plainproof.Evidence;
using Plainproof.Features.People;

namespace Plainproof.Features.Stamps;

/// <summary>Who gets checkpoints of the log by mail.</summary>
internal sealed class LettersBook(RecordedWork work)
{
    private const int Most = 10;

    /// <summary>Open ones first, the newest first.</summary>
    public async Task<IReadOnlyList<CheckpointLetter>> AllAsync(CancellationToken stop) =>
        [.. (await work.Records.Set<CheckpointLetter>().AsNoTracking().ToListAsync(stop)).OrderBy(letter => letter.IsOpen ? 0 : 1).ThenByDescending(letter => letter.AskedAt)];

    /// <param name="once">Made when the form was shown; it becomes the id.</param>
    /// <exception cref="BadInput">Not theirs to do, or no address.</exception>
    public Task AskAsync(string once, string address, CancellationToken stop)
    {
        work.Require(Ability.ManageEngagement, "have checkpoints mailed");
        var (id, to) = (RecordedWork.Once(once), address.Trim());
        if (to.Length > 254 || !MailboxAddress.TryParse(to, out var mailbox) || mailbox.Address != to || !to.Contains('@', StringComparison.Ordinal))
            throw new BadInput("Give one e-mail address, such as auditor@example.com.");
        return work.ActAsync(async () =>
        {
            var open = await work.Records.Set<CheckpointLetter>().Where(letter => letter.EndedAt == null).ToListAsync(stop);
            if (await work.Records.Set<CheckpointLetter>().AnyAsync(letter => letter.Id == id, stop) || open.Any(letter => letter.Address == to))
                return null;
            if (open.Count >= Most)
                throw new BadInput($"{Most} addresses are the most. End one first.");
            work.Records.Add(new CheckpointLetter { Id = id, Address = to, AskedAt = work.Now, AskedBy = work.By, SentSize = 0 });
            return Tell("checkpoint.letters-begun", to);
        }, stop);
    }

    /// <exception cref="BadInput">Not theirs to do.</exception>
    public Task EndAsync(string id, CancellationToken stop)
    {
        work.Require(Ability.ManageEngagement, "end the letters");
        return work.ActAsync(async () =>
        {
            var letter = await work.Records.Set<CheckpointLetter>().SingleOrDefaultAsync(one => one.Id == id, stop) ?? throw new BadInput("There are no such letters.");
            if (!letter.IsOpen)
                return null;
            (letter.EndedAt, letter.EndedBy) = (work.Now, work.By);
            return Tell("checkpoint.letters-ended", letter.Address);
        }, stop);
    }

    private Entry Tell(string kind, string address) => work.Tell(kind, new JsonObject { ["to"] = address });
}
