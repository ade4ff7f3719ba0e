using System.Text.Json;
using Xunit;

namespace Plainproof.EndToEnd.Program;

/// <summary>How one run of the program ended and what it printed.</summary>
/// <param name="PeakKilobytes">The most memory that it held at once, as the kernel counted it; 0 when it ended too soon to be seen.</param>
internal sealed record Ran(string Command, int Exit, string Out, string Error, TimeSpan Took, long PeakKilobytes)
{
    private const string Fault = "This is our fault";

    private JsonElement? _json;

    public JsonElement Json => _json ??= JsonDocument.Parse(Out).RootElement;

    public string All => Out + Error;

    /// <summary>What was wrong, one problem a line, as printed.</summary>
    public IReadOnlyList<string> Problems =>
        [.. Error.Split('\n').Where(line => line.StartsWith("plainproof: ", StringComparison.Ordinal)).Select(line => line["plainproof: ".Length..])];

    /// <summary>The run ended as it should, and not by a fault of the program.</summary>
    public Ran Exits(int code)
    {
        Assert.True(Exit == code, $"{Command}\nended with {Exit}, not {code}, after {Took.TotalSeconds:0.0} s.\n--- output\n{Cut(Out)}\n--- errors\n{Cut(Error)}");
        SpeaksPlainly();
        return this;
    }

    /// <summary>Nothing of a stack trace, whatever went wrong.</summary>
    public Ran SpeaksPlainly()
    {
        Assert.DoesNotContain(Fault, Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at Plainproof.", All, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled exception", All, StringComparison.Ordinal);
        Assert.DoesNotContain("expected type", Error, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", Error, StringComparison.Ordinal);
        return this;
    }

    public Ran Says(params string[] words)
    {
        foreach (var word in words)
            Assert.True(All.Contains(word, StringComparison.Ordinal), $"{Command}\ndid not say: {word}\n--- output\n{Cut(Out)}\n--- errors\n{Cut(Error)}");
        return this;
    }

    private static string Cut(string text) => text.Length > 6000 ? text[..3000] + "\n...\n" + text[^3000..] : text;
}
