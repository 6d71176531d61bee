using Platform.Sessions;

namespace Platform.Bff.AccessTokens.Grants;

/// <summary>The access token of the sign-in is exchanged for one of another audience, resource or scope (RFC 8693 section 2.1).</summary>
internal sealed class ExchangeGrant(TimeProvider clock) : ISessionGrant
{
    private const string AccessToken = "urn:ietf:params:oauth:token-type:access_token";

    public string Name => "exchange";

    // The key that the subject token is bound to is proved: whoever has the token alone exchanges nothing.
    public ValueTask<GrantForm?> FormAsync(LiveSession session, CancellationToken cancellationToken) => new(
        session.Tokens.AccessTokens.TryGetValue(RouteToken.SignIn.Name, out var subject) && clock.GetUtcNow() < subject.ExpiresAt
            ? new GrantForm(
                new()
                {
                    ["grant_type"] = "urn:ietf:params:oauth:grant-type:token-exchange",
                    ["subject_token"] = subject.Value,
                    ["subject_token_type"] = AccessToken,
                    ["requested_token_type"] = AccessToken,
                },
                subject.KeyId)
            : null);

    // RFC 8693 section 2.2.2: a subject token that is not accepted is invalid_request. It may be too little for this exchange
    // and good for everything else, so the session goes on.
    public Refusal Judge(string error) =>
        error is "invalid_request" or "invalid_grant" or "invalid_target" or "invalid_scope" or "unauthorized_client"
            ? Refusal.OfRoute
            : Refusal.OfClient;
}
