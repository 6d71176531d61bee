using Platform.Sessions;

namespace Platform.Bff.AccessTokens.Sources;

/// <summary>An access token of the session.</summary>
internal sealed class SessionTokenSource(SessionAccessTokens tokens, WantedToken wanted) : ITokenSource
{
    public ValueTask<TokenAnswer> GetAsync(LiveSession? session, CancellationToken cancellationToken) =>
        tokens.GetAsync(session!, wanted, cancellationToken);
}
