using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Tokens.Jose;

namespace Platform.Tokens.Tests.Jose;

public class JsonWebKeyTests
{
    private const string Rfc7638Modulus = "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw";

    [Fact]
    public void Has_the_thumbprint_of_RFC_7638_3_1()
    {
        var key = Parse($$"""{"kty":"RSA","n":"{{Rfc7638Modulus}}","e":"AQAB","alg":"RS256","kid":"2011-04-29"}""");

        Assert.Equal("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs", key.Thumbprint);
        Assert.Equal(("RSA", "2011-04-29", JwsAlgorithm.RS256), (key.KeyType, key.KeyId, key.Algorithm));
    }

    [Fact]
    public void Has_one_thumbprint_whether_or_not_the_modulus_has_a_zero_in_front()
    {
        var padded = Base64Url.EncodeToString([0, .. Base64Url.DecodeFromChars(Rfc7638Modulus)]);

        Assert.Equal("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs", Parse($$"""{"kty":"RSA","n":"{{padded}}","e":"AQAB"}""").Thumbprint);
    }

    [Theory]
    [InlineData(JwsAlgorithm.ES256)]
    [InlineData(JwsAlgorithm.PS256)]
    [InlineData(JwsAlgorithm.RS256)]
    public void Is_written_and_read_without_its_private_half(JwsAlgorithm algorithm)
    {
        using var key = SigningKey.Create(algorithm);
        var json = new JsonWebKeySet([key.PublicKey]).ToJson();

        var read = JsonWebKeySet.Parse(Encoding.UTF8.GetBytes(json)).Keys.Single();

        Assert.Equal(
            (key.KeyId, key.PublicKey.Thumbprint, (JwsAlgorithm?)algorithm), (read.KeyId, read.Thumbprint, read.Algorithm));
        string[] written = [.. JsonNode.Parse(json)!["keys"]![0]!.AsObject().Select(member => member.Key)];
        string[] expected = algorithm == JwsAlgorithm.ES256
            ? ["kty", "crv", "x", "y", "kid", "alg", "use"]
            : ["kty", "n", "e", "kid", "alg", "use"];
        Assert.Equal(expected, written);
    }

    [Theory]
    [InlineData("d")]
    [InlineData("p")]
    [InlineData("k")]
    public void Refuses_a_private_key(string member) =>
        Refuses($"The key has the private member {member}; only public keys are read.", jwk => jwk[member] = "AQAB");

    [Fact]
    public void Refuses_an_encryption_key() => Refuses("The use of the key is not sig.", jwk => jwk["use"] = "enc");

    [Fact]
    public void Refuses_a_key_that_is_not_for_verification() =>
        Refuses("The key_ops of the key do not contain verify.", jwk => jwk["key_ops"] = new JsonArray("encrypt"));

    [Fact]
    public void Refuses_another_key_type() =>
        Refuses("The kty of the key is neither EC nor RSA.", jwk => jwk["kty"] = "oct");

    [Fact]
    public void F22_refuses_another_curve() =>
        Refuses("The curve of the EC key is not P-256.", jwk => jwk["crv"] = "P-384");

    [Fact]
    public void Refuses_a_point_off_the_curve() =>
        Refuses(
            "The point of the EC key is not on its curve.", jwk => jwk["x"] = Base64Url.EncodeToString(new byte[32]));

    [Fact]
    public void Refuses_a_short_coordinate() =>
        Refuses(
            "The member y of the EC key is not a coordinate of 32 octets.", jwk => jwk["y"] = Base64Url.EncodeToString(new byte[31]));

    [Fact]
    public void Refuses_an_algorithm_that_does_not_exist_here() =>
        Refuses("The alg of the key is not supported.", jwk => jwk["alg"] = "HS256");

    [Fact]
    public void Refuses_an_algorithm_that_does_not_fit_the_type() =>
        Refuses("The alg of the key does not fit its kty.", jwk => jwk["alg"] = "RS256");

    [Fact]
    public void Refuses_an_oversized_name() => Refuses(
        "The kid of the key is not a string of 1 to 256 characters.", jwk => jwk["kid"] = new string('x', 257));

    [Fact]
    public void F22_refuses_RSA_of_1024_bits()
    {
        using var rsa = RSA.Create(1024);
        var modulus = Base64Url.EncodeToString(rsa.ExportParameters(false).Modulus);

        Refuses("The RSA key has 1024 bits; 2048 to 8192 are accepted.", $$"""{"kty":"RSA","n":"{{modulus}}","e":"AQAB"}""");
    }

    [Theory]
    [InlineData("AQ")]
    [InlineData("Ag")]
    [InlineData("AQAAAAAB")]
    [InlineData("")]
    public void Refuses_a_weak_or_huge_exponent(string exponent) => Refuses(
        "The exponent of the RSA key is not an odd number from 3 to 2^32.",
        $$"""{"kty":"RSA","n":"{{Rfc7638Modulus}}","e":"{{exponent}}"}""");

    private static JsonWebKey Parse(string jwk) => JsonWebKey.Parse(JsonElement.Parse(jwk));

    private static void Refuses(string reason, Action<JsonObject> change)
    {
        var jwk = JsonNode.Parse(new JsonWebKeySet([TestKeys.Es256.PublicKey]).ToJson())!["keys"]![0]!.AsObject();
        change(jwk);
        Refuses(reason, jwk.ToJsonString());
    }

    private static void Refuses(string reason, string jwk) =>
        Assert.Equal(reason, Assert.Throws<FormatException>(() => Parse(jwk)).Message);
}
