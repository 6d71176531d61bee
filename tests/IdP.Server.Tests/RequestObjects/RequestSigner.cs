using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Platform.Tokens.Jose;

namespace Platform.IdP.Tests.RequestObjects;

/// <summary>Signs request objects as a client does, and in ways that a client should not.</summary>
internal sealed class RequestSigner(DateTimeOffset now)
{
    public static readonly SigningKey Rs256 = SigningKey.Create(JwsAlgorithm.RS256);
    public static readonly SigningKey Ps256 = SigningKey.Create(JwsAlgorithm.PS256);
    public static readonly SigningKey Stranger = SigningKey.Create(JwsAlgorithm.ES256);
    private static readonly ECDsa Ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    public static readonly SigningKey Es256 = SigningKey.FromPem(Ec.ExportPkcs8PrivateKeyPem(), JwsAlgorithm.ES256);

    /// <summary>What the clients of <see cref="RequestObjectServer"/> publish.</summary>
    public static readonly string Published =
        new JsonWebKeySet([Es256.PublicKey, Ps256.PublicKey, Rs256.PublicKey]).ToJson();

    /// <summary>A request as FAPI 2.0 Message Signing demands it.</summary>
    public JsonObject Claims(string clientId, string redirectUri, params (string Name, JsonNode? Value)[] changes)
    {
        var claims = new JsonObject
        {
            ["iss"] = clientId,
            ["aud"] = Running.IdpServer.Issuer,
            ["nbf"] = Seconds(0),
            ["exp"] = Seconds(300),
            ["client_id"] = clientId,
            ["response_type"] = "code",
            ["redirect_uri"] = redirectUri,
            ["scope"] = "openid profile",
            ["state"] = "the inner state",
            ["nonce"] = "the nonce",
            ["code_challenge"] = Running.Portal.Challenge,
            ["code_challenge_method"] = "S256",
        };
        foreach (var (name, value) in changes)
        {
            claims.Remove(name);
            if (value is not null)
            {
                claims[name] = value;
            }
        }

        return claims;
    }

    public long Seconds(int fromNow) => now.ToUnixTimeSeconds() + fromNow;

    public static string Sign(JsonObject claims, SigningKey? key = null, string type = "oauth-authz-req+jwt") =>
        Jwt.Sign(key ?? Es256, type, claims);

    /// <summary>With any header, signed by the client's EC key.</summary>
    public static string SignWith(string header, JsonObject claims)
    {
        var input = $"{Encode(header)}.{Encode(claims.ToJsonString())}";
        return $"{input}.{Base64Url.EncodeToString(Ec.SignData(Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256))}";
    }

    public static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
