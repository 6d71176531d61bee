using Platform.IdP.Resources;

namespace Platform.IdP.CrossDevice;

/// <summary>
/// The token request of a client that polls: the same for the device grant (RFC 8628 section 3.5) and for CIBA
/// (OpenID Connect CIBA Core section 11), but for the name of the handle.
/// </summary>
internal abstract class CrossDeviceGrant(
    CrossDeviceStore requests, AuthorizationGrantStore grants, UserDirectory users, AccessTokenTargets targets,
    TokenIssuer issuer, TimeProvider clock) : IGrant
{
    public abstract string GrantType { get; }

    /// <summary>The parameter that names the request.</summary>
    protected abstract string HandleParameter { get; }

    /// <summary>How long the client waits between two polls.</summary>
    protected abstract TimeSpan Interval { get; }

    public async Task<TokenCheck> ExchangeAsync(TokenRequest request, CancellationToken cancellationToken)
    {
        if (request.Parameters[HandleParameter] is not { } handle)
            return new TokenCheck.Refused("invalid_request", $"{HandleParameter} is missing.", $"{HandleParameter} is missing");
        if (await requests.FindAsync(handle) is not { } waiting)
            return InvalidGrant("it is unknown or was redeemed");
        if (waiting.ClientId != request.Client.Id)
            return InvalidGrant($"it was issued to {waiting.ClientId}");
        if (waiting.ExpiresAt <= clock.GetUtcNow())
            return new TokenCheck.Refused("expired_token", $"The {HandleParameter} has expired.", "it has expired");

        switch (await requests.FindDecisionAsync(waiting))
        {
            case null when !await requests.TryPollAsync(waiting, Interval):
                return new TokenCheck.Refused(
                    "slow_down", "Wait 5 seconds longer between two requests from now on.", "it polled too early");
            case null:
                return new TokenCheck.Refused("authorization_pending", "The user has not decided yet.", "no decision yet");
            case { Grant: null }:
                return new TokenCheck.Refused("access_denied", "The user denied the request.", "it was denied");

            case { Grant: { } grant }:
                return await RedeemAsync(request, handle, grant);
        }
    }

    private async Task<TokenCheck> RedeemAsync(TokenRequest request, string handle, AuthorizationGrant grant)
    {
        if (users.FindBySubject(grant.Subject) is null)
            return InvalidGrant("the user is gone");

        // RFC 8707 section 2.2
        var target = targets.Narrow(request.Parameters, request.Client, grant.Scopes, grant.Resources, grant.AuthorizationDetails);
        if (target is TargetCheck.Refused unfit)
            return unfit.ToTokenCheck();

        // Whoever is first takes it. Last, because nothing may be refused after it is used up.
        if (!await requests.RedeemAsync(handle))
            return InvalidGrant("it was redeemed at the same time");

        var allowed = (TargetCheck.Valid)target;
        if (!await grants.SaveAsync(grant))
            return InvalidGrant("all that the user had was revoked after her approval");

        return new TokenCheck.Issued(await issuer.IssueAsync(new Issuance
        {
            Client = request.Client,
            Grant = grant,
            Scopes = allowed.Scopes,
            Audiences = allowed.Audiences,
            AuthorizationDetails = allowed.AuthorizationDetails,
            Confirmation = request.Confirmation,
            WithIdToken = allowed.Scopes.Contains("openid"),
            WithRefreshToken = true,
        }));
    }

    private TokenCheck.Refused InvalidGrant(string reason) =>
        new("invalid_grant", $"The {HandleParameter} is not valid, or not for this client.", $"{HandleParameter}: {reason}");
}
