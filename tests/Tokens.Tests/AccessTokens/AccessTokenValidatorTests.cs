using System.Text.Json.Nodes;
using Platform.Tokens.AccessTokens;
using Platform.Tokens.Discovery;
using Platform.Tokens.Jose;

namespace Platform.Tokens.Tests.AccessTokens;

public sealed class AccessTokenValidatorTests : IAsyncLifetime
{
    private const string Audience = "urn:example:api";

    private readonly TestProvider _provider = new();

    private long Now => _provider.Clock.GetUtcNow().ToUnixTimeSeconds();

    public ValueTask InitializeAsync() => _provider.InitializeAsync();

    public ValueTask DisposeAsync() => _provider.DisposeAsync();

    [Fact]
    public async Task Reads_a_good_token()
    {
        var token = Assert.IsType<AccessTokenCheck.Valid>(await Validate(Claims())).Token;

        Assert.Equal(
            (_provider.Issuer, "ada", "bff-server", "s-1"), (token.Issuer, token.Subject, token.ClientId, token.SessionId));
        Assert.True(token.Scopes.SetEquals(["openid", "contacts.read"]));
        Assert.Equal(Now + 3600, token.ExpiresAt.ToUnixTimeSeconds());
        Assert.Equal("at-1", token.Claims.GetProperty("jti").GetString());
    }

    [Fact]
    public async Task Accepts_a_token_without_scope_and_with_several_audiences()
    {
        var claims = Claims();
        claims.Remove("scope");
        claims["aud"] = new JsonArray("urn:example:other", Audience);

        Assert.Empty(Assert.IsType<AccessTokenCheck.Valid>(await Validate(claims)).Token.Scopes);
    }

    [Theory]
    [InlineData("iss", "https://evil.example", "The issuer (iss) is another one.")]
    [InlineData("iss", null, "The issuer (iss) is another one.")]
    [InlineData("aud", "urn:example:other", "The audience (aud) is another one.")]
    [InlineData("aud", "urn:example:API", "The audience (aud) is another one.")]
    [InlineData("aud", null, "The audience (aud) is another one.")]
    [InlineData("exp", null, "The expiry (exp) is missing.")]
    [InlineData("exp", "2030-01-01", "The expiry (exp) is missing.")]
    [InlineData("nbf", "soon", "The token is not valid yet (nbf).")]
    [InlineData("iat", null, "The time of issue (iat) is missing.")]
    [InlineData("sub", null, "The subject (sub) is missing.")]
    [InlineData("sub", "", "The subject (sub) is missing.")]
    [InlineData("client_id", null, "The client (client_id) is missing.")]
    [InlineData("jti", null, "The token id (jti) is missing.")]
    [InlineData("cnf", "x", "The confirmation (cnf) is not an object.")]
    public async Task Refuses_a_wrong_or_missing_claim(string claim, string? value, string reason)
    {
        var claims = Claims();
        claims[claim] = value;

        Refuses(reason, await Validate(claims));
    }

    [Theory]
    [InlineData("exp", -10, "The token has expired (exp).")]
    [InlineData("nbf", 11, "The token is not valid yet (nbf).")]
    [InlineData("iat", 11, "The token was issued in the future (iat).")]
    public async Task Refuses_a_time_beyond_the_clock_skew(string claim, int offset, string reason)
    {
        var claims = Claims();
        claims[claim] = Now + offset;

        Refuses(reason, await Validate(claims));
    }

    [Theory]
    [InlineData("exp", -9)]
    [InlineData("nbf", 10)]
    [InlineData("iat", 10)]
    public async Task Accepts_a_time_within_the_clock_skew(string claim, int offset)
    {
        var claims = Claims();
        claims[claim] = Now + offset;

        Assert.IsType<AccessTokenCheck.Valid>(await Validate(claims));
    }

    [Theory]
    [InlineData("JWT")]
    [InlineData("secevent+jwt")]
    [InlineData("logout+jwt")]
    public async Task T70_refuses_an_ID_token_and_other_kinds(string type) =>
        Refuses("The type (typ) is not the expected one.", await Validate(Claims(), TestKeys.Es256, type));

    [Fact]
    public async Task Refuses_RS256_unless_it_is_asked_for() =>
        Refuses("The algorithm (alg) is not accepted.", await Validate(Claims(), TestKeys.Rs256));

    [Fact]
    public async Task Refuses_the_key_of_another_issuer() =>
        RefusesTheKey(await Validate(Claims(), TestKeys.Foreign));

    [Fact]
    public async Task Finds_a_new_key_of_the_issuer()
    {
        var client = _provider.Client();
        await Validate(Claims(), TestKeys.Es256, client: client);
        _provider.Publish(TestKeys.Foreign);

        Assert.IsType<AccessTokenCheck.Valid>(await Validate(Claims(), TestKeys.Foreign, client: client));
        Assert.Equal(2, _provider.KeyRequests);
    }

    [Fact]
    public async Task Refuses_a_key_that_may_be_new_too()
    {
        var client = _provider.Client();
        await Validate(Claims(), TestKeys.Foreign, client: client);

        Refuses(
            "The key (kid) is not known, and the issuer's keys could not be fetched again yet.",
            await Validate(Claims(), TestKeys.Foreign, client: client));
    }

    [Fact]
    public void Validates_with_keys_at_hand()
    {
        var token = Jwt.Sign(TestKeys.Es256, "at+jwt", Claims());

        var check = AccessTokenValidator.Validate(token, TestKeys.Set, Rules, _provider.Clock.GetUtcNow());

        Assert.IsType<AccessTokenCheck.Valid>(check);
        RefusesTheKey(AccessTokenValidator.Validate(token, new JsonWebKeySet([]), Rules, _provider.Clock.GetUtcNow()));
    }

    private AccessTokenRules Rules => new(_provider.Issuer, Audience, TimeSpan.FromSeconds(10));

    private JsonObject Claims() => new()
    {
        ["iss"] = _provider.Issuer,
        ["sub"] = "ada",
        ["aud"] = Audience,
        ["client_id"] = "bff-server",
        ["iat"] = Now,
        ["exp"] = Now + 3600,
        ["jti"] = "at-1",
        ["scope"] = "openid contacts.read",
        ["sid"] = "s-1",
    };

    private ValueTask<AccessTokenCheck> Validate(
        JsonObject claims, SigningKey? key = null, string type = "at+jwt", ProviderClient? client = null) =>
        new AccessTokenValidator(client ?? _provider.Client(), Rules, _provider.Clock).ValidateAsync(
            Jwt.Sign(key ?? TestKeys.Es256, type, claims), TestContext.Current.CancellationToken);

    // Says so, because whoever has these keys may have to look for newer ones.
    private static void RefusesTheKey(AccessTokenCheck check) => Assert.Equal(
        new AccessTokenCheck.Refused("invalid_token", "The key (kid) is not one of the issuer's.") { IsOfUnknownKey = true }, check);

    private static void Refuses(string reason, AccessTokenCheck check) =>
        Assert.Equal(new AccessTokenCheck.Refused("invalid_token", reason), check);
}
