using System.Text.Json.Nodes;
using Platform.Tokens.Discovery;
using Platform.Tokens.IdTokens;
using Platform.Tokens.Jose;

namespace Platform.Tokens.Tests.IdTokens;

public sealed class IdTokenValidatorTests : IAsyncLifetime
{
    // The left half of its SHA-256 was computed with OpenSSL.
    private const string AccessToken = "eyJhbGciOiJFUzI1NiJ9.e30.c2lnbmF0dXJl";
    private const string AccessTokenHash = "IVBYC1G7EBl6XPj1dsaSMA";

    private readonly TestProvider _provider = new();

    private long Now => _provider.Clock.GetUtcNow().ToUnixTimeSeconds();

    public ValueTask InitializeAsync() => _provider.InitializeAsync();

    public ValueTask DisposeAsync() => _provider.DisposeAsync();

    [Fact]
    public async Task Reads_a_good_token()
    {
        var token = Assert.IsType<IdTokenCheck.Valid>(await Validate(Claims())).Token;

        Assert.Equal((_provider.Issuer, "ada", "s-1"), (token.Issuer, token.Subject, token.SessionId));
        Assert.Equal(Now, token.IssuedAt.ToUnixTimeSeconds());
        Assert.Equal(Now - 5, token.AuthenticatedAt?.ToUnixTimeSeconds());
        Assert.Equal(Now + 300, token.ExpiresAt.ToUnixTimeSeconds());
        Assert.Equal("Ada Lovelace", token.Claims.GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("iss", "https://evil.example", "The issuer (iss) is another one.")] // O1
    [InlineData("aud", "other", "The audience (aud) is not this client alone.")] // O2
    [InlineData("aud", null, "The audience (aud) is not this client alone.")]
    [InlineData("azp", "other", "The authorized party (azp) is another one.")] // O3
    [InlineData("exp", null, "The expiry (exp) is missing.")] // O5
    [InlineData("nbf", "soon", "The token is not valid yet (nbf).")]
    [InlineData("iat", null, "The time of issue (iat) is missing.")]
    [InlineData("nonce", "other", "The nonce is not the one that was sent.")] // O6
    [InlineData("nonce", null, "The nonce is not the one that was sent.")]
    [InlineData("sub", null, "The subject (sub) is not 1 to 255 ASCII characters.")]
    [InlineData("sub", "", "The subject (sub) is not 1 to 255 ASCII characters.")]
    [InlineData("sub", "añil", "The subject (sub) is not 1 to 255 ASCII characters.")]
    [InlineData("auth_time", "now", "The time of authentication (auth_time) is not a time.")] // O7
    [InlineData("at_hash", "77QmUPtjPfzWtF2AnpK9RQ", "The access token is not the one that the token was issued with (at_hash).")] // O8
    public async Task O1_O2_O3_O5_O6_O7_O8_refuses_a_wrong_or_missing_claim(string claim, string? value, string reason)
    {
        var claims = Claims();
        claims[claim] = value;

        Refuses(reason, await Validate(claims));
    }

    [Theory]
    [InlineData("exp", -10, "The token has expired (exp).")]
    [InlineData("nbf", 11, "The token is not valid yet (nbf).")]
    [InlineData("iat", 11, "The token was issued in the future (iat).")]
    [InlineData("iat", -611, "The token was issued too long ago (iat).")]
    public async Task O5_refuses_a_time_beyond_the_clock_skew(string claim, int offset, string reason)
    {
        var claims = Claims();
        claims[claim] = Now + offset;

        Refuses(reason, await Validate(claims));
    }

    [Fact]
    public async Task O2_refuses_an_audience_beside_this_client()
    {
        var claims = Claims();
        claims["aud"] = new JsonArray("bff-server", "other");
        claims["azp"] = "bff-server";

        Refuses("The audience (aud) is not this client alone.", await Validate(claims));
    }

    [Fact]
    public async Task Accepts_this_client_as_the_only_member_of_an_array_and_as_azp()
    {
        var claims = Claims();
        claims["aud"] = new JsonArray("bff-server");
        claims["azp"] = "bff-server";

        Assert.IsType<IdTokenCheck.Valid>(await Validate(claims));
    }

    [Fact]
    public async Task O8_does_without_at_hash()
    {
        var claims = Claims();
        claims.Remove("at_hash");

        Assert.IsType<IdTokenCheck.Valid>(await Validate(claims));
    }

    [Theory]
    [InlineData("at+jwt")]
    [InlineData("secevent+jwt")]
    [InlineData("logout+jwt")]
    public async Task Refuses_an_access_token_and_other_kinds(string type) =>
        Refuses("The type (typ) is not the expected one.", await Validate(Jwt.Sign(TestKeys.Es256, type, Claims())));

    [Fact]
    public async Task Accepts_a_token_without_typ() => Assert.IsType<IdTokenCheck.Valid>(await Validate(TestKeys.Sign(
        TestKeys.Es256, $$"""{"alg":"ES256","kid":"{{TestKeys.Es256.KeyId}}"}""", Claims().ToJsonString())));

    [Fact]
    public async Task F21_O4_refuses_RS256_unless_it_is_asked_for()
    {
        var token = Jwt.Sign(TestKeys.Rs256, "JWT", Claims());

        Refuses("The algorithm (alg) is not accepted.", await Validate(token));
        Assert.IsType<IdTokenCheck.Valid>(await Validate(token, Rules with { Algorithms = [JwsAlgorithm.RS256] }));
    }

    [Fact]
    public async Task O4_refuses_the_key_of_another_issuer() => Refuses(
        "The key (kid) is not one of the issuer's.", await Validate(Jwt.Sign(TestKeys.Foreign, "JWT", Claims())));

    [Fact]
    public async Task Does_not_decide_on_a_key_that_may_be_new()
    {
        var validator = new IdTokenValidator(_provider.Client(), Rules, _provider.Clock);
        var token = Jwt.Sign(TestKeys.Foreign, "JWT", Claims());
        Assert.IsType<IdTokenCheck.Refused>(
            await validator.ValidateAsync(token, "n-1", AccessToken, TestContext.Current.CancellationToken));

        await Assert.ThrowsAsync<ProviderUnavailableException>(async () =>
            await validator.ValidateAsync(token, "n-1", AccessToken, TestContext.Current.CancellationToken));
    }

    private IdTokenRules Rules => new(_provider.Issuer, "bff-server", TimeSpan.FromSeconds(10));

    private JsonObject Claims() => new()
    {
        ["iss"] = _provider.Issuer,
        ["sub"] = "ada",
        ["aud"] = "bff-server",
        ["iat"] = Now,
        ["exp"] = Now + 300,
        ["auth_time"] = Now - 5,
        ["nonce"] = "n-1",
        ["sid"] = "s-1",
        ["at_hash"] = AccessTokenHash,
        ["name"] = "Ada Lovelace",
    };

    private ValueTask<IdTokenCheck> Validate(JsonObject claims) => Validate(Jwt.Sign(TestKeys.Es256, "JWT", claims));

    private ValueTask<IdTokenCheck> Validate(string token, IdTokenRules? rules = null) =>
        new IdTokenValidator(_provider.Client(), rules ?? Rules, _provider.Clock)
            .ValidateAsync(token, "n-1", AccessToken, TestContext.Current.CancellationToken);

    private static void Refuses(string reason, IdTokenCheck check) =>
        Assert.Equal(new IdTokenCheck.Refused(reason), check);
}
