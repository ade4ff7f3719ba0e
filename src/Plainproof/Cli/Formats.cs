namespace Plainproof.Cli;

/// <summary>What <c>--format</c> may say.</summary>
internal static class Formats
{
    public static bool IsJson(string? typed) => Of(typed, "text", "json") == "json";

    /// <exception cref="BadInput">The format is not one of those the command writes.</exception>
    public static string Of(string? typed, params string[] known)
    {
        var format = (typed ?? known[0]).ToLowerInvariant();
        return known.Contains(format, StringComparer.Ordinal) ? format : throw new BadInput($"--format {typed}: this command writes {string.Join(", ", known)}.");
    }
}
