using System.Text.Json.Nodes;
using Platform.Tokens.DPoP;

namespace Platform.Tokens.Tests.DPoP;

public class DPoPProofValidatorTests
{
    private const string Htu = "https://server.example/token";
    private const string AccessToken = "Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU";

    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_900_000_000);

    [Fact]
    public void T38_accepts_further_claims_and_header_members()
    {
        var header = Header();
        header["kid"] = "another";
        header["jku"] = "https://evil.example/jwks";
        var claims = Claims();
        claims["iss"] = "anybody";
        claims["nonce"] = "n-1";

        Assert.Equal(
            new DPoPProof(TestKeys.Es256.PublicKey.Thumbprint, "p-1", Now, "n-1", null),
            Assert.IsType<DPoPCheck.Valid>(Check(claims, header)).Proof);
    }

    [Theory]
    [InlineData("jti", null, "The proof id (jti) is not a string of 1 to 256 characters.")]
    [InlineData("jti", "\"\"", "The proof id (jti) is not a string of 1 to 256 characters.")]
    [InlineData("jti", "7", "The proof id (jti) is not a string of 1 to 256 characters.")]
    [InlineData("htm", null, "The method (htm) is missing.")]
    [InlineData("htm", "\"GET\"", "The method (htm) is another one.")]
    [InlineData("htm", "\"post\"", "The method (htm) is another one.")]
    [InlineData("htm", "7", "The method (htm) is another one.")]
    [InlineData("htu", null, "The address (htu) is missing.")]
    [InlineData("htu", "7", "The address (htu) is missing.")]
    [InlineData("htu", "\"https://server.example/par\"", "The address (htu) is another one.")]
    [InlineData("iat", null, "The time of issue (iat) is missing.")]
    [InlineData("iat", "\"1900000000\"", "The time of issue (iat) is missing.")]
    [InlineData("nonce", "7", "The nonce is not a string.")]
    public void T37_refuses_a_wrong_or_missing_claim(string claim, string? json, string reason)
    {
        var claims = Claims();
        claims.Remove(claim);
        if (json is not null)
        {
            claims[claim] = JsonNode.Parse(json);
        }

        Refuses(reason, Check(claims));
    }

    [Fact]
    public void Refuses_an_oversized_proof_id()
    {
        var claims = Claims();
        claims["jti"] = new string('x', 257);

        Refuses("The proof id (jti) is not a string of 1 to 256 characters.", Check(claims));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(-10)]
    [InlineData(-59)]
    public void T39_accepts_a_time_within_the_window(int offset) =>
        Assert.IsType<DPoPCheck.Valid>(Check(ClaimsAt(offset)));

    [Theory]
    [InlineData(11, "The proof was issued in the future (iat).")]
    [InlineData(60, "The proof was issued in the future (iat).")]
    [InlineData(3600, "The proof was issued in the future (iat).")]
    [InlineData(-60, "The proof was issued too long ago (iat).")]
    [InlineData(-3600, "The proof was issued too long ago (iat).")]
    public void T39_refuses_a_time_beyond_the_window(int offset, string reason) =>
        Refuses(reason, Check(ClaimsAt(offset)));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEO")]
    [InlineData("fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo=")]
    public void T43_refuses_a_proof_for_another_access_token(string? hash)
    {
        var claims = Claims();
        claims["ath"] = hash;

        Refuses("The proof is not for this access token (ath).", Check(claims, accessToken: AccessToken));
    }

    [Fact]
    public void T43_accepts_a_proof_for_this_access_token()
    {
        var claims = Claims();
        claims["ath"] = "fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo";

        Assert.IsType<DPoPCheck.Valid>(Check(claims, accessToken: AccessToken));
    }

    [Theory]
    [InlineData("")]
    [InlineData("proof")]
    [InlineData("a.b.c, a.b.c")]
    public void T37_refuses_what_is_not_one_JWT(string proof) =>
        Refuses("The token has not exactly three parts.", Check(proof));

    private static JsonObject ClaimsAt(int offset)
    {
        var claims = Claims();
        claims["iat"] = Now.ToUnixTimeSeconds() + offset;
        return claims;
    }

    private static JsonObject Claims() => new()
    {
        ["jti"] = "p-1",
        ["htm"] = "POST",
        ["htu"] = Htu,
        ["iat"] = Now.ToUnixTimeSeconds(),
    };

    private static JsonObject Header() => new()
    {
        ["typ"] = "dpop+jwt",
        ["alg"] = "ES256",
        ["jwk"] = TestKeys.Jwk(TestKeys.Es256),
    };

    private static DPoPCheck Check(JsonObject claims, JsonObject? header = null, string? accessToken = null) => Check(
        TestKeys.Sign(TestKeys.Es256, (header ?? Header()).ToJsonString(), claims.ToJsonString()), accessToken);

    private static DPoPCheck Check(string proof, string? accessToken = null) =>
        DPoPProofValidator.Check(proof, "POST", Htu, accessToken, DPoPRules.Default, Now);

    private static void Refuses(string reason, DPoPCheck check) => Assert.Equal(new DPoPCheck.Refused(reason), check);
}
