using Platform.IdP.Resources;

namespace Platform.IdP.Token;

/// <summary>RFC 6749 section 4.1.3 with RFC 7636. A code is taken by the first attempt, whatever comes of it.</summary>
internal sealed class AuthorizationCodeGrant(
    AuthorizationCodeStore codes, AuthorizationGrantStore authorizations, UserDirectory users, AccessTokenTargets targets,
    TokenIssuer issuer, TokenReuse reuse, AuditLog audit, TimeProvider clock) : IGrant
{
    public string GrantType => GrantTypes.AuthorizationCode;

    public async Task<TokenCheck> ExchangeAsync(TokenRequest request, CancellationToken cancellationToken)
    {
        var parameters = request.Parameters;
        if (parameters["code"] is not { } presented)
            return new TokenCheck.Refused("invalid_request", "code is missing.", "code is missing");

        // Asked before the code is taken, and on one connection also answered before: whoever repeats the code at the same
        // time ends the grant.
        var grantLives = await codes.FindAsync(presented) is { } waiting ? authorizations.IsInForceAsync(waiting.Grant) : null;
        var redemption = await codes.RedeemAsync(presented);
        if (redemption is CodeRedemption.Unknown)
            return InvalidGrant("the code is unknown or has expired");

        // RFC 6749 section 4.1.2: used twice, so one of the two stole it; what it yielded is revoked.
        if (redemption is CodeRedemption.Repeated repeated)
        {
            await reuse.EndAsync(repeated.Code.Grant, $"A code of {repeated.Code.Grant.ClientId} was used twice.");
            audit.CodeReplayed(request.Client.Id, repeated.Code.Grant.Subject);
            return InvalidGrant("the code was used before; its tokens are revoked");
        }

        var code = ((CodeRedemption.First)redemption).Code;
        if (code.ExpiresAt <= clock.GetUtcNow())
            return InvalidGrant("the code has expired");
        if (code.Grant.ClientId != request.Client.Id)
            return InvalidGrant($"the code was issued to {code.Grant.ClientId}");
        if (parameters["redirect_uri"] != code.RedirectUri)
            return InvalidGrant("redirect_uri is not the one of the authorization request");

        ProtocolSpan.Passed("code is unused, of this client and this redirect_uri", "RFC 6749 section 4.1.3");

        // RFC 7636 section 4.6; a missing verifier is a wrong one, and one without a challenge (RFC 9700 section 2.1.1) too.
        var verifier = parameters["code_verifier"];
        if (verifier is null && code.CodeChallenge is not null)
            return InvalidGrant("code_verifier is missing");
        if (verifier is not null && (code.CodeChallenge is null || !Pkce.Matches(verifier, code.CodeChallenge)))
            return InvalidGrant("code_verifier does not match");

        if (verifier is not null)
            ProtocolSpan.Passed("code_verifier fits code_challenge", "RFC 7636 section 4.6");

        // RFC 9449 section 10
        if (code.DpopKeyThumbprint is { } key && key != request.Confirmation?.KeyThumbprint)
            return InvalidGrant("the code is bound to another DPoP key");

        if (code.DpopKeyThumbprint is not null)
            ProtocolSpan.Passed("code is bound to the key of the DPoP proof", "RFC 9449 section 10");

        // A session that was revoked after the sign-in yields nothing any more.
        if (grantLives is null || !await grantLives)
            return InvalidGrant("the session or the grant has ended");
        if (users.FindBySubject(code.Grant.Subject) is null)
            return InvalidGrant("the user is gone");

        // RFC 8707 section 2.2, RFC 9396 section 6.1
        var target = targets.Narrow(
            parameters, request.Client, code.Grant.Scopes, code.Grant.Resources, code.Grant.AuthorizationDetails);
        if (target is TargetCheck.Refused unfit)
            return unfit.ToTokenCheck();

        var allowed = (TargetCheck.Valid)target;
        return new TokenCheck.Issued(await issuer.IssueAsync(new Issuance
        {
            Client = request.Client,
            Grant = code.Grant,
            Scopes = allowed.Scopes,
            Audiences = allowed.Audiences,
            AuthorizationDetails = allowed.AuthorizationDetails,
            Confirmation = request.Confirmation,
            Nonce = code.Nonce,
            WithIdToken = code.Grant.Scopes.Contains("openid"),
            WithRefreshToken = true,
        }));
    }

    private static TokenCheck.Refused InvalidGrant(string reason) =>
        new("invalid_grant", "The code is not valid, or not for this request.", reason);
}
