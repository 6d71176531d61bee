using System.Net;
using System.Text.Json.Nodes;
using Platform.IdP.Tests.Running;
using Platform.Tokens.Jose;

namespace Platform.IdP.Tests.JwtBearer;

public sealed class JwtBearerTests(JwtBearerServer server) : IClassFixture<JwtBearerServer>, IDisposable
{
    private const string Ada = "5f1c3a0e-7b42-4d0b-9a51-2f6d8c9e4b10";

    private readonly Portal _portal = new(server);

    [Fact]
    public async Task T50_An_assertion_of_a_trusted_issuer_yields_an_access_token_and_no_refresh_token()
    {
        using var response = await RedeemAsync(Jwt.Sign(server.Key, "JWT", Claims()), ("scope", "contacts.read openid"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var tokens = await Portal.Json(response);
        Assert.False(tokens.TryGetProperty("refresh_token", out _));
        Assert.False(tokens.TryGetProperty("id_token", out _));
        var claims = Portal.Claims(tokens.GetProperty("access_token").GetString()!);
        Assert.Equal(Ada, claims.GetProperty("sub").GetString());
        Assert.Equal("partner", claims.GetProperty("client_id").GetString());
        Assert.False(claims.TryGetProperty("sid", out _));
        using var userInfo = await _portal.GetWithTokenAsync("/userinfo", tokens.GetProperty("access_token").GetString()!);
        Assert.Equal(HttpStatusCode.OK, userInfo.StatusCode);
    }

    [Fact]
    public async Task Without_scope_it_is_all_that_the_issuer_and_the_client_may()
    {
        using var response = await RedeemAsync(Jwt.Sign(server.Key, "authorization-grant+jwt", Claims()));

        Assert.Equal("openid contacts.read", (await Portal.Json(response)).GetProperty("scope").GetString());
    }

    [Theory]
    [InlineData("iss", null)]
    [InlineData("iss", "https://nobody.test")]
    [InlineData("sub", null)]
    [InlineData("sub", "nobody")]
    [InlineData("sub", "ada")]
    [InlineData("aud", null)]
    [InlineData("aud", "https://idp.test/token")]
    [InlineData("exp", null)]
    [InlineData("exp", -11)]
    [InlineData("exp", 7200)]
    [InlineData("nbf", 61)]
    [InlineData("iat", null)]
    [InlineData("iat", 61)]
    [InlineData("jti", null)]
    public async Task T50_An_assertion_with_a_bad_claim_is_an_invalid_grant(string name, object? value)
    {
        var claims = Claims();
        claims.Remove(name);
        if (value is not null)
        {
            claims[name] = value is int seconds ? Seconds(seconds) : (string)value;
        }

        await RefusedAsync(await RedeemAsync(Jwt.Sign(server.Key, "JWT", claims)), "invalid_grant");
    }

    [Fact]
    public async Task T50_An_assertion_for_several_audiences_is_an_invalid_grant()
    {
        var claims = Claims();
        claims["aud"] = new JsonArray(IdpServer.Issuer, "https://other.test");

        await RefusedAsync(await RedeemAsync(Jwt.Sign(server.Key, "JWT", claims)), "invalid_grant");
    }

    [Theory]
    [InlineData(null, "invalid_request")]
    [InlineData("no assertion", "invalid_grant")]
    [InlineData("a.b.c", "invalid_grant")]
    public async Task T50_What_is_no_assertion_is_refused(string? assertion, string error) =>
        await RefusedAsync(await RedeemAsync(assertion), error);

    [Fact]
    public async Task T50_A_key_an_algorithm_or_a_type_that_is_not_the_issuers_is_an_invalid_grant()
    {
        using var other = SigningKey.Create(JwsAlgorithm.ES256);

        await RefusedAsync(await RedeemAsync(Jwt.Sign(other, "JWT", Claims())), "invalid_grant");
        await RefusedAsync(await RedeemAsync(Jwt.Sign(server.RsaKey, "JWT", Claims())), "invalid_grant");
        await RefusedAsync(await RedeemAsync(Jwt.Sign(server.Key, "at+jwt", Claims())), "invalid_grant");
    }

    [Fact]
    public async Task T50_An_assertion_is_taken_once_however_many_try_at_the_same_time()
    {
        var assertion = Jwt.Sign(server.Key, "JWT", Claims());

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => RedeemAsync(assertion)));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        foreach (var refused in answers.Where(answer => answer.StatusCode != HttpStatusCode.OK))
        {
            await RefusedAsync(refused, "invalid_grant");
        }
    }

    [Fact]
    public async Task T50_An_issuer_is_trusted_for_its_own_clients_only() => await RefusedAsync(
        await RedeemAsync(Jwt.Sign(server.Key, "JWT", Claims()), ("client_id", "stranger")), "invalid_grant");

    [Theory]
    [InlineData("profile")]
    [InlineData("contacts.read sessions.revoke")]
    public async Task T50_A_scope_beyond_the_trust_is_refused_and_the_assertion_stays_good(string scope)
    {
        var assertion = Jwt.Sign(server.Key, "JWT", Claims());

        await RefusedAsync(await RedeemAsync(assertion, ("scope", scope)), "invalid_scope");

        using var response = await RedeemAsync(assertion);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task T49_Keys_are_fetched_once_and_again_for_a_new_one_but_not_at_every_unknown_name()
    {
        using var first = SigningKey.Create(JwsAlgorithm.ES256);
        using var second = SigningKey.Create(JwsAlgorithm.ES256);
        server.Published = new JsonWebKeySet([first.PublicKey]);
        (await RedeemAsync(Jwt.Sign(first, "JWT", AskedClaims()))).EnsureSuccessStatusCode().Dispose();
        (await RedeemAsync(Jwt.Sign(first, "JWT", AskedClaims()))).EnsureSuccessStatusCode().Dispose();
        Assert.Equal(1, server.Fetches);

        // A new key is looked for at once; then no other for a while.
        server.Published = new JsonWebKeySet([second.PublicKey]);
        (await RedeemAsync(Jwt.Sign(second, "JWT", AskedClaims()))).EnsureSuccessStatusCode().Dispose();
        await RefusedAsync(await RedeemAsync(Jwt.Sign(first, "JWT", AskedClaims())), "invalid_grant");
        Assert.Equal(2, server.Fetches);

        server.Published = new JsonWebKeySet([first.PublicKey]);
        server.Clock.Advance(TimeSpan.FromSeconds(30));
        (await RedeemAsync(Jwt.Sign(first, "JWT", AskedClaims()))).EnsureSuccessStatusCode().Dispose();
        Assert.Equal(3, server.Fetches);
    }

    [Fact]
    public async Task The_grant_is_advertised()
    {
        using var response = await _portal.Backchannel.GetAsync("/.well-known/openid-configuration", TestContext.Current.CancellationToken);

        Assert.Contains((await Portal.Json(response)).GetProperty("grant_types_supported").EnumerateArray(),
            grant => grant.GetString() == "urn:ietf:params:oauth:grant-type:jwt-bearer");
    }

    public void Dispose() => _portal.Dispose();

    private Task<HttpResponseMessage> RedeemAsync(string? assertion, params (string Name, string? Value)[] changes) =>
        _portal.Backchannel.PostAsync("/token", new FormUrlEncodedContent(Portal.Change(Portal.Change(new()
        {
            ["client_id"] = "partner",
            ["client_secret"] = JwtBearerServer.Secret,
            ["grant_type"] = "urn:ietf:params:oauth:grant-type:jwt-bearer",
        }, ("assertion", assertion)), changes)));

    private JsonObject Claims() => new()
    {
        ["iss"] = JwtBearerServer.Given,
        ["sub"] = Ada,
        ["aud"] = IdpServer.Issuer,
        ["exp"] = Seconds(300),
        ["iat"] = Seconds(0),
        ["jti"] = Guid.NewGuid().ToString(),
    };

    private JsonObject AskedClaims()
    {
        var claims = Claims();
        claims["iss"] = JwtBearerServer.Asked;
        claims["preferred_username"] = "ada";
        return claims;
    }

    private long Seconds(int fromNow) => server.Clock.GetUtcNow().AddSeconds(fromNow).ToUnixTimeSeconds();

    private static async Task RefusedAsync(HttpResponseMessage response, string error)
    {
        using (response)
        {
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Equal(error, (await Portal.Json(response)).GetProperty("error").GetString());
        }
    }
}
