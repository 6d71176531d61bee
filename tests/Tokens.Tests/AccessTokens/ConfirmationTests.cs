using System.Text.Json.Nodes;
using Platform.Tokens.AccessTokens;
using Platform.Tokens.Jose;

namespace Platform.Tokens.Tests.AccessTokens;

public class ConfirmationTests
{
    private const string Issuer = "https://server.example";
    private const string Jkt = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";
    private const string X5t = "A4DtL2JmUMhAsvJj5tKyn64SqzmuXbMrJa0n761y5v0";
    private const string NotShown = "The token is bound to a key (cnf), whose possession was not shown.";

    private static readonly AccessTokenRules Rules = new(Issuer, Issuer, TimeSpan.FromSeconds(10));
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_900_000_000);

    [Theory]
    [InlineData(Jkt, null)]
    [InlineData(null, X5t)]
    [InlineData(Jkt, X5t)]
    public void Accepts_a_bound_token_whose_key_was_shown(string? key, string? certificate)
    {
        var confirmation = new Confirmation(key, certificate);

        var check = Validate(confirmation.ToJson(), new Confirmation(Jkt, X5t));

        Assert.Equal(confirmation, Assert.IsType<AccessTokenCheck.Valid>(check).Token.Confirmation);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(null, X5t)]
    [InlineData(X5t, null)]
    [InlineData("0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4", null)]
    public void T43_refuses_a_token_of_another_key(string? key, string? certificate) =>
        Refuses(NotShown, Validate(new Confirmation(Jkt).ToJson(), new Confirmation(key, certificate)));

    [Theory]
    [InlineData(null, null)]
    [InlineData(X5t, null)]
    [InlineData(null, Jkt)]
    public void T68_refuses_a_token_of_another_certificate(string? key, string? certificate) =>
        Refuses(NotShown, Validate(new Confirmation(null, X5t).ToJson(), new Confirmation(key, certificate)));

    [Theory]
    [InlineData(Jkt, null)]
    [InlineData(null, X5t)]
    public void Refuses_half_of_what_a_token_is_bound_to(string? key, string? certificate) =>
        Refuses(NotShown, Validate(new Confirmation(Jkt, X5t).ToJson(), new Confirmation(key, certificate)));

    [Fact]
    public void Refuses_a_bound_token_when_nothing_was_shown() =>
        Refuses(NotShown, Validate(new Confirmation(Jkt).ToJson(), possession: null));

    [Theory]
    [InlineData("null", "The confirmation (cnf) is not an object.")]
    [InlineData("\"0ZcOCORZNYy\"", "The confirmation (cnf) is not an object.")]
    [InlineData("{}", "The confirmation (cnf) is empty.")]
    [InlineData("""{"kid":"k-1"}""", "The confirmation (cnf) has a member that is not understood.")]
    [InlineData("""{"jkt":"0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I","jwk":{}}""", "The confirmation (cnf) has a member that is not understood.")]
    [InlineData("""{"jkt":7}""", "The confirmation (cnf) has a thumbprint that is not a SHA-256 in base64url.")]
    [InlineData("""{"jkt":null}""", "The confirmation (cnf) has a thumbprint that is not a SHA-256 in base64url.")]
    [InlineData("""{"jkt":"AQAB"}""", "The confirmation (cnf) has a thumbprint that is not a SHA-256 in base64url.")]
    [InlineData("""{"x5t#S256":"0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I="}""", "The confirmation (cnf) has a thumbprint that is not a SHA-256 in base64url.")]
    public void Refuses_a_confirmation_that_it_does_not_understand(string cnf, string reason) =>
        Refuses(reason, Validate(JsonNode.Parse(cnf), new Confirmation(Jkt, X5t)));

    [Fact]
    public void A_token_without_confirmation_has_none()
    {
        var check = Validate(cnf: null, new Confirmation(Jkt, X5t), claims => claims.Remove("cnf"));

        Assert.Null(Assert.IsType<AccessTokenCheck.Valid>(check).Token.Confirmation);
    }

    [Fact]
    public void T74_refuses_a_token_without_confirmation_where_one_is_required() => Refuses(
        "The token is not bound to a key (cnf).",
        Validate(
            cnf: null, new Confirmation(Jkt), claims => claims.Remove("cnf"), Rules with { RequiresConfirmation = true }));

    private static AccessTokenCheck Validate(
        JsonNode? cnf, Confirmation? possession, Action<JsonObject>? change = null, AccessTokenRules? rules = null)
    {
        var claims = new JsonObject
        {
            ["iss"] = Issuer,
            ["sub"] = "ada",
            ["aud"] = Issuer,
            ["client_id"] = "bff-server",
            ["iat"] = Now.ToUnixTimeSeconds(),
            ["exp"] = Now.ToUnixTimeSeconds() + 300,
            ["jti"] = "at-1",
            ["cnf"] = cnf,
        };
        change?.Invoke(claims);
        var token = Jwt.Sign(TestKeys.Es256, "at+jwt", claims);
        return AccessTokenValidator.Validate(token, TestKeys.Set, rules ?? Rules, possession, Now);
    }

    private static void Refuses(string reason, AccessTokenCheck check) =>
        Assert.Equal(new AccessTokenCheck.Refused("invalid_token", reason), check);
}
