using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Plainproof.Storage;

namespace Plainproof.Features.People.SigningIn;

/// <summary>
/// OpenID Connect (Core 1.0, code flow with PKCE). It lets in who is known here or invited by the e-mail address that the provider says is
/// verified, and nobody else. From the first time on, the provider's own name for the person must be the same.
/// </summary>
internal static class SingleSignOn
{
    public const string Scheme = "SingleSignOn";
    public const string Start = "/sign-in/single-sign-on";
    private const string Done = "/sign-in/single-sign-on/done";

    public static void Add(AuthenticationBuilder authentication, SingleSignOnSettings provider) => authentication.AddOpenIdConnect(Scheme, options =>
    {
        options.Authority = provider.Authority.ToString();
        options.ClientId = provider.ClientId;
        options.ClientSecret = provider.ClientSecret;
        options.ResponseType = OpenIdConnectResponseType.Code;
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.UsePkce = true;
        options.SignInScheme = IdentityConstants.ExternalScheme;
        options.CallbackPath = "/sign-in/single-sign-on/back";
        options.RequireHttpsMetadata = !provider.Authority.IsLoopback;
        options.MapInboundClaims = false;
        options.GetClaimsFromUserInfoEndpoint = true;
        options.ClaimActions.MapUniqueJsonKey("email_verified", "email_verified");
        options.Scope.Add("email");
        options.CorrelationCookie.SameSite = options.NonceCookie.SameSite = SameSiteMode.Lax;
        options.CorrelationCookie.SecurePolicy = options.NonceCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.Events.OnRemoteFailure = failed =>
        {
            failed.HandleResponse();
            failed.Response.Redirect("/sign-in?problem=sso");
            return Task.CompletedTask;
        };
    });

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Start, (HttpContext context, string? @return) => context.ChallengeAsync(
            Scheme, new AuthenticationProperties { RedirectUri = $"{Done}?return={Uri.EscapeDataString(Addresses.Local(@return))}" })).AllowAnonymous();
        routes.MapGet(Done, async (HttpContext context, string? @return) =>
            context.Response.Redirect(await LetInAsync(context) ? Addresses.Local(@return) : "/sign-in?problem=sso-unknown")).AllowAnonymous();
    }

    private static async Task<bool> LetInAsync(HttpContext context)
    {
        var external = await context.AuthenticateAsync(IdentityConstants.ExternalScheme);
        await context.SignOutAsync(IdentityConstants.ExternalScheme);
        if (external.Principal is not { } told || told.FindFirstValue("email") is not { } email || !string.Equals(told.FindFirstValue("email_verified"), "true", StringComparison.OrdinalIgnoreCase))
            return false;
        var signIn = context.RequestServices.GetRequiredService<PersonSignIn>();
        var provider = context.RequestServices.GetRequiredService<DataFolder>().SingleSignOn!;
        var subject = $"{provider.Authority} {told.FindFirstValue("sub")}";
        if (await FindOrJoinAsync(context, signIn.UserManager, email, told.FindFirstValue("name") ?? email) is not { } person || (person.SingleSignOn ?? subject) != subject)
            return false;
        person.SingleSignOn = subject;
        await signIn.UserManager.UpdateAsync(person);
        await signIn.ByAsync(person, "single sign-on");
        return true;
    }

    private static async Task<Person?> FindOrJoinAsync(HttpContext context, UserManager<Person> people, string email, string name)
    {
        var known = await people.FindByEmailAsync(email);
        Person? joined = null;
        await context.RequestServices.GetRequiredService<Invitations>().AcceptAllAsync(email, async () =>
        {
            joined = known ?? new Person { Name = name, Email = email, JoinedAt = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow() };
            if (known is null)
                (await people.CreateAsync(joined)).OrBad();
            return joined;
        }, context.RequestAborted);
        return known ?? joined;
    }
}
