using System.Text;
using Plainproof.Evidence;
using Xunit;

namespace Plainproof.Tests.Evidence;

public sealed class EvidenceLogTests
{
    public static TheoryData<string> Engines => [.. TestLog.Engines];

    [Theory, MemberData(nameof(Engines))]
    public async Task A_sealed_entry_has_a_number_a_checkpoint_and_a_proof(string engine)
    {
        await using var test = await TestLog.CreateAsync(engine);
        using var log = await test.OpenAsync();
        var entry = TestLog.AnEntry(1);
        await test.EnqueueAsync(log, entry);

        var receipt = await log.SealedAsync(entry.Id, default);
        var proof = await log.ProveAsync(entry.Id, default);

        Assert.Equal(0, receipt.Seq);
        Assert.Equal(1, Checkpoint.Open(Encoding.UTF8.GetBytes(receipt.Checkpoint), log.PublicKey).Size);
        Assert.Equal(entry.Body.ToArray(), proof.Body.ToArray());
        Assert.True(TlogProof.Parse(proof.Text).Proves(entry.Body.Span, log.PublicKey));
        Assert.False(TlogProof.Parse(proof.Text).Proves("another"u8, log.PublicKey));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Entries_are_numbered_in_the_order_in_which_they_were_made(string engine)
    {
        await using var test = await TestLog.CreateAsync(engine);
        using var log = await test.OpenAsync();

        var ids = await test.GrowAsync(log, 600);

        for (var i = 0; i < ids.Count; i += 97) Assert.Equal(i, (await log.SealedAsync(ids[i], default)).Seq);
        Assert.Equal(0L, await test.ScalarAsync<long>("SELECT COUNT(*) FROM pending_entry"));
        Assert.Equal(600L, await test.ScalarAsync<long>("SELECT COUNT(*) FROM log_entry"));
    }

    [Fact]
    public async Task An_entry_whose_transaction_was_rolled_back_is_never_numbered()
    {
        await using var test = await TestLog.CreateAsync();
        using var log = await test.OpenAsync();
        var entry = TestLog.AnEntry(1);
        await using (var connection = await test.Database.OpenAsync(default))
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await log.EnqueueAsync(entry, transaction, default);
            await transaction.RollbackAsync();
        }

        var refused = await Assert.ThrowsAsync<EvidenceException>(() => log.SealedAsync(entry.Id, default));

        Assert.Contains("did not commit", refused.Message, StringComparison.Ordinal);
    }
}
