using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Plainproof.Features.People;

namespace Plainproof.Features.Api;

/// <summary>The scope that an operation of the API needs.</summary>
internal sealed record NeededScope(Scope Scope);

/// <summary>
/// Holds a token to its scopes, in addition to the wall between companies and the person's role. Closed by default: a token opens no
/// operation that names no scope, and an operation that names one opens to nothing but a token.
/// </summary>
internal sealed class ScopeAccess(IHttpContextAccessor http, CurrentToken token) : AuthorizationHandler<CompanyAccess.Needs>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, CompanyAccess.Needs requirement)
    {
        var needed = http.HttpContext?.GetEndpoint()?.Metadata.GetMetadata<NeededScope>();
        if ((token.IsKnown || needed is not null) && (needed is null || !token.Has(needed.Scope)))
            context.Fail(new AuthorizationFailureReason(this, "The token lacks the scope."));
        return Task.CompletedTask;
    }
}
