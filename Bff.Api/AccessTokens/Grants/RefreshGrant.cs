using Platform.Sessions;

namespace Platform.Bff.AccessTokens.Grants;

/// <summary>The session's refresh token, for one audience or resource (RFC 6749 section 6, RFC 8707).</summary>
internal sealed class RefreshGrant : ISessionGrant
{
    public string Name => "";

    public ValueTask<GrantForm?> FormAsync(LiveSession session, CancellationToken cancellationToken) => new(
        session.Tokens.RefreshToken is { } refreshToken
            ? new GrantForm(new() { ["grant_type"] = "refresh_token", ["refresh_token"] = refreshToken })
            : null);

    public Refusal Judge(string error) => error switch
    {
        // Revoked, expired, used by somebody else. Whoever says "signed in" would be wrong.
        "invalid_grant" => Refusal.OfSession,
        "invalid_scope" or "invalid_target" => Refusal.OfRoute,
        _ => Refusal.OfClient,
    };
}
