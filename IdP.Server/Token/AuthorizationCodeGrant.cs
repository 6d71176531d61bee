using System.Text.Json.Nodes;

namespace Platform.IdP.Token;

/// <summary>RFC 6749 section 4.1.3 with RFC 7636. A code is taken by the first attempt, whatever comes of it.</summary>
internal sealed class AuthorizationCodeGrant(
    AuthorizationCodeStore codes, RevokedTokens revoked, SsoSessionStore sessions, UserDirectory users,
    TokenIssuer issuer, TimeProvider clock) : IGrant
{
    public string GrantType => GrantTypes.AuthorizationCode;

    public async Task<TokenCheck> ExchangeAsync(
        Client client, RequestParameters parameters, CancellationToken cancellationToken)
    {
        if (parameters["code"] is not { } presented)
            return new TokenCheck.Refused("invalid_request", "code is missing.", "code is missing");

        var redemption = await codes.RedeemAsync(presented);
        if (redemption is CodeRedemption.Unknown)
            return InvalidGrant("the code is unknown or has expired");

        // RFC 6749 section 4.1.2: used twice, so one of the two stole it; what it yielded is revoked.
        if (redemption is CodeRedemption.Repeated repeated)
        {
            await revoked.AddAsync(repeated.Code.AccessTokenId);
            return InvalidGrant("the code was used before; its access token is revoked");
        }

        var code = ((CodeRedemption.First)redemption).Code;
        if (code.ExpiresAt <= clock.GetUtcNow())
            return InvalidGrant("the code has expired");
        if (code.ClientId != client.Id)
            return InvalidGrant($"the code was issued to {code.ClientId}");
        if (parameters["redirect_uri"] != code.RedirectUri)
            return InvalidGrant("redirect_uri is not the one of the authorization request");

        // RFC 7636 section 4.6; a missing verifier is a wrong one.
        if (parameters["code_verifier"] is not { } verifier)
            return InvalidGrant("code_verifier is missing");
        if (!Pkce.Matches(verifier, code.CodeChallenge))
            return InvalidGrant("code_verifier does not match");

        // A session that was revoked after the sign-in yields nothing any more.
        if (!await sessions.IsAliveAsync(code.SessionId))
            return InvalidGrant("the session has ended");
        if (users.FindBySubject(code.Subject) is not { } user)
            return InvalidGrant("the user is gone");

        return new TokenCheck.Issued(Respond(client, code, user));
    }

    private JsonObject Respond(Client client, AuthorizationCode code, User user)
    {
        var accessToken = issuer.AccessToken(client, user.Subject, code.Scopes, code.AccessTokenId, code.SessionId);
        var response = issuer.Response(accessToken, code.Scopes);
        if (code.Scopes.Contains("openid"))
        {
            response["id_token"] = issuer.IdToken(client, code, user, accessToken);
        }

        return response;
    }

    private static TokenCheck.Refused InvalidGrant(string reason) =>
        new("invalid_grant", "The code is not valid, or not for this request.", reason);
}
