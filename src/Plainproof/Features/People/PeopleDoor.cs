using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Plainproof.Features.People.SigningIn;
using Plainproof.Storage.Records;
using Plainproof.Web;

namespace Plainproof.Features.People;

/// <summary>Who people are, how they sign in, and the wall between companies on the web.</summary>
internal sealed class PeopleDoor : IWebDoor
{
    private const int MostFailures = 10;
    private static readonly TimeSpan Lock = TimeSpan.FromMinutes(15);

    public void Add(IServiceCollection services, SiteSettings settings)
    {
        services.AddScoped(_ => InstallationRecords.Of(settings.Data));
        services.AddSingleton<CompanyLogs>().AddSingleton<SiteLinks>().AddSingleton<Letters>().AddSingleton<Throttle>().AddHostedService<PeopleAtStart>().AddSingleton<Forgetting>().AddHostedService(all => all.GetRequiredService<Forgetting>());
        services.AddScoped<CurrentPerson>().AddScoped<CurrentCompany>().AddScoped<CompanyActs>().AddScoped<RecordedWork>().AddScoped<Companies>().AddScoped<Invitations>().AddScoped<Members>();
        services.AddScoped<Joining>().AddScoped<KeptForms>().AddScoped<WaysBack>().AddScoped<SessionCookie>().AddScoped<IWays, PeopleWays>();
        services.AddScoped<IAuthorizationHandler, CompanyAccess>().Configure<AuthorizationOptions>(CompanyAccess.AddPolicies);
        AddIdentity(services, settings);
        AddCookies(services.AddAuthentication(IdentityConstants.ApplicationScheme), settings);
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/sign-out", SignOutAsync);
        routes.MapPost("/passkeys/new", NewPasskeyAsync);
        routes.MapPost("/passkeys/any", AnyPasskeyAsync).AllowAnonymous();
        if (routes.ServiceProvider.GetRequiredService<SiteSettings>().Data.SingleSignOn is not null)
            SingleSignOn.Map(routes);
    }

    private static void AddIdentity(IServiceCollection services, SiteSettings settings)
    {
        services.AddScoped<PersonStore>().AddScoped<IUserStore<Person>>(scope => scope.GetRequiredService<PersonStore>()).AddScoped<IPasswordValidator<Person>, PlainPasswords>();
        services.AddIdentityCore<Person>(identity =>
        {
            identity.User.RequireUniqueEmail = true;
            identity.User.AllowedUserNameCharacters = "";
            identity.Lockout.MaxFailedAccessAttempts = MostFailures;
            identity.Lockout.DefaultLockoutTimeSpan = Lock;
        }).AddSignInManager<PersonSignIn>().AddTokenProvider<OnceOnlyCodes>(TokenOptions.DefaultAuthenticatorProvider);
        services.Configure<IdentityPasskeyOptions>(passkeys =>
        {
            passkeys.ServerDomain = settings.Address.Host;
            passkeys.UserVerificationRequirement = "required"; // A passkey replaces both steps, so it must know its person.
            passkeys.ResidentKeyRequirement = "required";
        });
    }

    private static void AddCookies(AuthenticationBuilder authentication, SiteSettings settings)
    {
        authentication.AddCookie(IdentityConstants.ApplicationScheme, options =>
        {
            Close(options, settings, SessionCookie.Name, SessionCookie.Longest);
            options.EventsType = typeof(SessionCookie);
        });
        authentication.AddCookie(IdentityConstants.TwoFactorUserIdScheme, options => Close(options, settings, "plainproof.step", TimeSpan.FromMinutes(10)));
        authentication.AddCookie(IdentityConstants.ExternalScheme, options => Close(options, settings, "plainproof.outside", TimeSpan.FromMinutes(5)));
        if (settings.Data.SingleSignOn is { } provider)
            SingleSignOn.Add(authentication, provider);
    }

    private static void Close(CookieAuthenticationOptions options, SiteSettings settings, string name, TimeSpan lasts)
    {
        options.Cookie.Name = name;
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = settings.Address.Scheme == Uri.UriSchemeHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = lasts;
        options.SlidingExpiration = false;
    }

    private static async Task SignOutAsync(HttpContext context, PersonSignIn signIn, IAntiforgery forgery)
    {
        if (!await OwnForm.IsSentAsync(context, forgery))
            return;
        await signIn.SignOutAsync();
        context.Response.Redirect("/sign-in");
    }

    private static async Task NewPasskeyAsync(HttpContext context, PersonSignIn signIn, CurrentPerson current, IAntiforgery forgery)
    {
        if (await OwnForm.IsSentAsync(context, forgery))
            await SendAsync(context, await signIn.MakePasskeyCreationOptionsAsync(new PasskeyUserEntity { Id = current.Person.Id, Name = current.Person.Email, DisplayName = current.Person.Name }));
    }

    private static async Task AnyPasskeyAsync(HttpContext context, PersonSignIn signIn, Throttle throttle, IAntiforgery forgery)
    {
        if (!throttle.MayTry(context))
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        else if (await OwnForm.IsSentAsync(context, forgery))
            await SendAsync(context, await signIn.MakePasskeyRequestOptionsAsync(null));
    }

    private static Task SendAsync(HttpContext context, string json)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json);
    }
}

/// <summary>The navigation of somebody who is signed in, and the way in for who is not.</summary>
internal sealed class PeopleWays(CurrentPerson person, CurrentCompany company) : IWays
{
    public IEnumerable<Way> For(HttpContext context)
    {
        Way[] mine = person.IsKnown ? [new Way(10, "Companies", "/companies"), new Way(90, "My account", "/me")] : [new Way(90, "Sign in", "/sign-in")];
        return company.IsKnown ? [.. mine, new Way(80, "People", $"/c/{company.Name}/people"), new Way(81, "Independence", $"/c/{company.Name}/independence", "People")] : mine;
    }
}
