using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Plainproof.Storage.Records;

namespace Plainproof.Features.People.SigningIn;

internal enum SignInOutcome
{
    Done,

    /// <summary>The password was right; a code is wanted.</summary>
    CodeWanted,

    /// <summary>Wrong, unknown or locked: the page MUST NOT tell which.</summary>
    Refused,
}

/// <summary>The ways in. Every one ends in a session row that its cookie names. An answer does not tell whether there is such a person.</summary>
internal sealed class PersonSignIn(
    UserManager<Person> people, IHttpContextAccessor http, IUserClaimsPrincipalFactory<Person> claims, IOptions<IdentityOptions> options,
    ILogger<SignInManager<Person>> logger, IAuthenticationSchemeProvider schemes, IUserConfirmation<Person> confirmation,
    InstallationRecords records, CurrentPerson current, TimeProvider clock)
    : SignInManager<Person>(people, http, claims, options, logger, schemes, confirmation)
{
    public const string SessionClaim = "session";
    private const int LongestBrowser = 200;
    private static readonly TimeSpan Floor = TimeSpan.FromMilliseconds(600);
    private static readonly Lazy<string> Decoy = new(() => new PasswordHasher<Person>().HashPassword(null!, Guid.NewGuid().ToString()));
    private string _how = "password";

    public async Task<SignInOutcome> ByPasswordAsync(string email, string password)
    {
        var began = clock.GetTimestamp();
        var person = await UserManager.FindByEmailAsync(email);
        var right = UserManager.PasswordHasher.VerifyHashedPassword(person!, person?.PasswordHash ?? Decoy.Value, password) != PasswordVerificationResult.Failed
            && person?.PasswordHash is not null;
        if (person is null || await UserManager.IsLockedOutAsync(person))
            return await RefuseAsync(began);
        if (!right)
        {
            await UserManager.AccessFailedAsync(person);
            return await RefuseAsync(began);
        }

        if ((await SignInOrTwoFactorAsync(person, isPersistent: true)).RequiresTwoFactor)
            return SignInOutcome.CodeWanted;
        await UserManager.ResetAccessFailedCountAsync(person);
        return SignInOutcome.Done;
    }

    /// <summary>The second step: a code of the authenticator app, or one of the recovery codes.</summary>
    public async Task<SignInOutcome> ByCodeAsync(string code)
    {
        var began = clock.GetTimestamp();
        _how = code.Trim().Length > 7 ? "password and recovery code" : "password and code";
        var result = code.Trim().Length > 7 ? await TwoFactorRecoveryCodeSignInAsync(code) : await TwoFactorAuthenticatorSignInAsync(code, isPersistent: true, rememberClient: false);
        return result.Succeeded ? SignInOutcome.Done : await RefuseAsync(began);
    }

    /// <param name="credential">What the browser answered, as JSON.</param>
    public async Task<SignInOutcome> ByPasskeyAsync(string credential)
    {
        var began = clock.GetTimestamp();
        _how = "passkey";
        try
        {
            var result = await PerformPasskeyAssertionAsync(credential);
            if (!result.Succeeded || await UserManager.IsLockedOutAsync(result.User))
                return await RefuseAsync(began);
            await UserManager.AddOrUpdatePasskeyAsync(result.User, result.Passkey);
            await SignInAsync(result.User, isPersistent: true);
            return SignInOutcome.Done;
        }
        catch (Exception e) when (e is PasskeyException or InvalidOperationException or System.Text.Json.JsonException)
        {
            return await RefuseAsync(began);
        }
    }

    /// <summary>For somebody who was just let in by other means.</summary>
    public Task ByAsync(Person person, string how)
    {
        _how = how;
        return SignInAsync(person, isPersistent: true);
    }

    public override async Task SignInWithClaimsAsync(Person user, AuthenticationProperties? authenticationProperties, IEnumerable<Claim> additionalClaims)
    {
        var now = clock.GetUtcNow();
        var browser = Context.Request.Headers.UserAgent.ToString();
        var session = new Session
        {
            PersonId = user.Id,
            StartedAt = now,
            LastSeenAt = now,
            How = _how,
            Address = Context.Connection.RemoteIpAddress?.ToString() ?? "",
            Browser = browser[..Math.Min(browser.Length, LongestBrowser)],
        };
        records.Add(session);
        await records.SaveChangesAsync();
        current.Is(user, session.Id);
        await base.SignInWithClaimsAsync(user, authenticationProperties, additionalClaims.Append(new Claim(SessionClaim, session.Id)));
    }

    public override async Task SignOutAsync()
    {
        if (current.SessionId is { } session)
            await EndAsync(one => one.Id == session);
        await base.SignOutAsync();
    }

    /// <summary>Ends the person's sessions that fit, in whatever browser they are.</summary>
    public async Task EndSessionsAsync(Person person, Func<Session, bool> fits)
    {
        var ids = (await records.Set<Session>().Where(session => session.PersonId == person.Id && session.EndedAt == null).ToListAsync()).Where(fits).Select(session => session.Id).ToList();
        await EndAsync(session => ids.Contains(session.Id));
    }

    private async Task EndAsync(System.Linq.Expressions.Expression<Func<Session, bool>> which)
    {
        var now = clock.GetUtcNow();
        await records.Set<Session>().Where(which).ExecuteUpdateAsync(set => set.SetProperty(session => session.EndedAt, now));
    }

    /// <summary>Every refusal takes about as long, whatever was looked up on the way.</summary>
    private async Task<SignInOutcome> RefuseAsync(long began)
    {
        if (Floor - clock.GetElapsedTime(began) is { Ticks: > 0 } rest)
            await Task.Delay(rest, clock);
        return SignInOutcome.Refused;
    }
}
