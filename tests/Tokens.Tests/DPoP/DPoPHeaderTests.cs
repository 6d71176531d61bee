using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Platform.Tokens.DPoP;
using Platform.Tokens.Jose;

namespace Platform.Tokens.Tests.DPoP;

public class DPoPHeaderTests
{
    private const string Htu = "https://server.example/token";

    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_900_000_000);

    [Theory]
    [InlineData(null)]
    [InlineData("JWT")]
    [InlineData("at+jwt")]
    public void T37_refuses_another_type(string? type) =>
        Refuses("The type (typ) is not the expected one.", header => header["typ"] = type);

    [Theory]
    [InlineData("none")]
    [InlineData("HS256")]
    [InlineData("RS256")]
    public void T37_refuses_another_algorithm(string algorithm) =>
        Refuses("The algorithm (alg) is not accepted.", header => header["alg"] = algorithm);

    [Fact]
    public void T37_accepts_RS256_only_where_it_is_asked_for()
    {
        var proof = DPoPProofs.Create(TestKeys.Rs256, "POST", Htu, null, null, Now);

        Refuses("The algorithm (alg) is not accepted.", proof);
        Assert.IsType<DPoPCheck.Valid>(Check(proof, new DPoPRules { Algorithms = [JwsAlgorithm.RS256] }));
    }

    [Fact]
    public void T37_refuses_a_proof_without_its_key() =>
        Refuses("The header has no key (jwk).", header => header.Remove("jwk"));

    [Theory]
    [InlineData("null")]
    [InlineData("\"key\"")]
    [InlineData("[]")]
    public void T37_refuses_a_key_that_is_no_object(string jwk) =>
        Refuses("The key is not a JSON object.", header => header["jwk"] = JsonNode.Parse(jwk));

    [Fact]
    public void T37_refuses_a_private_key() => Refuses(
        "The key has the private member d; only public keys are read.", header => header["jwk"]!["d"] = "AQAB");

    [Fact]
    public void T37_refuses_a_symmetric_key() => Refuses(
        "The key has the private member k; only public keys are read.",
        header => header["jwk"] = new JsonObject { ["kty"] = "oct", ["k"] = "AQAB" });

    [Fact]
    public void T76_refuses_a_key_that_is_too_small()
    {
        using var rsa = RSA.Create(1024);
        var jwk = new JsonObject
        {
            ["kty"] = "RSA",
            ["n"] = Base64Url.EncodeToString(rsa.ExportParameters(false).Modulus),
            ["e"] = "AQAB",
        };

        Refuses("The RSA key has 1024 bits; 2048 to 8192 are accepted.", header => header["jwk"] = jwk);
    }

    [Fact]
    public void T37_refuses_the_signature_of_another_key() =>
        Refuses("The signature does not hold.", header => header["jwk"] = TestKeys.Jwk(TestKeys.Foreign));

    [Fact]
    public void T37_refuses_a_key_of_another_type_than_the_algorithm() => Refuses(
        "The key is not for this algorithm (alg).", header => header["jwk"] = TestKeys.Jwk(TestKeys.Ps256));

    [Fact]
    public void T37_refuses_a_signature_that_was_changed_also_when_the_key_is_known()
    {
        var proof = DPoPProofs.Create(TestKeys.Es256, "POST", Htu, null, null, Now);
        Assert.IsType<DPoPCheck.Valid>(Check(proof));
        var signature = proof.LastIndexOf('.') + 1;

        Refuses(
            "The signature does not hold.",
            proof[..signature] + (proof[signature] == 'A' ? 'B' : 'A') + proof[(signature + 1)..]);
    }

    [Fact]
    public void T18_refuses_critical_extensions() => Refuses(
        "The header has critical extensions (crit).", header => header["crit"] = new JsonArray("exp"));

    [Fact]
    public void T18_a_proof_verifies_with_no_key_of_a_set()
    {
        var proof = DPoPProofs.Create(TestKeys.Foreign, "POST", Htu, null, null, Now);

        Assert.IsType<JwsCheck.Refused>(Jws.Verify(proof, TestKeys.Set, new JwsRules(["dpop+jwt"], [JwsAlgorithm.ES256])));
    }

    private static void Refuses(string reason, Action<JsonObject> change)
    {
        var header = new JsonObject { ["typ"] = "dpop+jwt", ["alg"] = "ES256", ["jwk"] = TestKeys.Jwk(TestKeys.Es256) };
        change(header);
        var claims = new JsonObject
        {
            ["jti"] = "p-1",
            ["htm"] = "POST",
            ["htu"] = Htu,
            ["iat"] = Now.ToUnixTimeSeconds(),
        };
        Refuses(reason, TestKeys.Sign(TestKeys.Es256, header.ToJsonString(), claims.ToJsonString()));
    }

    private static void Refuses(string reason, string proof) =>
        Assert.Equal(new DPoPCheck.Refused(reason), Check(proof));

    private static DPoPCheck Check(string proof, DPoPRules? rules = null) =>
        DPoPProofValidator.Check(proof, "POST", Htu, null, rules ?? DPoPRules.Default, Now);
}
