using Microsoft.AspNetCore.Http;

namespace Plainproof.Web;

/// <summary>One entry of the main navigation.</summary>
/// <param name="Place">Smaller comes first.</param>
internal sealed record Way(int Place, string Title, string Address);

/// <summary>The ways onward that a feature offers to whoever looks. Register it as a service; all are asked.</summary>
internal interface IWays
{
    IEnumerable<Way> For(HttpContext context);
}
