using Platform.Sessions;

namespace Platform.Bff.AccessTokens.Sources;

/// <summary>An access token of the BFF itself, the same for everyone.</summary>
internal sealed class ClientTokenSource(ClientAccessTokens tokens, RouteToken wanted) : ITokenSource
{
    public ValueTask<TokenAnswer> GetAsync(LiveSession? session, CancellationToken cancellationToken) =>
        tokens.GetAsync(wanted, cancellationToken);
}
