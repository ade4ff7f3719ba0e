namespace Plainproof.Features.Api;

/// <summary>The mark by which a script has something done once.</summary>
internal static class SentOnce
{
    /// <param name="once">As it was sent; null when the script does not care, and each sending counts.</param>
    public static string Of(Guid? once) => (once ?? Guid.CreateVersion7()).ToString("D");
}
