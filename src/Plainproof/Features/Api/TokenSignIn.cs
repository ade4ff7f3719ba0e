using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Plainproof.Features.People;
using Plainproof.Storage;

namespace Plainproof.Features.Api;

/// <summary>
/// Lets in by <c>Authorization: Bearer pp_...</c> and by nothing else: inside the API no cookie is read, neither to write nor to read. Whether
/// the token still holds is asked of its row at every request.
/// </summary>
internal sealed class TokenSignIn(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder, ApiTokens tokens, CurrentToken current, CurrentPerson person, CurrentCompany company)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    public const string Name = "token";
    private const string Bearer = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Shown() is not { } shown)
            return AuthenticateResult.NoResult();
        if (await tokens.FindAsync(shown, Context.RequestAborted) is not { } known)
            return AuthenticateResult.Fail("The token does not hold.");
        current.Is(known.Token);
        person.IsByToken(known.Person, known.Token.CompanyId);
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, known.Person.Id)], Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var shown = Request.Headers.Authorization.Count > 0;
        Response.Headers.WWWAuthenticate = shown ? "Bearer realm=\"plainproof\", error=\"invalid_token\"" : "Bearer realm=\"plainproof\"";
        return ApiProblem.NoToken(shown).WriteAsync(Context);
    }

    /// <summary>What is not theirs looks as if it were not there; inside their company they are told what is missing.</summary>
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => !company.IsKnown && Context.GetRouteValue(CompanyAccess.RouteValue) is not null
        ? ApiProblem.NotThere("There is no such company, or this token is not for it.").WriteAsync(Context)
        : ApiProblem.Forbidden(Context.GetEndpoint()?.Metadata.GetMetadata<NeededScope>() is { } needed && !current.Has(needed.Scope)
            ? $"This token lacks the scope '{Words.Of(needed.Scope)}'. Make one that has it."
            : $"The role of {person.Person.Email} here is {company.Role.Title().ToLowerInvariant()}. It does not include this. Ask an owner.").WriteAsync(Context);

    private string? Shown() =>
        Request.Headers.Authorization is [{ } header] && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? header[Bearer.Length..].Trim() : null;
}
