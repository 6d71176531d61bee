using System.Text.Json.Nodes;
using Platform.Tokens.AuthorizationResponses;
using Platform.Tokens.Jose;

namespace Platform.Tokens.Tests.AuthorizationResponses;

public sealed class AuthorizationResponseValidatorTests : IAsyncLifetime
{
    private readonly TestProvider _provider = new();

    private long Now => _provider.Clock.GetUtcNow().ToUnixTimeSeconds();

    private AuthorizationResponseRules Rules => new(_provider.Issuer, "bff-server", TimeSpan.FromSeconds(10));

    public ValueTask InitializeAsync() => _provider.InitializeAsync();

    public ValueTask DisposeAsync() => _provider.DisposeAsync();

    [Fact]
    public async Task Yields_the_parameters_of_a_good_response()
    {
        var valid = Assert.IsType<AuthorizationResponseCheck.Valid>(await Validate(Claims()));

        Assert.Equal("the code", valid.Parameters.GetProperty("code").GetString());
        Assert.Equal("the state", valid.Parameters.GetProperty("state").GetString());
    }

    [Theory]
    [InlineData("iss", "https://evil.example", "The issuer (iss) is another one.")]
    [InlineData("iss", null, "The issuer (iss) is another one.")]
    [InlineData("aud", "other", "The audience (aud) is not this client alone.")]
    [InlineData("aud", null, "The audience (aud) is not this client alone.")]
    [InlineData("exp", null, "The expiry (exp) is missing.")]
    public async Task J1_J2_J3_refuses_a_wrong_or_missing_claim(string claim, string? value, string reason)
    {
        var claims = Claims();
        claims[claim] = value;

        Refuses(reason, await Validate(claims));
    }

    [Fact]
    public async Task J3_refuses_an_expired_response()
    {
        var claims = Claims();
        claims["exp"] = Now - 10;

        Refuses("The token has expired (exp).", await Validate(claims));
    }

    [Fact]
    public async Task J1_asks_for_no_key_on_behalf_of_another_issuer()
    {
        var claims = Claims();
        claims["iss"] = "https://evil.example";

        Refuses("The issuer (iss) is another one.", await Validate(Jwt.Sign(TestKeys.Foreign, "JWT", claims)));
        Assert.Equal(0, _provider.KeyRequests);
    }

    [Fact]
    public async Task J4_refuses_the_key_of_another_issuer() => Refuses(
        "The key (kid) is not one of the issuer's.", await Validate(Jwt.Sign(TestKeys.Foreign, "JWT", Claims())));

    [Fact]
    public async Task J4_refuses_none() => Refuses(
        "The algorithm (alg) is not accepted.",
        await Validate(TestKeys.Sign(TestKeys.Es256, """{"alg":"none"}""", Claims().ToJsonString())));

    [Fact]
    public async Task J4_refuses_another_algorithm_than_the_accepted_ones() => Refuses(
        "The algorithm (alg) is not accepted.", await Validate(Jwt.Sign(TestKeys.Rs256, "JWT", Claims())));

    [Theory]
    [InlineData("logout+jwt")]
    [InlineData("at+jwt")]
    public async Task Refuses_other_kinds_of_tokens(string type) => Refuses(
        "The type (typ) is not the expected one.", await Validate(Jwt.Sign(TestKeys.Es256, type, Claims())));

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("a.b.c")]
    public async Task Refuses_what_is_no_token(string response) =>
        Assert.IsType<AuthorizationResponseCheck.Refused>(await Validate(response));

    private JsonObject Claims() => new()
    {
        ["iss"] = _provider.Issuer,
        ["aud"] = "bff-server",
        ["exp"] = Now + 300,
        ["code"] = "the code",
        ["state"] = "the state",
    };

    private ValueTask<AuthorizationResponseCheck> Validate(JsonObject claims) => Validate(Jwt.Sign(TestKeys.Es256, "JWT", claims));

    private ValueTask<AuthorizationResponseCheck> Validate(string response) =>
        new AuthorizationResponseValidator(_provider.Client(), Rules, _provider.Clock)
            .ValidateAsync(response, TestContext.Current.CancellationToken);

    private static void Refuses(string reason, AuthorizationResponseCheck check) =>
        Assert.Equal(reason, Assert.IsType<AuthorizationResponseCheck.Refused>(check).Reason);
}
