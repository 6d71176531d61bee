using System.Buffers.Text;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Platform.Tokens.Jose;

namespace Platform.IdP.Token;

/// <summary>Makes ID tokens (OpenID Connect Core section 2).</summary>
internal sealed class IdTokenIssuer(
    SigningKeys keys, UserDirectory users, SubjectIdentifiers subjects, IOptions<IdpOptions> options, TimeProvider clock)
{
    /// <summary>Null when the person is gone.</summary>
    public string? Issue(Issuance issuance, AuthorizationGrant grant, string accessToken)
    {
        if (users.FindBySubject(grant.Subject) is not { } user)
        {
            return null;
        }

        var now = clock.GetUtcNow();
        var claims = new JsonObject
        {
            ["iss"] = options.Value.Issuer,
            ["sub"] = subjects.For(issuance.Client, user.Subject),
            ["aud"] = issuance.Client.Id,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = (now + options.Value.Lifetimes.IdToken).ToUnixTimeSeconds(),
            ["auth_time"] = grant.AuthenticatedAt.ToUnixTimeSeconds(),
            ["at_hash"] = HalfHash(accessToken),
        };
        AddAuthentication(claims, grant);
        if (issuance.Client.Grants.Contains(GrantTypes.TokenExchange))
        {
            // Where it may be exchanged (RFC 8693), it dies with its grant as the other tokens do.
            claims["grant_id"] = grant.Id;
        }

        if (issuance.Nonce is { } nonce)
        {
            claims["nonce"] = nonce;
        }

        // OpenID Connect Core section 5.4: with an access token to ask userinfo with, scopes are answered there.
        UserClaims.Add(
            claims, user, issuance.Client.HasScopeClaimsInIdToken ? grant.Scopes : [], grant.Claims, UserClaims.IdToken);
        var start = Stopwatch.GetTimestamp();
        var token = Jwt.Sign(keys.For(issuance.Client.IdTokenAlgorithm), "JWT", claims);
        IdpTelemetry.SigningDuration.Record(Stopwatch.GetElapsedTime(start).TotalSeconds);
        return token;
    }

    private static void AddAuthentication(JsonObject claims, AuthorizationGrant grant)
    {
        if (grant.AuthenticationClass is { } acr)
        {
            claims["acr"] = acr;
        }

        if (grant.AuthenticationMethods.Count > 0)
        {
            claims["amr"] = new JsonArray([.. grant.AuthenticationMethods.Select(method => JsonValue.Create(method))]);
        }

        if (grant.SessionId is { } sid)
        {
            claims["sid"] = sid;
        }
    }

    // OpenID Connect Core section 3.1.3.6. Every algorithm here hashes with SHA-256.
    private static string HalfHash(string token) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(token)).AsSpan(0, SHA256.HashSizeInBytes / 2));
}
