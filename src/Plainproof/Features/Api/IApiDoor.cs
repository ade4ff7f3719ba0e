using Microsoft.AspNetCore.Routing;

namespace Plainproof.Features.Api;

/// <summary>A feature's operations of the API: thin, each calls a use case. Found by folder.</summary>
internal interface IApiDoor
{
    /// <summary>Heads the operations on the page of the API.</summary>
    string Title { get; }

    void Map(ApiRoutes routes);
}

/// <param name="Company">Inside <c>/api/v1/companies/{company}</c>, behind the same wall as the company's pages.</param>
/// <param name="Root">Inside <c>/api/v1</c>, for what belongs to no company.</param>
internal sealed record ApiRoutes(IEndpointRouteBuilder Company, IEndpointRouteBuilder Root);
