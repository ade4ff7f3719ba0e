namespace Plainproof.Features.Api;

/// <summary>The token that this request shows.</summary>
internal sealed class CurrentToken
{
    private ApiToken? _token;

    public bool IsKnown => _token is not null;

    public bool Has(Scope scope) => _token?.ScopeList.Contains(scope) == true;

    /// <exception cref="InvalidOperationException">The request shows none.</exception>
    public ApiToken Token => _token ?? throw new InvalidOperationException("This request shows no token.");

    public void Is(ApiToken token) => _token = token;
}
