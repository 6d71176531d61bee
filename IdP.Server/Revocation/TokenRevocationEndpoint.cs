using Platform.Tokens.Jose;

namespace Platform.IdP.Revocation;

/// <summary>Token revocation (RFC 7009): the client needs the token no more.</summary>
internal sealed partial class TokenRevocationEndpoint(
    ClientAuthenticator authenticator, RefreshTokenStore refreshTokens, AuthorizationGrantStore grants,
    IssuedAccessTokens accessTokens, AccessTokenStore accessTokenStore, SessionRevoker sessions, SigningKeys keys,
    TimeProvider clock, Refusals refusals, AuditLog audit, ILogger<TokenRevocationEndpoint> logger)
{
    private const string Name = "revocation";
    private static readonly JwsRules IdTokens = new(["JWT"], [JwsAlgorithm.ES256, JwsAlgorithm.PS256, JwsAlgorithm.RS256]);

    public async Task<IResult> HandleAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        // RFC 7009 section 2.1: the client's credentials first.
        var authentication = await authenticator.AuthenticateAsync(request, cancellationToken);
        if (authentication is ClientCheck.Refused unauthenticated)
            return refusals.Refuse(Name, unauthenticated);

        var (client, parameters) = (ClientCheck.Valid)authentication;
        if (parameters["token"] is not { } token)
            return refusals.Refuse(Name, client.Id, "invalid_request", "token is missing.");

        // RFC 7009 section 2.1: token_type_hint is a help that is not needed here.
        if (await refreshTokens.FindAsync(token) is { } refreshToken)
            return refreshToken.ClientId == client.Id ? await RevokeAsync(refreshToken, client) : RefuseForeign(client);
        if (await accessTokens.FindAsync(token) is AccessTokenState.Active accessToken)
            return accessToken.ClientId == client.Id ? await RevokeAsync(accessToken, client) : RefuseForeign(client);

        // RFC 7009 section 2.2.1
        if (keys.Verify(token, IdTokens) is JwsCheck.Valid)
            return refusals.Refuse(Name, client.Id, "unsupported_token_type", "An ID token cannot be revoked.");

        // RFC 7009 section 2.2: what is unknown or has expired is as good as revoked.
        LogUnknown(client.Id);
        return TypedResults.Ok();
    }

    private async Task<IResult> RevokeAsync(RefreshToken token, Client client)
    {
        var grant = await grants.FindAsync(token.GrantId);

        // RFC 7009 section 2.1: and the access tokens of the same grant.
        await grants.RevokeAsync(token.GrantId);
        audit.TokenRevoked(client.Id, "refresh token", grant?.Subject);

        // The operator's own client says that the person's work is over: her session ends, and all are told. Another's
        // client has no say over that.
        if (client.SkipsConsent && grant is { SessionId: { } sid })
        {
            await sessions.RevokeAsync(new SessionEnd(
                grant.Subject, sid, EventCause.User($"The client {client.Id} revoked its refresh token.")));
        }

        return TypedResults.Ok();
    }

    private async Task<IResult> RevokeAsync(AccessTokenState.Active token, Client client)
    {
        await accessTokenStore.RevokeAsync(token.Id, token.ExpiresAt - clock.GetUtcNow());
        audit.TokenRevoked(client.Id, "access token", token.Grant?.Subject);
        return TypedResults.Ok();
    }

    // RFC 7009 section 2.1 has the client told; RFC 6749 section 5.2 has the error: "was issued to another client".
    private OAuthError RefuseForeign(Client client) =>
        refusals.Refuse(Name, client.Id, "invalid_grant", "The token was issued to another client.");

    [LoggerMessage(LogLevel.Information, "{ClientId} revoked a token that is unknown or has expired.")]
    private partial void LogUnknown(string clientId);
}
