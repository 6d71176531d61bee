using System.Text.Json;
using Microsoft.Extensions.Options;
using Platform.Tokens.Jose;

namespace Platform.IdP.Token;

/// <summary>
/// Finds out whether an access token is one of this provider's and in force, be it a JWT or a reference. For whom it is,
/// and whether the caller holds its key, is for others to check.
/// </summary>
internal sealed class IssuedAccessTokens(
    SigningKeys keys, AccessTokenStore store, AuthorizationGrantStore grants, IOptions<IdpOptions> options, TimeProvider clock)
{
    // RFC 9068 section 2.1: the type keeps ID tokens and every other JWT out.
    private static readonly JwsRules Signature =
        new(["at+jwt"], [JwsAlgorithm.ES256, JwsAlgorithm.PS256, JwsAlgorithm.RS256]);

    public async Task<AccessTokenState> FindAsync(string token)
    {
        if (await ReadAsync(token) is not { } claims)
            return new AccessTokenState.Inactive("the token is none of this provider's");
        if (!claims.TryGetProperty("iss", out var issuer) || !issuer.ValueEquals(options.Value.Issuer))
            return new AccessTokenState.Inactive("the token has another issuer");
        if (DateTimeOffset.FromUnixTimeSeconds(claims.GetProperty("exp").GetInt64()) <= clock.GetUtcNow())
            return new AccessTokenState.Inactive("the token has expired");

        // A token about a person dies with its grant, and that with the session.
        var revoked = store.IsRevokedAsync(claims.GetProperty("jti").GetString()!);
        var grantId = claims.TryGetProperty("grant_id", out var id) ? id.GetString() : null;
        var grant = grantId is null ? null : await grants.FindAsync(grantId);
        if (await revoked)
            return new AccessTokenState.Inactive("the token was revoked");

        return grantId is not null && grant is null
            ? new AccessTokenState.Inactive("the token's session or grant has ended")
            : new AccessTokenState.Active(claims, grant);
    }

    // A JWT has dots, a handle has none.
    private async Task<JsonElement?> ReadAsync(string token) => token.Contains('.', StringComparison.Ordinal)
        ? keys.Verify(token, Signature) is JwsCheck.Valid valid ? valid.Payload : null
        : await store.FindAsync(token);
}

internal abstract record AccessTokenState
{
    /// <param name="Grant">Null for a client that acts for itself.</param>
    public sealed record Active(JsonElement Claims, AuthorizationGrant? Grant) : AccessTokenState
    {
        public string ClientId => Claims.GetProperty("client_id").GetString()!;

        public string Id => Claims.GetProperty("jti").GetString()!;

        public DateTimeOffset ExpiresAt => DateTimeOffset.FromUnixTimeSeconds(Claims.GetProperty("exp").GetInt64());
    }

    /// <summary>Not in force; the reason is for the log.</summary>
    public sealed record Inactive(string Reason) : AccessTokenState;
}
