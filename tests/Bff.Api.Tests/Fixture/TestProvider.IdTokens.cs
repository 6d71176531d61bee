using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Platform.Tokens.Jose;

namespace Platform.Bff.Tests.Fixture;

/// <summary>What it says of the person, and the keys by which that is verified.</summary>
internal sealed partial class TestProvider
{
    private JsonWebKeySet Keys() => new(PublishesNextKey ? [_key.PublicKey, _nextKey.PublicKey] : [_key.PublicKey]);

    private string SignIdToken(string nonce, string accessToken)
    {
        var now = _clock.GetUtcNow().ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["iss"] = Issuer,
            ["sub"] = Subject,
            ["aud"] = ClientId,
            ["iat"] = now,
            ["exp"] = now + 300,
            ["auth_time"] = now,
            ["nonce"] = nonce,
            ["sid"] = SessionId,
            ["name"] = "Ada Lovelace",
            ["email"] = "ada@example.com",
            ["at_hash"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(accessToken)).AsSpan(..16)),
        };
        IdToken(claims);
        return Jwt.Sign(SignsWithNextKey ? _nextKey : _key, "JWT", claims);
    }
}
