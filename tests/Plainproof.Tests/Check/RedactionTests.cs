using System.Text;
using Plainproof.Features.Check;
using Xunit;

namespace Plainproof.Tests.Check;

/// <summary>Secrets leave raw evidence before it is sealed; everything else passes byte for byte.</summary>
public sealed class RedactionTests
{
    // Put together here, so that the file itself holds nothing that looks like a secret.
    private static readonly string Token = "ghp_" + string.Concat(Enumerable.Repeat("a1B2c3D4", 5))[..36];

    [Fact]
    public async Task A_token_is_masked_to_its_own_length_and_counted()
    {
        var text = $"first line\nremote uses {Token} here\nlast line\n";
        var (clean, removed) = await CleanAsync(Encoding.UTF8.GetBytes(text));

        Assert.DoesNotContain(Token, clean, StringComparison.Ordinal);
        Assert.Equal(text.Length, clean.Length);
        Assert.Equal(text.IndexOf(" here", StringComparison.Ordinal), clean.IndexOf(" here", StringComparison.Ordinal));
        Assert.Contains("[removed: GitHub token]", clean, StringComparison.Ordinal);
        Assert.Equal(1, removed["GitHub token"]);
    }

    [Fact]
    public async Task A_token_that_lies_across_two_blocks_is_masked()
    {
        var filler = new StringBuilder();
        while (filler.Length < (1 << 20) - 20)
            filler.Append("an ordinary line of evidence\n");
        filler.Length = (1 << 20) - 20;
        var (clean, removed) = await CleanAsync(Encoding.UTF8.GetBytes($"{filler}{Token}\nend\n"));

        Assert.DoesNotContain(Token, clean, StringComparison.Ordinal);
        Assert.Equal(1, removed["GitHub token"]);
        Assert.EndsWith("\nend\n", clean, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3_000_000)]
    public async Task What_holds_no_secret_passes_byte_for_byte(int length)
    {
        var bytes = new byte[length];
        new Random(7).NextBytes(bytes);
        using var redaction = new Redaction(new MemoryStream(bytes));
        using var copy = new MemoryStream();
        await redaction.CopyToAsync(copy, TestContext.Current.CancellationToken);

        Assert.Equal(bytes, copy.ToArray());
        Assert.Empty(redaction.Removed);
    }

    private static async Task<(string Clean, IReadOnlyDictionary<string, int> Removed)> CleanAsync(byte[] bytes)
    {
        using var redaction = new Redaction(new MemoryStream(bytes));
        using var copy = new MemoryStream();
        await redaction.CopyToAsync(copy);
        return (Encoding.UTF8.GetString(copy.ToArray()), redaction.Removed);
    }
}
