using System.Text.Json.Nodes;
using Platform.Tokens.AuthorizationGrants;
using Platform.Tokens.Jose;

namespace Platform.Tokens.Tests.AuthorizationGrants;

public class AuthorizationGrantValidatorTests
{
    private const string Issuer = "https://server.example";
    private const string TrustedIssuer = "https://partner.example";

    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_900_000_000);
    private static readonly AuthorizationGrantRules Rules = new(TrustedIssuer, Issuer);

    [Fact]
    public void Reads_a_good_assertion()
    {
        var valid = Assert.IsType<AuthorizationGrantCheck.Valid>(Check(Claims()));

        Assert.Equal(("ada", "g-1", Now + TimeSpan.FromSeconds(310)), (valid.Subject, valid.Id, valid.ExpiresAt));
        Assert.Equal("7", valid.Claims.GetProperty("department").GetString());
    }

    [Fact]
    public void Does_without_the_optional_claims()
    {
        var claims = Claims();
        claims.Remove("iat");
        claims.Remove("jti");
        claims["aud"] = new JsonArray(Issuer);

        Assert.Null(Assert.IsType<AuthorizationGrantCheck.Valid>(Check(claims)).Id);
    }

    [Theory]
    [InlineData("iss", null, "The issuer (iss) is another one.")]
    [InlineData("iss", "https://evil.example", "The issuer (iss) is another one.")]
    [InlineData("sub", null, "The subject (sub) is missing.")]
    [InlineData("sub", "", "The subject (sub) is missing.")]
    [InlineData("aud", null, "The audience (aud) is not the issuer identifier alone.")]
    [InlineData("aud", "https://server.example/token", "The audience (aud) is not the issuer identifier alone.")]
    [InlineData("exp", null, "The expiry (exp) is missing.")]
    [InlineData("nbf", "soon", "The token is not valid yet (nbf).")]
    [InlineData("iat", "now", "The time of issue (iat) is missing.")]
    [InlineData("jti", "", "The assertion id (jti) is not a string of 1 to 256 characters.")]
    public void T50_refuses_a_wrong_or_missing_claim(string claim, string? value, string reason)
    {
        var claims = Claims();
        claims[claim] = value;

        Refuses(reason, Check(claims));
    }

    [Fact]
    public void T50_refuses_an_audience_beside_this_server()
    {
        var claims = Claims();
        claims["aud"] = new JsonArray(Issuer, "https://other.example");

        Refuses("The audience (aud) is not the issuer identifier alone.", Check(claims));
    }

    [Theory]
    [InlineData("exp", -10, "The token has expired (exp).")]
    [InlineData("exp", 3611, "The expiry (exp) is too far ahead.")]
    [InlineData("nbf", 11, "The token is not valid yet (nbf).")]
    [InlineData("iat", 11, "The token was issued in the future (iat).")]
    public void T50_refuses_a_time_beyond_the_clock_skew(string claim, int offset, string reason)
    {
        var claims = Claims();
        claims[claim] = Now.ToUnixTimeSeconds() + offset;

        Refuses(reason, Check(claims));
    }

    [Theory]
    [InlineData("at+jwt")]
    [InlineData("client-authentication+jwt")]
    public void T50_refuses_another_kind_of_token(string type) =>
        Refuses("The type (typ) is not the expected one.", Check(Jwt.Sign(TestKeys.Es256, type, Claims())));

    [Fact]
    public void Accepts_the_explicit_type() =>
        Assert.IsType<AuthorizationGrantCheck.Valid>(Check(Jwt.Sign(TestKeys.Es256, "authorization-grant+jwt", Claims())));

    [Fact]
    public void T50_refuses_RS256_unless_it_is_asked_for() =>
        Refuses("The algorithm (alg) is not accepted.", Check(Jwt.Sign(TestKeys.Rs256, "JWT", Claims())));

    [Fact]
    public void Says_that_the_key_is_unknown() => Assert.Equal(
        new AuthorizationGrantCheck.UnknownKey(TestKeys.Foreign.KeyId), Check(Jwt.Sign(TestKeys.Foreign, "JWT", Claims())));

    private static JsonObject Claims() => new()
    {
        ["iss"] = TrustedIssuer,
        ["sub"] = "ada",
        ["aud"] = Issuer,
        ["jti"] = "g-1",
        ["iat"] = Now.ToUnixTimeSeconds(),
        ["exp"] = Now.ToUnixTimeSeconds() + 300,
        ["department"] = "7",
    };

    private static void Refuses(string reason, AuthorizationGrantCheck check) =>
        Assert.Equal(new AuthorizationGrantCheck.Refused(reason), check);

    private static AuthorizationGrantCheck Check(JsonObject claims) => Check(Jwt.Sign(TestKeys.Es256, "JWT", claims));

    private static AuthorizationGrantCheck Check(string assertion) =>
        AuthorizationGrantValidator.Check(assertion, TestKeys.Set, Rules, Now);
}
