using System.Text.Json;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Token;

public sealed class ResourceIndicatorTests(TokenServer server) : IClassFixture<TokenServer>
{
    private static readonly Dictionary<string, string> ClientCredentials = new() { ["grant_type"] = "client_credentials" };

    [Theory]
    [InlineData("resource", TokenServer.Calendar, "calendar.read")]
    [InlineData("audience", TokenServer.Calendar, "calendar.read")]
    [InlineData("audience", TokenServer.Contacts, "contacts.read")]
    [InlineData("resource", TokenServer.Contacts, "contacts.read")]
    [InlineData("audience", IdpServer.Issuer, "openid profile email offline_access")]
    public async Task T69_A_refresh_narrows_the_access_token_to_one_resource(string parameter, string target, string scope)
    {
        using var app = new App(server);
        var token = (await app.SignInAsync()).RefreshToken();

        using var response = await app.RefreshAsync(token, (parameter, target));

        AssertIsFor(await App.OkAsync(response), scope, target);
    }

    [Fact]
    public async Task T69_A_code_narrows_the_access_token_but_not_the_grant()
    {
        using var app = new App(server);

        var tokens = await app.SignInAsync(App.AllScopes, ("resource", TokenServer.Calendar));

        AssertIsFor(tokens, "calendar.read", TokenServer.Calendar);
        Assert.True(tokens.TryGetProperty("id_token", out _));
        using var response = await app.RefreshAsync(tokens.RefreshToken(), ("audience", TokenServer.Contacts));
        AssertIsFor(await App.OkAsync(response), "contacts.read", TokenServer.Contacts);
    }

    [Fact]
    public async Task T69_Client_credentials_narrow_too()
    {
        using var app = new App(server);
        using var response = await app.PostAsync("/token", new(ClientCredentials) { ["resource"] = TokenServer.Contacts });

        AssertIsFor(await App.OkAsync(response), "contacts.read", TokenServer.Contacts);
    }

    [Fact]
    public async Task Without_a_target_the_audience_is_that_of_all_scopes()
    {
        using var app = new App(server);
        var tokens = await app.SignInAsync();

        AssertIsFor(tokens, App.AllScopes, IdpServer.Issuer, TokenServer.Contacts, TokenServer.Calendar);
    }

    [Theory]
    [InlineData("resource", "calendar")]
    [InlineData("resource", "/api")]
    [InlineData("resource", TokenServer.Calendar + "#part")]
    [InlineData("resource", "https://unknown.test/")]
    [InlineData("resource", TokenServer.Calendar + "/")]
    [InlineData("audience", "unknown")]
    public async Task T69_A_relative_or_unknown_resource_or_one_with_a_fragment_is_refused(string parameter, string target)
    {
        using var app = new App(server);
        var token = (await app.SignInAsync()).RefreshToken();

        using var refresh = await app.RefreshAsync(token, (parameter, target));
        using var credentials = await app.PostAsync("/token", new(ClientCredentials) { [parameter] = target });
        using var code = await app.RedeemAsync(await NewCodeAsync(), (parameter, target));

        await App.RefusesAsync(refresh, "invalid_target");
        await App.RefusesAsync(credentials, "invalid_target");
        await App.RefusesAsync(code, "invalid_target");
    }

    [Fact]
    public async Task T69_A_resource_without_a_granted_scope_is_refused()
    {
        using var app = new App(server);
        var token = (await app.SignInAsync("openid offline_access contacts.read")).RefreshToken();

        using var response = await app.RefreshAsync(token, ("resource", TokenServer.Calendar));

        await App.RefusesAsync(response, "invalid_target");
    }

    private async Task<string> NewCodeAsync()
    {
        using var app = new App(server);
        return await app.GetCodeAsync();
    }

    private static void AssertIsFor(JsonElement tokens, string scope, params string[] audiences)
    {
        Assert.Equal(scope, tokens.GetProperty("scope").GetString());
        var claims = Portal.Claims(tokens.AccessToken());
        Assert.Equal(scope, claims.GetProperty("scope").GetString());
        var audience = claims.GetProperty("aud");
        Assert.Equal(audiences, audience.ValueKind == JsonValueKind.String
            ? [audience.GetString()!]
            : audience.EnumerateArray().Select(item => item.GetString()!));
    }
}
