namespace Plainproof.Features.Interview;

/// <summary>Writes text folded to a width that every terminal has.</summary>
internal sealed class Page(TextWriter output)
{
    private const int Width = 80;

    /// <summary>The label, then the text; later lines start below the text.</summary>
    public async Task WriteAsync(string label, string text)
    {
        var line = label;
        foreach (var word in text.ReplaceLineEndings(" ").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length + word.Length > Width && line.TrimEnd().Length > label.TrimEnd().Length)
            {
                await output.WriteLineAsync(line.TrimEnd());
                line = new string(' ', label.Length);
            }
            line += word + " ";
        }
        await output.WriteLineAsync(line.TrimEnd());
    }
}

/// <summary>A number with its noun.</summary>
internal static class Count
{
    public static string Of(int number, string one) => number == 1 ? $"1 {one}" : $"{number} {one}s";
}
