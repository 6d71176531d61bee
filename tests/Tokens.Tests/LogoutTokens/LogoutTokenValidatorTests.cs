using System.Text.Json.Nodes;
using Platform.Tokens.Jose;
using Platform.Tokens.LogoutTokens;

namespace Platform.Tokens.Tests.LogoutTokens;

public sealed class LogoutTokenValidatorTests : IAsyncLifetime
{
    private readonly TestProvider _provider = new();

    private long Now => _provider.Clock.GetUtcNow().ToUnixTimeSeconds();

    public ValueTask InitializeAsync() => _provider.InitializeAsync();

    public ValueTask DisposeAsync() => _provider.DisposeAsync();

    [Fact]
    public async Task Reads_a_good_token()
    {
        var token = Assert.IsType<LogoutTokenCheck.Valid>(await Validate(Claims())).Token;

        Assert.Equal((_provider.Issuer, "ada", "s-1", "j-1"), (token.Issuer, token.Subject, token.SessionId, token.JwtId));
        Assert.Equal(Now, token.IssuedAt.ToUnixTimeSeconds());
    }

    [Theory]
    [InlineData("iss", "https://evil.example", "The issuer (iss) is another one.")] // L4
    [InlineData("iss", null, "The issuer (iss) is another one.")]
    [InlineData("aud", "other", "The audience (aud) is not this client alone.")]
    [InlineData("aud", null, "The audience (aud) is not this client alone.")]
    [InlineData("iat", null, "The time of issue (iat) is missing.")]
    [InlineData("exp", null, "The expiry (exp) is missing.")]
    [InlineData("nbf", "soon", "The token is not valid yet (nbf).")]
    [InlineData("sub", "", "The subject (sub) or the session (sid) is not a text.")] // L5
    [InlineData("sid", "", "The subject (sub) or the session (sid) is not a text.")]
    [InlineData("sid", null, "The subject (sub) or the session (sid) is not a text.")]
    [InlineData("events", null, "The token has no logout event (events).")] // L6
    [InlineData("events", "http://schemas.openid.net/event/backchannel-logout", "The token has no logout event (events).")]
    [InlineData("nonce", "n-1", "The token has a nonce.")] // L7
    [InlineData("jti", null, "The token id (jti) is missing.")] // L8
    [InlineData("jti", "", "The token id (jti) is missing.")]
    public async Task L4_L5_L6_L7_L8_refuses_a_wrong_or_missing_claim(string claim, string? value, string reason)
    {
        var claims = Claims();
        claims[claim] = value;

        Refuses(reason, await Validate(claims));
    }

    [Theory]
    [InlineData("exp", -10, "The token has expired (exp).")]
    [InlineData("nbf", 11, "The token is not valid yet (nbf).")]
    [InlineData("iat", 11, "The token was issued in the future (iat).")]
    public async Task L4_refuses_a_time_beyond_the_clock_skew(string claim, int offset, string reason)
    {
        var claims = Claims();
        claims[claim] = Now + offset;

        Refuses(reason, await Validate(claims));
    }

    [Fact]
    public async Task L5_refuses_a_token_that_names_nobody()
    {
        var claims = Claims();
        claims.Remove("sub");
        claims.Remove("sid");

        Refuses("The token names neither a subject (sub) nor a session (sid).", await Validate(claims));
    }

    [Theory]
    [InlineData("sub")]
    [InlineData("sid")]
    public async Task L5_accepts_one_of_the_two(string missing)
    {
        var claims = Claims();
        claims.Remove(missing);

        Assert.IsType<LogoutTokenCheck.Valid>(await Validate(claims));
    }

    [Theory]
    [InlineData("""{ "http://schemas.openid.net/event/other": {} }""")]
    [InlineData("""{ "http://schemas.openid.net/event/backchannel-logout": true }""")]
    [InlineData("[]")]
    public async Task L6_refuses_another_event(string events)
    {
        var claims = Claims();
        claims["events"] = JsonNode.Parse(events);

        Refuses("The token has no logout event (events).", await Validate(claims));
    }

    [Fact]
    public async Task L3_refuses_a_token_without_signature() => Refuses(
        "The algorithm (alg) is not accepted.", await Validate($"{Part("""{"alg":"none","typ":"logout+jwt"}""")}.{Part(Claims().ToJsonString())}."));

    [Fact]
    public async Task L3_refuses_RS256_unless_it_is_asked_for()
    {
        var token = Jwt.Sign(TestKeys.Rs256, "logout+jwt", Claims());

        Refuses("The algorithm (alg) is not accepted.", await Validate(token));
        Assert.IsType<LogoutTokenCheck.Valid>(await Validate(token, Rules with { Algorithms = [JwsAlgorithm.RS256] }));
    }

    [Fact]
    public async Task L3_refuses_the_key_of_another_issuer() => Refuses(
        "The key (kid) is not one of the issuer's.", await Validate(Jwt.Sign(TestKeys.Foreign, "logout+jwt", Claims())));

    [Fact]
    public async Task L3_does_not_decide_on_a_key_that_may_be_new()
    {
        var validator = new LogoutTokenValidator(_provider.Client(), Rules, _provider.Clock);
        var token = Jwt.Sign(TestKeys.Foreign, "logout+jwt", Claims());
        await validator.ValidateAsync(token, TestContext.Current.CancellationToken);

        Assert.IsType<LogoutTokenCheck.Undecided>(await validator.ValidateAsync(token, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("logout+jwt")]
    [InlineData("application/logout+jwt")]
    [InlineData("JWT")]
    public async Task L13_accepts_its_type_and_the_common_one(string type) =>
        Assert.IsType<LogoutTokenCheck.Valid>(await Validate(Jwt.Sign(TestKeys.Es256, type, Claims())));

    [Theory]
    [InlineData("at+jwt")]
    [InlineData("secevent+jwt")]
    public async Task L13_refuses_other_kinds(string type) =>
        Refuses("The type (typ) is not the expected one.", await Validate(Jwt.Sign(TestKeys.Es256, type, Claims())));

    private LogoutTokenRules Rules => new(_provider.Issuer, "bff-server", TimeSpan.FromSeconds(10));

    private JsonObject Claims() => new()
    {
        ["iss"] = _provider.Issuer,
        ["sub"] = "ada",
        ["aud"] = "bff-server",
        ["iat"] = Now,
        ["exp"] = Now + 120,
        ["jti"] = "j-1",
        ["sid"] = "s-1",
        ["events"] = new JsonObject { ["http://schemas.openid.net/event/backchannel-logout"] = new JsonObject() },
    };

    private static string Part(string json) => System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(json));

    private ValueTask<LogoutTokenCheck> Validate(JsonObject claims) => Validate(Jwt.Sign(TestKeys.Es256, "logout+jwt", claims));

    private ValueTask<LogoutTokenCheck> Validate(string token, LogoutTokenRules? rules = null) =>
        new LogoutTokenValidator(_provider.Client(), rules ?? Rules, _provider.Clock)
            .ValidateAsync(token, TestContext.Current.CancellationToken);

    private static void Refuses(string reason, LogoutTokenCheck check) =>
        Assert.Equal(new LogoutTokenCheck.Refused(reason), check);
}
