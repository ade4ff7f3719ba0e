using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Plainproof.Features.Advisor.OwnDomain;

/// <summary>The challenge of whoever looks, sealed in a cookie beside the answers. The server keeps nothing, so a restart loses no proof.</summary>
internal sealed class BrowserChallenge(IHttpContextAccessor here, IDataProtectionProvider protection, TimeProvider clock)
{
    private const string Name = "plainproof.domain";
    private readonly IDataProtector _seal = protection.CreateProtector("advisor domain");

    private HttpContext Context => here.HttpContext!;

    /// <summary>Null when nothing was begun here, it is too old, or it was sealed by another installation.</summary>
    public Challenge? Read()
    {
        try
        {
            return Context.Request.Cookies[Name] is { } text && JsonSerializer.Deserialize<Challenge>(_seal.Unprotect(WebEncoders.Base64UrlDecode(text))) is { } found && clock.GetUtcNow() < found.EndsAt
                ? found
                : null;
        }
        catch (Exception e) when (e is CryptographicException or FormatException or JsonException)
        {
            return null;
        }
    }

    public void Write(Challenge challenge) => Context.Response.Cookies.Append(
        Name, WebEncoders.Base64UrlEncode(_seal.Protect(JsonSerializer.SerializeToUtf8Bytes(challenge))), Options(challenge.EndsAt));

    public void Forget() => Context.Response.Cookies.Delete(Name, Options(null));

    /// <summary>Lax, so that the link in a letter finds the browser that asked for it.</summary>
    private CookieOptions Options(DateTimeOffset? until) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = Context.Request.IsHttps,
        IsEssential = true,
        Path = "/",
        Expires = until,
    };
}
