using Platform.IdP.Resources;

namespace Platform.IdP.Token;

/// <summary>RFC 6749 section 6: a new access token, for no more than the person allowed.</summary>
internal sealed class RefreshTokenGrant(
    RefreshTokenStore refreshTokens, AuthorizationGrantStore authorizations, UserDirectory users, AccessTokenTargets targets,
    TokenIssuer issuer, TokenReuse reuse, AuditLog audit) : IGrant
{
    public string GrantType => GrantTypes.RefreshToken;

    public async Task<TokenCheck> ExchangeAsync(TokenRequest request, CancellationToken cancellationToken)
    {
        var (client, parameters) = (request.Client, request.Parameters);
        if (parameters["refresh_token"] is not { } presented)
            return new TokenCheck.Refused("invalid_request", "refresh_token is missing.", "refresh_token is missing");
        if (await refreshTokens.FindAsync(presented) is not { } token)
            return InvalidGrant("the refresh token is unknown or has expired");

        // RFC 6749 section 10.4: bound to the client.
        if (token.ClientId != client.Id)
            return InvalidGrant($"the refresh token was issued to {token.ClientId}");

        // RFC 9449 section 5, RFC 8705 section 4: a public client's token is bound to its key.
        if (!token.IsBoundTo(request.Confirmation))
            return InvalidGrant("the refresh token is bound to another key");

        if (await authorizations.FindAsync(token.GrantId) is not { } grant)
            return InvalidGrant("the session or the grant has ended");
        if (users.FindBySubject(grant.Subject) is null)
            return InvalidGrant("the user is gone");

        // RFC 6749 section 6: the scope may be narrowed, not widened; the next refresh may ask for all again.
        var scopes = parameters["scope"]?.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct().ToArray() ?? grant.Scopes;
        if (scopes.Except(grant.Scopes).Any())
            return new TokenCheck.Refused("invalid_scope", "The scope exceeds what was granted.", "scope exceeds the grant");

        // RFC 8707 section 2.2, RFC 9396 section 6.1
        var target = targets.Narrow(parameters, client, scopes, grant.Resources, grant.AuthorizationDetails);
        if (target is TargetCheck.Refused unfit)
            return unfit.ToTokenCheck();

        // RFC 9700 section 4.14.2. Last, because nothing may be refused after the token is used up.
        var use = await UseAsync(client, presented, token);
        if (use is RefreshTokenUse.Repeated)
        {
            await reuse.EndAsync(grant, $"A refresh token of {client.Id} was used twice.");
            audit.RefreshTokenReused(client.Id, grant.Subject);
            return InvalidGrant("the refresh token was used before; its grant is revoked");
        }

        if (use is not RefreshTokenUse.Followed(var next, var lifetime))
            return InvalidGrant("the refresh token has expired");
        if (!await authorizations.ExtendAsync(grant, lifetime))
            return InvalidGrant("the grant ended meanwhile");

        ProtocolSpan.Passed("refresh token is in force, of this client and its key", "RFC 6749 section 10.4");
        var allowed = (TargetCheck.Valid)target;
        return new TokenCheck.Issued(await issuer.IssueAsync(new Issuance
        {
            Client = client,
            Grant = grant,
            Scopes = allowed.Scopes,
            Audiences = allowed.Audiences,
            AuthorizationDetails = allowed.AuthorizationDetails,
            Confirmation = request.Confirmation,
            WithIdToken = allowed.Scopes.Contains("openid"),
            RefreshToken = next == presented ? null : next,
        }));
    }

    // FAPI 2.0 section 5.3.2.1: no rotation, so that a lost answer locks nobody out.
    private async Task<RefreshTokenUse> UseAsync(Client client, string presented, RefreshToken token) => client.IsFapi
        ? new RefreshTokenUse.Followed(presented, await refreshTokens.SlideAsync(presented, token))
        : await refreshTokens.RotateAsync(presented, token);

    private static TokenCheck.Refused InvalidGrant(string reason) =>
        new("invalid_grant", "The refresh token is not valid, or not for this request.", reason);
}
