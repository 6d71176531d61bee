using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Token;

/// <summary>What a stolen token costs beside its grant.</summary>
public sealed class TokenReuseTests(TokenServer server) : IClassFixture<TokenServer>
{
    [Fact]
    public async Task T72_A_refresh_token_of_the_operators_client_that_is_used_twice_ends_the_session_and_all_are_told()
    {
        using var app = new App(server);
        var tokens = await app.SignInAsync();
        await App.OkAsync(await app.RefreshAsync(tokens.RefreshToken()));

        await App.RefusesAsync(await app.RefreshAsync(tokens.RefreshToken()), "invalid_grant");

        Assert.Equal("system", await TellerOfAsync(tokens.IdToken()));
        Assert.False(await IsSignedInAsync(app));
    }

    [Fact]
    public async Task T15_A_code_of_the_operators_client_that_is_used_twice_ends_the_session_and_all_are_told_once()
    {
        using var app = new App(server);
        var code = await app.GetCodeAsync();
        using var first = await app.RedeemAsync(code);
        var tokens = await App.OkAsync(first);

        await App.RefusesAsync(await app.RedeemAsync(code), "invalid_grant");
        await App.RefusesAsync(await app.RedeemAsync(code), "invalid_grant");

        Assert.Equal("system", await TellerOfAsync(tokens.IdToken()));
        Assert.False(await IsSignedInAsync(app));
        Assert.False(server.Topic.Entries.TryRead(out _));
    }

    [Fact]
    public async Task T72_A_refresh_token_of_anothers_client_that_is_used_twice_ends_its_grant_alone()
    {
        using var app = new App(server, "other-app");
        var tokens = await app.SignInAsync("openid offline_access");
        await App.OkAsync(await app.RefreshAsync(tokens.RefreshToken()));

        await App.RefusesAsync(await app.RefreshAsync(tokens.RefreshToken()), "invalid_grant");

        Assert.True(await IsSignedInAsync(app));
    }

    private async Task<string?> TellerOfAsync(string idToken) =>
        (await server.Topic.NextAsync("session-revoked", Portal.Claims(idToken).Text("sid")!)).Event().Value.Text("initiating_entity");

    private static async Task<bool> IsSignedInAsync(App app)
    {
        using var response = await app.Portal.Browser.GetAsync(Portal.PlainAddress(
            ("client_id", "app"), ("redirect_uri", "https://app.test/callback"), ("scope", "openid"), ("prompt", "none")));
        return Portal.Answer(response, "https://app.test/callback").ContainsKey("code");
    }
}
