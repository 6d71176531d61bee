using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Platform.IdP.Resources;
using Platform.Tokens.Jose;

namespace Platform.IdP.Token;

/// <summary>Makes tokens: RFC 9068 access tokens and ID tokens (OpenID Connect Core section 2).</summary>
internal sealed class TokenIssuer(
    SigningKeys keys, ResourceRegistry resources, IOptions<IdpOptions> options, TimeProvider clock)
{
    /// <summary>How people prove who they are: a password (RFC 8176).</summary>
    public const string PasswordClass = "urn:platform:acr:password";

    private readonly LifetimeOptions _lifetimes = options.Value.Lifetimes;

    public JsonObject Response(string accessToken, IEnumerable<string> scopes) => new()
    {
        ["access_token"] = accessToken,
        ["token_type"] = "Bearer",
        ["expires_in"] = (long)_lifetimes.AccessToken.TotalSeconds,
        ["scope"] = string.Join(' ', scopes),
    };

    public string AccessToken(
        Client client, string subject, IReadOnlyList<string> scopes, string tokenId, string? sessionId)
    {
        var claims = Claims(subject, Audience(scopes), _lifetimes.AccessToken);
        claims["client_id"] = client.Id;
        claims["jti"] = tokenId;
        claims["scope"] = string.Join(' ', scopes);
        if (sessionId is not null)
        {
            claims["sid"] = sessionId;
        }

        return Jwt.Sign(keys.Tokens, "at+jwt", claims);
    }

    public string IdToken(Client client, AuthorizationCode code, User user, string accessToken)
    {
        var claims = Claims(user.Subject, client.Id, _lifetimes.IdToken);
        claims["auth_time"] = code.AuthenticatedAt.ToUnixTimeSeconds();
        claims["sid"] = code.SessionId;
        claims["acr"] = PasswordClass;
        claims["amr"] = new JsonArray("pwd");
        claims["at_hash"] = HalfHash(accessToken);
        if (code.Nonce is not null)
        {
            claims["nonce"] = code.Nonce;
        }

        UserClaims.Add(claims, user, code.Scopes);
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

    private JsonNode Audience(IReadOnlyList<string> scopes) => resources.AudiencesOf(scopes) switch
    {
        [var only] => only,
        var several => new JsonArray([.. several.Select(audience => JsonValue.Create(audience))]),
    };

    // OpenID Connect Core section 3.1.3.6
    private static string HalfHash(string token) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(token)).AsSpan(0, SHA256.HashSizeInBytes / 2));
}
