using System.Text.Json.Nodes;
using Platform.Tokens.ClientAssertions;
using Platform.Tokens.Jose;

namespace Platform.Tokens.Tests.ClientAssertions;

public class ClientAssertionValidatorTests
{
    private const string Issuer = "https://server.example";
    private const string ClientId = "bff-server";

    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_900_000_000);
    private static readonly ClientAssertionRules Rules = new(Issuer, ClientId);

    [Fact]
    public void Reads_a_good_assertion() => Assert.Equal(
        new ClientAssertionCheck.Valid(ClientId, "a-1", Now + TimeSpan.FromSeconds(70)), Check(Claims()));

    [Theory]
    [InlineData("iss", null, "The issuer (iss) is not the client.")]
    [InlineData("iss", "other", "The issuer (iss) is not the client.")]
    [InlineData("sub", null, "The subject (sub) is not the client.")]
    [InlineData("sub", "other", "The subject (sub) is not the client.")]
    [InlineData("exp", null, "The expiry (exp) is missing.")]
    [InlineData("exp", "tomorrow", "The expiry (exp) is missing.")]
    [InlineData("nbf", "soon", "The token is not valid yet (nbf).")]
    [InlineData("iat", "now", "The time of issue (iat) is missing.")]
    [InlineData("jti", null, "The assertion id (jti) is not a string of 1 to 256 characters.")]
    [InlineData("jti", "", "The assertion id (jti) is not a string of 1 to 256 characters.")]
    public void T45_refuses_a_wrong_or_missing_claim(string claim, string? value, string reason) =>
        Refuses(reason, claims => claims[claim] = value);

    [Fact]
    public void T45_refuses_an_oversized_id() => Refuses(
        "The assertion id (jti) is not a string of 1 to 256 characters.", claims => claims["jti"] = new string('x', 257));

    [Theory]
    [InlineData(null)]
    [InlineData("https://server.example/")]
    [InlineData("https://server.example/token")]
    [InlineData("https://server.example/par")]
    [InlineData("https://evil.example")]
    public void T46_refuses_another_audience_than_the_issuer(string? audience) => Refuses(
        "The audience (aud) is not the issuer identifier, as a string.", claims => claims["aud"] = audience);

    [Fact]
    public void T46_refuses_an_array_as_the_audience() => Refuses(
        "The audience (aud) is not the issuer identifier, as a string.", claims => claims["aud"] = new JsonArray(Issuer));

    [Theory]
    [InlineData("exp", -9)]
    [InlineData("exp", 610)]
    [InlineData("iat", 10)]
    [InlineData("nbf", 10)]
    [InlineData("iat", -3600)]
    public void T48_accepts_a_time_within_the_clock_skew(string claim, int offset) =>
        Assert.IsType<ClientAssertionCheck.Valid>(Check(ClaimsAt(claim, offset)));

    [Theory]
    [InlineData("exp", -10, "The token has expired (exp).")]
    [InlineData("exp", 611, "The expiry (exp) is too far ahead.")]
    [InlineData("iat", 61, "The token was issued in the future (iat).")]
    [InlineData("nbf", 61, "The token is not valid yet (nbf).")]
    public void T48_refuses_a_time_beyond_the_clock_skew(string claim, int offset, string reason) =>
        Assert.Equal(new ClientAssertionCheck.Refused(reason), Check(ClaimsAt(claim, offset)));

    [Fact]
    public void Does_without_the_optional_times()
    {
        var claims = Claims();
        claims.Remove("iat");
        claims.Remove("nbf");

        Assert.IsType<ClientAssertionCheck.Valid>(Check(claims));
    }

    [Theory]
    [InlineData("JWT")]
    [InlineData("client-authentication+jwt")]
    public void Accepts_the_types_of_RFC_7523(string type) =>
        Assert.IsType<ClientAssertionCheck.Valid>(Check(Jwt.Sign(TestKeys.Es256, type, Claims())));

    [Fact]
    public void Accepts_an_assertion_without_type() => Assert.IsType<ClientAssertionCheck.Valid>(
        Check(TestKeys.Sign(TestKeys.Es256, """{"alg":"ES256"}""", Claims().ToJsonString())));

    [Theory]
    [InlineData("oauth-authz-req+jwt")]
    [InlineData("dpop+jwt")]
    [InlineData("at+jwt")]
    public void Refuses_what_the_client_signed_for_other_ends(string type) => Assert.Equal(
        new ClientAssertionCheck.Refused("The type (typ) is not the expected one."),
        Check(Jwt.Sign(TestKeys.Es256, type, Claims())));

    [Fact]
    public void T45_refuses_RS256_unless_the_client_asked_for_it()
    {
        var assertion = Jwt.Sign(TestKeys.Rs256, "JWT", Claims());

        Assert.Equal(new ClientAssertionCheck.Refused("The algorithm (alg) is not accepted."), Check(assertion));
        Assert.IsType<ClientAssertionCheck.Valid>(
            Check(assertion, Rules with { Algorithms = [JwsAlgorithm.RS256] }));
    }

    [Fact]
    public void T45_refuses_a_forged_signature()
    {
        using var forger = SigningKey.FromPem(TestKeys.Foreign.ToPem(), JwsAlgorithm.ES256, TestKeys.Es256.KeyId);

        Assert.Equal(
            new ClientAssertionCheck.Refused("The signature does not hold."), Check(Jwt.Sign(forger, "JWT", Claims())));
    }

    [Fact]
    public void T49_says_that_the_key_is_unknown() => Assert.Equal(
        new ClientAssertionCheck.UnknownKey(TestKeys.Foreign.KeyId), Check(Jwt.Sign(TestKeys.Foreign, "JWT", Claims())));

    private static JsonObject Claims() => new()
    {
        ["iss"] = ClientId,
        ["sub"] = ClientId,
        ["aud"] = Issuer,
        ["jti"] = "a-1",
        ["iat"] = Now.ToUnixTimeSeconds(),
        ["nbf"] = Now.ToUnixTimeSeconds(),
        ["exp"] = Now.ToUnixTimeSeconds() + 60,
    };

    private static JsonObject ClaimsAt(string claim, int offset)
    {
        var claims = Claims();
        claims[claim] = Now.ToUnixTimeSeconds() + offset;
        return claims;
    }

    private static void Refuses(string reason, Action<JsonObject> change)
    {
        var claims = Claims();
        change(claims);
        Assert.Equal(new ClientAssertionCheck.Refused(reason), Check(claims));
    }

    private static ClientAssertionCheck Check(JsonObject claims) => Check(Jwt.Sign(TestKeys.Es256, "JWT", claims));

    private static ClientAssertionCheck Check(string assertion, ClientAssertionRules? rules = null) =>
        ClientAssertionValidator.Check(assertion, TestKeys.Set, rules ?? Rules, Now);
}
