using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Plainproof.Storage.Records;

namespace Plainproof.Features.People.SigningIn;

/// <summary>
/// The cookie only names a session; whether it still holds is asked of its row at every request, so that ending it works at once and
/// everywhere. A stranger who asks for a closed page is sent to sign in; who is signed in and may not see it is told that it is not there.
/// </summary>
internal sealed class SessionCookie(InstallationRecords records, CurrentPerson current, CurrentCompany company, KeptForms kept, TimeProvider clock) : CookieAuthenticationEvents
{
    public const string Name = "plainproof.session";
    public static readonly TimeSpan Longest = TimeSpan.FromDays(14);
    public static readonly TimeSpan LongestIdle = TimeSpan.FromHours(12);
    private static readonly TimeSpan Grain = TimeSpan.FromMinutes(1);
    private static readonly object Ended = new();

    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        var now = clock.GetUtcNow();
        var id = context.Principal?.FindFirstValue(PersonSignIn.SessionClaim);
        var found = await records.Set<Session>().Where(session => session.Id == id)
            .Join(records.Set<Person>(), session => session.PersonId, person => person.Id, (session, person) => new { Session = session, Person = person }).SingleOrDefaultAsync();
        if (found is null || !IsLive(found.Session, now))
        {
            context.HttpContext.Items[Ended] = found?.Person.Id;
            context.RejectPrincipal();
            return;
        }

        current.Is(found.Person, found.Session.Id);
        if (now - found.Session.LastSeenAt >= Grain)
            await records.Set<Session>().Where(session => session.Id == id).ExecuteUpdateAsync(set => set.SetProperty(session => session.LastSeenAt, now));
    }

    public override async Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context)
    {
        var request = context.Request;
        if (context.HttpContext.GetEndpoint() is null)
            context.Response.StatusCode = StatusCodes.Status404NotFound; // There is no such page: signing in would not help.
        else if (HttpMethods.IsPost(request.Method) && request.HasFormContentType && context.HttpContext.Items[Ended] is string person)
            context.Response.Redirect(Addresses.SignIn(await kept.KeepAsync(request, person)));
        else
            context.Response.Redirect(Addresses.SignIn(HttpMethods.IsGet(request.Method) ? request.Path + request.QueryString : "/"));
    }

    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.StatusCode = company.IsKnown ? StatusCodes.Status403Forbidden : StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    public static bool IsLive(Session session, DateTimeOffset now) =>
        session.EndedAt is null && now - session.StartedAt < Longest && now - session.LastSeenAt < LongestIdle;
}
