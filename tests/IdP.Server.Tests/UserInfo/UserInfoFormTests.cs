using System.Net;
using System.Net.Http.Headers;
using Platform.IdP.Tests.Running;
using Platform.Tokens.Jose;

namespace Platform.IdP.Tests.UserInfo;

public sealed class UserInfoFormTests(TokenServer server) : IClassFixture<TokenServer>
{
    [Theory]
    [InlineData("app")]
    [InlineData("opaque-app")]
    public async Task T20_The_token_may_stand_in_the_form_of_a_POST(string clientId)
    {
        using var app = new App(server, clientId);
        var tokens = await app.SignInAsync("openid");
        using var response = await PostAsync(app, tokens.AccessToken());

        Assert.Equal(Portal.Claims(tokens.IdToken()).GetProperty("sub").GetString(),
            (await App.OkAsync(response)).GetProperty("sub").GetString());
    }

    [Fact]
    public async Task T20_In_the_form_and_in_the_header_it_is_there_twice()
    {
        using var app = new App(server);
        var token = (await app.SignInAsync()).AccessToken();
        using var response = await PostAsync(app, token, header: token);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("Bearer error=\"invalid_request\"", response.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task T20_In_the_form_and_in_the_query_it_is_there_twice()
    {
        using var app = new App(server);
        var token = (await app.SignInAsync()).AccessToken();
        using var response = await PostAsync(app, token, query: $"?access_token={token}");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Other_resources_of_the_provider_take_no_token_from_a_form()
    {
        using var app = new App(server);
        using var response = await app.Portal.Backchannel.PostAsync("/admin/revocations",
            new FormUrlEncodedContent([new("access_token", await app.Portal.GetAdminTokenAsync())]));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.DoesNotContain("error", response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Claims_and_ID_token_are_signed_as_the_client_is_registered()
    {
        using var app = new App(server, "signed-app");
        var tokens = await app.SignInAsync("openid profile");
        using var response = await app.Portal.GetWithTokenAsync("/userinfo", tokens.AccessToken());

        Assert.Equal("application/jwt", response.Content.Headers.ContentType!.MediaType);
        var keys = JsonWebKeySet.Parse(await app.Portal.Backchannel.GetByteArrayAsync("/jwks"));
        var claims = Assert.IsType<JwsCheck.Valid>(Jws.Verify(
            await response.Content.ReadAsStringAsync(), keys, new JwsRules(["JWT"], [JwsAlgorithm.RS256]))).Payload;
        Assert.Equal(IdpServer.Issuer, claims.GetProperty("iss").GetString());
        Assert.Equal("signed-app", claims.GetProperty("aud").GetString());
        Assert.Equal("Ada Lovelace", claims.GetProperty("name").GetString());
        Assert.IsType<JwsCheck.Valid>(Jws.Verify(tokens.IdToken(), keys, new JwsRules(["JWT"], [JwsAlgorithm.PS256])));
    }

    private static Task<HttpResponseMessage> PostAsync(App app, string token, string? header = null, string query = "")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/userinfo" + query)
        {
            Content = new FormUrlEncodedContent([new("access_token", token)]),
        };
        request.Headers.Authorization = header is null ? null : new AuthenticationHeaderValue("Bearer", header);
        return app.Portal.Backchannel.SendAsync(request);
    }
}
