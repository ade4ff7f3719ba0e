using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Plainproof.Features.People;

namespace Plainproof.Features.Api;

/// <summary>What an example sends, for the page and the document.</summary>
internal sealed record ExampleBody(string Text, string MediaType);

/// <summary>The operation asks for the version that was seen, and refuses to overwrite a newer one.</summary>
internal sealed record AsksForVersion;

/// <summary>How an operation is told apart, explained and closed. Each operation says all of <see cref="Is"/> and <see cref="Needs"/>.</summary>
internal static class Operation
{
    /// <param name="id">Stays the same for ever: generated clients take it as a name.</param>
    public static RouteHandlerBuilder Is(this RouteHandlerBuilder operation, string id, string summary, string description) =>
        operation.WithName(id).WithSummary(summary).WithDescription(description);

    /// <param name="ability">What the role must include, where it is more than the scope says.</param>
    public static RouteHandlerBuilder Needs(this RouteHandlerBuilder operation, Scope scope, Ability? ability = null) =>
        operation.WithMetadata(new NeededScope(scope)).RequireAuthorization(CompanyAccess.PolicyOf(ability ?? scope.Ability()));

    public static RouteHandlerBuilder Example(this RouteHandlerBuilder operation, string body, string mediaType = "application/json") => operation.WithMetadata(new ExampleBody(body, mediaType));

    public static RouteHandlerBuilder MayBeStale(this RouteHandlerBuilder operation) => operation.WithMetadata(new AsksForVersion());

    public static RouteHandlerBuilder TakesUpTo(this RouteHandlerBuilder operation, long bytes) => operation.WithMetadata(new RequestSizeLimitAttribute(bytes));
}
