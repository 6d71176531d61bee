using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Platform.IdP.Keys;
using Platform.IdP.Tests.Running;
using Platform.Tokens.AccessTokens;
using Platform.Tokens.Jose;

namespace Platform.IdP.Tests.Authorize;

public sealed class CodeFlowTests(IdpServer server) : IClassFixture<IdpServer>
{
    [Fact]
    public async Task Leads_from_a_pushed_request_by_the_login_page_to_tokens()
    {
        using var portal = new Portal(server);
        using var signedIn = await portal.SubmitAsync(await portal.OpenLoginAsync(await portal.PushAsync()));
        var answer = Portal.Answer(signedIn);
        Assert.Equal("the state", answer["state"]);
        Assert.Equal(IdpServer.Issuer, answer["iss"]);

        using var response = await portal.RedeemAsync(answer["code"]);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(response.Headers.CacheControl!.NoStore);
        var tokens = await Portal.Json(response);
        Assert.Equal("Bearer", tokens.GetProperty("token_type").GetString());
        Assert.Equal(3600, tokens.GetProperty("expires_in").GetInt32());
        Assert.Equal("openid profile email contacts.read", tokens.GetProperty("scope").GetString());
        Assert.False(tokens.TryGetProperty("refresh_token", out _));
    }

    [Fact]
    public async Task Issues_an_access_token_by_RFC_9068()
    {
        using var portal = new Portal(server);
        var tokens = await portal.SignInAsync();
        var idToken = Portal.Claims(tokens.GetProperty("id_token").GetString()!);

        var rules = new AccessTokenRules(IdpServer.Issuer, "urn:platform:contacts-api", TimeSpan.Zero);
        var check = AccessTokenValidator.Validate(tokens.GetProperty("access_token").GetString()!, Keys, rules, server.Clock.GetUtcNow());

        var token = Assert.IsType<AccessTokenCheck.Valid>(check).Token;
        Assert.Equal("bff-server", token.ClientId);
        Assert.Equal(idToken.GetProperty("sub").GetString(), token.Subject);
        Assert.Equal(idToken.GetProperty("sid").GetString(), token.SessionId);
        Assert.Equal(server.Clock.GetUtcNow().AddHours(1).ToUnixTimeSeconds(), token.ExpiresAt.ToUnixTimeSeconds());
        Assert.Contains("contacts.read", token.Scopes);
    }

    [Fact]
    public async Task T11_Issues_an_ID_token_with_every_claim_that_was_asked_for()
    {
        using var portal = new Portal(server);
        var tokens = await portal.SignInAsync();
        var now = server.Clock.GetUtcNow().ToUnixTimeSeconds();

        var check = Jws.Verify(tokens.GetProperty("id_token").GetString()!, Keys, new JwsRules(["JWT"], [JwsAlgorithm.ES256]));

        var claims = Assert.IsType<JwsCheck.Valid>(check).Payload;
        Assert.Equal(IdpServer.Issuer, claims.GetProperty("iss").GetString());
        Assert.Equal("bff-server", claims.GetProperty("aud").GetString());
        Assert.Equal("the nonce", claims.GetProperty("nonce").GetString());
        Assert.Equal(now, claims.GetProperty("iat").GetInt64());
        Assert.Equal(now, claims.GetProperty("auth_time").GetInt64());
        Assert.Equal(now + 300, claims.GetProperty("exp").GetInt64());
        Assert.Equal("pwd", claims.GetProperty("amr")[0].GetString());
        Assert.Equal("urn:platform:acr:password", claims.GetProperty("acr").GetString());
        Assert.Equal("Ada Lovelace", claims.GetProperty("name").GetString());
        Assert.Equal("ada@example.com", claims.GetProperty("email").GetString());
        Assert.False(string.IsNullOrEmpty(claims.GetProperty("sid").GetString()));
        Assert.Equal(22, claims.GetProperty("at_hash").GetString()!.Length);
    }

    [Fact]
    public async Task Tells_no_more_than_the_scopes_ask_for()
    {
        using var portal = new Portal(server);
        using var response = await portal.RedeemAsync(await portal.GetCodeAsync(("scope", "openid"), ("nonce", null)));
        var tokens = await Portal.Json(response);

        var claims = Portal.Claims(tokens.GetProperty("id_token").GetString()!);
        Assert.False(claims.TryGetProperty("name", out _));
        Assert.False(claims.TryGetProperty("email", out _));
        Assert.False(claims.TryGetProperty("nonce", out _));
        Assert.Equal(IdpServer.Issuer, Portal.Claims(tokens.GetProperty("access_token").GetString()!).GetProperty("aud").GetString());
    }

    [Fact]
    public async Task Issues_no_ID_token_without_openid()
    {
        using var portal = new Portal(server);
        using var response = await portal.RedeemAsync(await portal.GetCodeAsync(("scope", "contacts.read")));

        Assert.False((await Portal.Json(response)).TryGetProperty("id_token", out _));
    }

    [Fact]
    public async Task A_second_authorization_with_a_live_session_asks_for_no_password()
    {
        using var portal = new Portal(server);
        var first = Portal.Claims((await portal.SignInAsync()).GetProperty("id_token").GetString()!);

        using var second = await portal.Browser.GetAsync(await portal.PushAsync());
        using var response = await portal.RedeemAsync(Portal.Answer(second)["code"]);

        var claims = Portal.Claims((await Portal.Json(response)).GetProperty("id_token").GetString()!);
        Assert.Equal(first.GetProperty("sid").GetString(), claims.GetProperty("sid").GetString());
    }

    private JsonWebKeySet Keys => server.Services.GetRequiredService<SigningKeys>().Published;
}
