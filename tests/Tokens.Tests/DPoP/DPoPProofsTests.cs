using System.Buffers.Text;
using System.Text.Json.Nodes;
using Platform.Tokens.DPoP;
using Platform.Tokens.Jose;

namespace Platform.Tokens.Tests.DPoP;

public class DPoPProofsTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_900_000_000);

    [Theory]
    [InlineData(JwsAlgorithm.ES256)]
    [InlineData(JwsAlgorithm.PS256)]
    public void Makes_a_proof_that_is_good(JwsAlgorithm algorithm)
    {
        using var key = SigningKey.Create(algorithm);
        var proof = DPoPProofs.Create(key, "GET", "https://api.example/a?b=c#d", "n-1", Rfc9449.AccessToken, Now);

        var check = DPoPProofValidator.Check(
            proof, "GET", "https://api.example/a", Rfc9449.AccessToken, DPoPRules.Default, Now);

        var read = Assert.IsType<DPoPCheck.Valid>(check).Proof;
        Assert.Equal(
            (key.PublicKey.Thumbprint, Now, "n-1", "fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo"),
            (read.Thumbprint, read.IssuedAt, read.Nonce, read.AccessTokenHash));
        Assert.Equal("https://api.example/a", Part(proof, 1)["htu"]!.GetValue<string>());
    }

    [Fact]
    public void Has_the_public_key_and_nothing_else_of_it_in_the_header()
    {
        var header = Part(DPoPProofs.Create(TestKeys.Es256, "POST", "https://api.example/a", null, null, Now), 0);

        Assert.Equal(["alg", "typ", "jwk"], header.Select(member => member.Key));
        Assert.Equal(["kty", "crv", "x", "y"], header["jwk"]!.AsObject().Select(member => member.Key));
    }

    [Fact]
    public void Leaves_out_what_it_is_not_given() => Assert.Equal(
        ["jti", "htm", "htu", "iat"],
        Part(DPoPProofs.Create(TestKeys.Es256, "POST", "https://api.example/a", null, null, Now), 1)
            .Select(member => member.Key));

    [Fact]
    public void Never_repeats_an_id() => Assert.Equal(
        100,
        Enumerable.Range(0, 100)
            .Select(_ => Part(DPoPProofs.Create(TestKeys.Es256, "POST", "https://a.example", null, null, Now), 1)["jti"]!.GetValue<string>())
            .Distinct()
            .Count());

    private static JsonObject Part(string proof, int index) =>
        JsonNode.Parse(Base64Url.DecodeFromChars(proof.Split('.')[index]))!.AsObject();
}
