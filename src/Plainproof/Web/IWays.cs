using Microsoft.AspNetCore.Http;

namespace Plainproof.Web;

/// <summary>One entry of the main navigation.</summary>
/// <param name="Place">Smaller comes first.</param>
/// <param name="Under">The title of the entry that it belongs to, and beneath which it shows; null for one that always shows.</param>
internal sealed record Way(int Place, string Title, string Address, string? Under = null);

/// <summary>The ways onward that a feature offers to whoever looks. Register it as a service; all are asked.</summary>
internal interface IWays
{
    IEnumerable<Way> For(HttpContext context);
}

/// <summary>What of all ways is not to be shown here. Register it as a service; all are asked.</summary>
internal interface IHiddenWays
{
    bool Hides(Way way);
}
