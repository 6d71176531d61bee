using Platform.Sessions;

namespace Platform.Bff.AccessTokens.Sources;

/// <summary>An access token for which the session's own is exchanged; that one is renewed first, where it has to be.</summary>
internal sealed class ExchangedTokenSource(SessionAccessTokens tokens, WantedToken wanted) : ITokenSource
{
    public async ValueTask<TokenAnswer> GetAsync(LiveSession? session, CancellationToken cancellationToken)
    {
        if (tokens.Usable(session!, wanted) is { } token)
        {
            return new TokenAnswer.Valid(token);
        }

        return await tokens.GetAsync(session!, WantedToken.SignIn, cancellationToken) is var subject and not TokenAnswer.Valid
            ? subject
            : await tokens.GetAsync(session!, wanted, cancellationToken);
    }
}
