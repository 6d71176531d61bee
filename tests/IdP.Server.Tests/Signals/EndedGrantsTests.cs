using System.Net.Http.Headers;
using System.Net.Http.Json;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Signals;

/// <summary>What clients hold after a session has ended, by whom it was ended.</summary>
public sealed class EndedGrantsTests(TokenServer server) : IClassFixture<TokenServer>
{
    private const string Ada = "5f1c3a0e-7b42-4d0b-9a51-2f6d8c9e4b10";

    [Fact]
    public async Task An_administrator_who_ends_a_session_ends_its_refresh_tokens_and_no_others()
    {
        using var app = new App(server);
        using var elsewhere = new App(server);
        var tokens = await app.SignInAsync();
        var untouched = await elsewhere.SignInAsync();

        await RevokeAsync(app, new { sid = Portal.Claims(tokens.IdToken()).Text("sid") });

        await App.RefusesAsync(await app.RefreshAsync(tokens.RefreshToken()), "invalid_grant");
        await App.OkAsync(await elsewhere.RefreshAsync(untouched.RefreshToken()));
    }

    [Fact]
    public async Task An_administrator_who_ends_all_of_a_persons_sessions_ends_all_her_refresh_tokens()
    {
        using var app = new App(server);
        var ofEndedSession = await app.SignInAsync();
        using var left = await SignOutAsync(app, ofEndedSession.IdToken());
        using var elsewhere = new App(server);
        var tokens = await elsewhere.SignInAsync();

        await RevokeAsync(app, new { sub = Ada });

        await App.RefusesAsync(await app.RefreshAsync(ofEndedSession.RefreshToken()), "invalid_grant");
        await App.RefusesAsync(await elsewhere.RefreshAsync(tokens.RefreshToken()), "invalid_grant");
    }

    [Fact]
    public async Task A_code_that_waits_is_worth_nothing_after_a_revocation()
    {
        using var app = new App(server);
        var code = await app.GetCodeAsync();

        await RevokeAsync(app, new { sub = Ada });

        await App.RefusesAsync(await app.RedeemAsync(code), "invalid_grant");
    }

    // Back-Channel Logout 1.0 section 2.7
    [Fact]
    public async Task Signing_out_spares_what_was_given_with_offline_access_and_is_told()
    {
        using var app = new App(server);
        var tokens = await app.SignInAsync();
        var sid = Portal.Claims(tokens.IdToken()).Text("sid")!;

        using var signedOut = await SignOutAsync(app, tokens.IdToken());

        await App.OkAsync(await app.RefreshAsync(tokens.RefreshToken()));
        var happened = (await server.Topic.NextAsync("session-revoked", sid)).Event().Value;
        Assert.Equal("user", happened.Text("initiating_entity"));
        Assert.Equal("The user signed out.", happened.GetProperty("reason_admin").Text("en"));
    }

    [Fact]
    public async Task Another_person_at_the_same_browser_ends_the_session_and_that_is_told()
    {
        using var app = new App(server);
        var tokens = await app.SignInAsync();
        var address = Portal.PlainAddress(
            ("client_id", "app"), ("redirect_uri", app.RedirectUri), ("scope", "openid"), ("prompt", "login"));
        using var grace = await app.Portal.SubmitAsync(await app.Portal.OpenLoginAsync(address), "grace", "first-compiler");
        Assert.True(Portal.Answer(grace, app.RedirectUri).ContainsKey("code"));

        var told = await server.Topic.NextAsync("session-revoked", Portal.Claims(tokens.IdToken()).Text("sid")!);

        Assert.Equal(Ada, told.GetProperty("sub_id").GetProperty("user").Text("sub"));
        Assert.Equal("user", told.Event().Value.Text("initiating_entity"));
    }

    private static Task<HttpResponseMessage> SignOutAsync(App app, string idToken) =>
        app.Portal.Browser.GetAsync("/end_session?id_token_hint=" + idToken, TestContext.Current.CancellationToken);

    private static async Task RevokeAsync(App app, object command)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/admin/revocations") { Content = JsonContent.Create(command) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await app.Portal.GetAdminTokenAsync());
        using var response = await app.Portal.Backchannel.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode);
    }
}
