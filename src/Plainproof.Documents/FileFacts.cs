using System.Globalization;

namespace Plainproof.Documents;

/// <summary>Who made a file and when, for its properties. They are all that a file says of its making, so the same input gives the same bytes.</summary>
/// <param name="Language">A BCP 47 tag, such as <c>en</c> or <c>en-GB</c>.</param>
public sealed record FileFacts(string Author, DateTimeOffset MadeAt, string Language = "en")
{
    internal string MadeAtUtc => MadeAt.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
