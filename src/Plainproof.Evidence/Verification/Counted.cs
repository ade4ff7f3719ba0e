namespace Plainproof.Evidence;

/// <summary>How findings say numbers, so that one thing is never told as many.</summary>
internal static class Counted
{
    /// <param name="many">Null adds an s.</param>
    public static string Of(long count, string one, string? many = null) => count == 1 ? $"1 {one}" : $"{count} {many ?? one + "s"}";

    /// <summary>"The 1 tile holds", "All 7 tiles hold".</summary>
    public static string All(long count, string one, string many) => (count == 1 ? "The " : "All ") + Of(count, one, many);
}
