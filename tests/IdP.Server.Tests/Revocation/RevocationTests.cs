using System.Net;
using System.Text.Json;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Revocation;

public sealed class RevocationTests(TokenServer server) : IClassFixture<TokenServer>
{
    [Theory]
    [InlineData("app", null)]
    [InlineData("app", "refresh_token")]
    [InlineData("opaque-app", "no-such-hint")]
    public async Task An_access_token_is_dead_and_its_grant_is_not(string clientId, string? hint)
    {
        using var app = new App(server, clientId);
        var tokens = await app.SignInAsync("openid offline_access");

        using var response = await RevokeAsync(app, tokens.AccessToken(), hint);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await AssertUserInfoAsync(app, tokens, HttpStatusCode.Unauthorized);
        Assert.False(await IsActiveAsync(app, tokens.AccessToken()));
        using var refresh = await app.RefreshAsync(tokens.RefreshToken());
        await AssertUserInfoAsync(app, await App.OkAsync(refresh), HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("app")]
    [InlineData("opaque-app")]
    public async Task T59_With_a_refresh_token_its_whole_family_dies(string clientId)
    {
        using var app = new App(server, clientId);
        var first = await app.SignInAsync("openid offline_access");
        using var refresh = await app.RefreshAsync(first.RefreshToken());
        var second = await App.OkAsync(refresh);

        using var response = await RevokeAsync(app, second.RefreshToken(), "refresh_token");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await AssertUserInfoAsync(app, first, HttpStatusCode.Unauthorized);
        await AssertUserInfoAsync(app, second, HttpStatusCode.Unauthorized);
        using var next = await app.RefreshAsync(second.RefreshToken());
        await App.RefusesAsync(next, "invalid_grant");
    }

    [Fact]
    public async Task T58_An_unknown_token_is_as_good_as_revoked()
    {
        using var app = new App(server);
        var tokens = await app.SignInAsync();
        using var first = await RevokeAsync(app, tokens.RefreshToken());

        using var again = await RevokeAsync(app, tokens.AccessToken());
        using var unknown = await RevokeAsync(app, "no-such-token");

        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal(HttpStatusCode.OK, unknown.StatusCode);
    }

    [Fact]
    public async Task T58_An_ID_token_is_of_an_unsupported_type()
    {
        using var app = new App(server);
        var tokens = await app.SignInAsync();
        using var response = await RevokeAsync(app, tokens.IdToken());

        await App.RefusesAsync(response, "unsupported_token_type");
    }

    [Fact]
    public async Task T58_Without_authentication_or_token_it_is_refused()
    {
        using var app = new App(server);
        var tokens = await app.SignInAsync();
        using var client = server.NewClient();
        using var anonymous = await client.PostAsync("/revoke", new FormUrlEncodedContent([new("token", tokens.RefreshToken())]));
        using var json = await client.PostAsync("/revoke", new StringContent("{}", null, "application/json"));
        using var empty = await app.PostAsync("/revoke", []);

        await App.RefusesAsync(anonymous, "invalid_client", HttpStatusCode.Unauthorized);
        await App.RefusesAsync(json, "invalid_request");
        await App.RefusesAsync(empty, "invalid_request");
        await AssertUserInfoAsync(app, tokens, HttpStatusCode.OK);
    }

    private static Task<HttpResponseMessage> RevokeAsync(App app, string token, string? hint = null) =>
        app.PostAsync("/revoke", Portal.Change(new() { ["token"] = token }, ("token_type_hint", hint)));

    private static async Task<bool> IsActiveAsync(App app, string token)
    {
        using var response = await app.PostAsync("/introspect", new() { ["token"] = token });
        return (await App.OkAsync(response)).GetProperty("active").GetBoolean();
    }

    private static async Task AssertUserInfoAsync(App app, JsonElement tokens, HttpStatusCode status)
    {
        using var response = await app.Portal.GetWithTokenAsync("/userinfo", tokens.AccessToken());
        Assert.Equal(status, response.StatusCode);
    }
}
