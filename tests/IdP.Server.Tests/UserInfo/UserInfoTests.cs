using System.Net;
using System.Net.Http.Headers;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.UserInfo;

public sealed class UserInfoTests(IdpServer server) : IClassFixture<IdpServer>
{
    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task Tells_what_the_scopes_allow_and_what_the_ID_token_says(string method)
    {
        using var portal = new Portal(server);
        var tokens = await portal.SignInAsync();
        using var response = await SendAsync(portal, method, "/userinfo", tokens.GetProperty("access_token").GetString());

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var claims = await Portal.Json(response);
        var idToken = Portal.Claims(tokens.GetProperty("id_token").GetString()!);
        foreach (var name in new[] { "sub", "name", "email", "preferred_username" })
        {
            Assert.Equal(idToken.GetProperty(name).GetString(), claims.GetProperty(name).GetString());
        }
    }

    [Fact]
    public async Task T20_Without_a_token_the_challenge_is_bare()
    {
        using var portal = new Portal(server);
        using var response = await SendAsync(portal, "GET", "/userinfo", null);

        Refuses(response, HttpStatusCode.Unauthorized, "Bearer, DPoP algs=\"ES256 PS256\"");
    }

    [Fact]
    public async Task T20_A_token_in_the_query_is_not_read()
    {
        using var portal = new Portal(server);
        var token = (await portal.SignInAsync()).GetProperty("access_token").GetString();
        using var response = await SendAsync(portal, "GET", $"/userinfo?access_token={token}", null);

        Refuses(response, HttpStatusCode.BadRequest, "Bearer error=\"invalid_request\"");
    }

    [Fact]
    public async Task T20_Two_transports_are_an_invalid_request()
    {
        using var portal = new Portal(server);
        var token = (await portal.SignInAsync()).GetProperty("access_token").GetString();
        using var response = await SendAsync(portal, "GET", $"/userinfo?access_token={token}", token);

        Refuses(response, HttpStatusCode.BadRequest, "Bearer error=\"invalid_request\"");
    }

    [Fact]
    public async Task T20_A_token_that_was_tampered_with_is_refused()
    {
        using var portal = new Portal(server);
        var token = (await portal.SignInAsync()).GetProperty("access_token").GetString()!;
        using var response = await SendAsync(portal, "GET", "/userinfo", token[..^4] + "AAAA");

        Refuses(response, HttpStatusCode.Unauthorized, "Bearer error=\"invalid_token\"");
    }

    [Fact]
    public async Task T70_An_access_token_says_its_type_and_every_claim_that_is_required()
    {
        using var portal = new Portal(server);
        var token = (await portal.SignInAsync()).GetProperty("access_token").GetString()!;

        var header = System.Text.Json.JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[0])).RootElement;
        Assert.Equal("at+jwt", header.GetProperty("typ").GetString());
        var claims = Portal.Claims(token);
        foreach (var name in new[]
        {
            "iss", "exp", "aud", "sub", "client_id", "iat", "jti", "scope", "auth_time", "acr", "amr", "sid",
        })
        {
            Assert.True(claims.TryGetProperty(name, out _), name);
        }
    }

    [Fact]
    public async Task T70_An_ID_token_is_no_access_token()
    {
        using var portal = new Portal(server);
        var token = (await portal.SignInAsync()).GetProperty("id_token").GetString();
        using var response = await SendAsync(portal, "GET", "/userinfo", token);

        Refuses(response, HttpStatusCode.Unauthorized, "Bearer error=\"invalid_token\"");
    }

    [Fact]
    public async Task T20_A_token_that_has_expired_is_refused()
    {
        using var portal = new Portal(server);
        var token = (await portal.SignInAsync()).GetProperty("access_token").GetString();
        server.Clock.Advance(TimeSpan.FromHours(1) + TimeSpan.FromSeconds(5));
        using var response = await SendAsync(portal, "GET", "/userinfo", token);

        Refuses(response, HttpStatusCode.Unauthorized, "Bearer error=\"invalid_token\"");
    }

    [Fact]
    public async Task T20_A_token_without_openid_lacks_the_scope()
    {
        using var portal = new Portal(server);
        using var response = await SendAsync(portal, "GET", "/userinfo", await portal.GetAdminTokenAsync());

        Refuses(response, HttpStatusCode.Forbidden, "Bearer error=\"insufficient_scope\", scope=\"openid\"");
    }

    [Fact]
    public async Task A_token_dies_with_its_session()
    {
        using var portal = new Portal(server);
        var tokens = await portal.SignInAsync();
        using var logout = await portal.Browser.GetAsync($"/end_session?id_token_hint={tokens.GetProperty("id_token").GetString()}");
        using var response = await SendAsync(portal, "GET", "/userinfo", tokens.GetProperty("access_token").GetString());

        Refuses(response, HttpStatusCode.Unauthorized, "Bearer error=\"invalid_token\"");
    }

    private static async Task<HttpResponseMessage> SendAsync(Portal portal, string method, string address, string? token)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return await portal.Backchannel.SendAsync(request);
    }

    private static void Refuses(HttpResponseMessage response, HttpStatusCode status, string challenge)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal(challenge, response.Headers.WwwAuthenticate.ToString());
    }
}
