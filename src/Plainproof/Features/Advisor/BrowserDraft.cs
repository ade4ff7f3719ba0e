using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Plainproof.Catalog;
using Plainproof.Features.Interview;

namespace Plainproof.Features.Advisor;

/// <summary>
/// The answers of whoever looks, kept sealed in that person's own browser and nowhere else. So nothing is stored here before the
/// person saves it, a restart loses nothing, and several servers need no common memory.
/// </summary>
internal sealed class BrowserDraft(IHttpContextAccessor here, IDataProtectionProvider protection, Catalogue catalogue, TimeProvider clock)
{
    /// <summary>Together with other cookies this stays far below the 32 KB of headers that the server takes.</summary>
    private const int Largest = 16_000;

    private const string Name = "plainproof.advisor";
    private static readonly TimeSpan Kept = TimeSpan.FromDays(60);

    private readonly ChunkingCookieManager _cookies = new();
    private readonly IDataProtector _seal = protection.CreateProtector("advisor draft");

    private HttpContext Context => here.HttpContext!;

    public bool IsBegun => _cookies.GetRequestCookie(Context, Name) is not null;

    /// <summary>No answers when there is no draft, or when it was sealed by another installation.</summary>
    public Answers Read() => Opened() is { } bytes && PackedAnswers.Unpack(bytes, catalogue.Questions) is { } answers ? answers : Nothing();

    public Answers Nothing() => Answers.None("", "", DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));

    /// <returns>False when the words beside the answers are too many to keep in a browser; then the draft is as it was.</returns>
    public bool Write(Answers answers)
    {
        var text = WebEncoders.Base64UrlEncode(_seal.Protect(PackedAnswers.Pack(answers)));
        if (text.Length > Largest)
            return false;
        _cookies.AppendResponseCookie(Context, Name, text, Options());
        return true;
    }

    public void Forget() => _cookies.DeleteCookie(Context, Name, Options());

    private byte[]? Opened()
    {
        try
        {
            return _cookies.GetRequestCookie(Context, Name) is { } text ? _seal.Unprotect(WebEncoders.Base64UrlDecode(text)) : null;
        }
        catch (Exception e) when (e is System.Security.Cryptography.CryptographicException or FormatException)
        {
            return null;
        }
    }

    private CookieOptions Options() => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = Context.Request.IsHttps,
        IsEssential = true,
        Path = "/",
        Expires = clock.GetUtcNow() + Kept,
    };
}
