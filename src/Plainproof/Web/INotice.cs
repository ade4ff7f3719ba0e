using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace Plainproof.Web;

/// <summary>What must be said above a page, whatever page it is. Register it as a service; all are asked.</summary>
internal interface INotice
{
    /// <returns>Null when there is nothing to say.</returns>
    RenderFragment? For(HttpContext context);
}
