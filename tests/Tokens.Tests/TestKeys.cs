using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using Platform.Tokens.Jose;

namespace Platform.Tokens.Tests;

/// <summary>Keys made once for all tests, and tokens with any header a forger may think of.</summary>
internal static class TestKeys
{
    public static readonly SigningKey Es256 = SigningKey.Create(JwsAlgorithm.ES256);
    public static readonly SigningKey Ps256 = SigningKey.Create(JwsAlgorithm.PS256);
    public static readonly SigningKey Rs256 = SigningKey.Create(JwsAlgorithm.RS256);
    public static readonly SigningKey Foreign = SigningKey.Create(JwsAlgorithm.ES256);
    public static readonly SigningKey ForeignRs256 = SigningKey.Create(JwsAlgorithm.RS256);

    public static readonly JsonWebKeySet Set = new([Es256.PublicKey, Ps256.PublicKey, Rs256.PublicKey]);

    /// <summary>The bare public key.</summary>
    public static JsonObject Jwk(SigningKey key)
    {
        var jwk = JsonNode.Parse(new JsonWebKeySet([key.PublicKey]).ToJson())!["keys"]![0]!.DeepClone().AsObject();
        foreach (var member in (string[])["kid", "alg", "use"])
        {
            jwk.Remove(member);
        }

        return jwk;
    }

    public static string Sign(SigningKey key, string header, string payload) =>
        Join(Encode(header), Encode(payload), key);

    public static string Join(string header, string payload, SigningKey key) =>
        $"{header}.{payload}.{Base64Url.EncodeToString(Sign(key, Encoding.ASCII.GetBytes($"{header}.{payload}")))}";

    public static byte[] Sign(SigningKey key, ReadOnlySpan<byte> data)
    {
        var signature = new byte[key.SignatureLength];
        key.Sign(data, signature);
        return signature;
    }

    public static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
