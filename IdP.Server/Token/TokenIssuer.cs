using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Platform.IdP.Resources;
using Platform.Tokens.Jose;

namespace Platform.IdP.Token;

/// <summary>Makes token responses: RFC 9068 access tokens and ID tokens (OpenID Connect Core section 2).</summary>
internal sealed class TokenIssuer(
    SigningKeys keys, ResourceRegistry resources, UserDirectory users, IOptions<IdpOptions> options, TimeProvider clock)
{
    /// <summary>How people prove who they are: a password (RFC 8176).</summary>
    public const string PasswordClass = "urn:platform:acr:password";

    private readonly LifetimeOptions _lifetimes = options.Value.Lifetimes;

    public Task<JsonObject> IssueAsync(Issuance issuance)
    {
        var accessToken = AccessToken(issuance);
        var response = new JsonObject
        {
            ["access_token"] = accessToken,
            ["token_type"] = issuance.Confirmation?.KeyThumbprint is null ? "Bearer" : "DPoP",
            ["expires_in"] = (long)_lifetimes.AccessToken.TotalSeconds,
            ["scope"] = string.Join(' ', issuance.Scopes),
        };
        if (issuance is { WithIdToken: true, Grant: { } grant } && users.FindBySubject(grant.Subject) is { } user)
        {
            response["id_token"] = IdToken(issuance, grant, user, accessToken);
        }

        return Task.FromResult(response);
    }

    private string AccessToken(Issuance issuance)
    {
        var claims = Claims(
            issuance.Grant?.Subject ?? issuance.Client.Id,
            Audience(issuance.Audiences ?? resources.AudiencesOf(issuance.Scopes)), _lifetimes.AccessToken);
        claims["client_id"] = issuance.Client.Id;
        claims["jti"] = Handle.New();
        claims["scope"] = string.Join(' ', issuance.Scopes);
        if (issuance.Grant is { } grant)
        {
            claims["grant_id"] = grant.Id;
            if (grant.SessionId is { } sid)
            {
                claims["sid"] = sid;
            }
        }

        return Jwt.Sign(keys.Tokens, "at+jwt", claims);
    }

    private string IdToken(Issuance issuance, AuthorizationGrant grant, User user, string accessToken)
    {
        var claims = Claims(user.Subject, issuance.Client.Id, _lifetimes.IdToken);
        claims["auth_time"] = grant.AuthenticatedAt.ToUnixTimeSeconds();
        claims["acr"] = grant.AuthenticationClass;
        claims["amr"] = List(grant.AuthenticationMethods);
        claims["at_hash"] = HalfHash(accessToken);
        if (grant.SessionId is { } sid)
        {
            claims["sid"] = sid;
        }

        if (issuance.Nonce is { } nonce)
        {
            claims["nonce"] = nonce;
        }

        UserClaims.Add(claims, user, grant.Scopes);
        return Jwt.Sign(keys.Tokens, "JWT", claims);
    }

    private JsonObject Claims(string subject, JsonNode audience, TimeSpan lifetime)
    {
        var now = clock.GetUtcNow();
        return new JsonObject
        {
            ["iss"] = options.Value.Issuer,
            ["sub"] = subject,
            ["aud"] = audience,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = (now + lifetime).ToUnixTimeSeconds(),
        };
    }

    private static JsonNode Audience(IReadOnlyList<string> audiences) =>
        audiences is [var only] ? JsonValue.Create(only) : List(audiences);

    private static JsonArray List(IEnumerable<string> values) => new([.. values.Select(value => JsonValue.Create(value))]);

    // OpenID Connect Core section 3.1.3.6
    private static string HalfHash(string token) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(token)).AsSpan(0, SHA256.HashSizeInBytes / 2));
}
