using System.Net;
using System.Text.Json;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Token;

public sealed class IsolationTests(TokenServer server) : IClassFixture<TokenServer>
{
    [Theory]
    [InlineData("app", "other-app")]
    [InlineData("other-app", "app")]
    [InlineData("opaque-app", "app")]
    [InlineData("app", "opaque-app")]
    [InlineData("app", "calendar-api")]
    public async Task Threat31_What_one_client_got_is_worth_nothing_to_another(string owner, string thief)
    {
        using var own = new App(server, owner);
        using var elsewhere = new App(server, owner);
        using var other = new App(server, thief);
        var tokens = await own.SignInAsync("openid offline_access");
        var code = await elsewhere.GetCodeAsync("openid offline_access");

        // The code, even with everything that belongs to it.
        using var redeem = await other.RedeemAsync(code, ("redirect_uri", own.RedirectUri));
        await App.RefusesAsync(redeem, thief == "calendar-api" ? "unauthorized_client" : "invalid_grant");

        // The refresh token, and the tokens behind it.
        using var refresh = await other.RefreshAsync(tokens.RefreshToken());
        await App.RefusesAsync(refresh, thief == "calendar-api" ? "unauthorized_client" : "invalid_grant");

        foreach (var token in new[] { tokens.AccessToken(), tokens.RefreshToken() })
        {
            Assert.Equal("""{"active":false}""", (await IntrospectAsync(other, token)).GetRawText());
            using var revoke = await other.PostAsync("/revoke", new() { ["token"] = token });
            await App.RefusesAsync(revoke, "invalid_grant");
        }

        // And nothing of that hurt the owner.
        Assert.True((await IntrospectAsync(own, tokens.AccessToken())).GetProperty("active").GetBoolean());
        using var userInfo = await own.Portal.GetWithTokenAsync("/userinfo", tokens.AccessToken());
        Assert.Equal(HttpStatusCode.OK, userInfo.StatusCode);
        using var good = await own.RefreshAsync(tokens.RefreshToken());
        await App.OkAsync(good);
    }

    [Fact]
    public async Task T23_Threat3_A_verifier_is_refused_where_no_challenge_was_sent()
    {
        using var app = new App(server, "no-pkce");
        (string, string?)[] withoutChallenge = [("code_challenge", null), ("code_challenge_method", null)];
        using var other = new App(server, "no-pkce");

        using var with = await app.RedeemAsync(await app.GetCodeAsync("openid", withoutChallenge));
        using var without = await other.RedeemAsync(await other.GetCodeAsync("openid", withoutChallenge), ("code_verifier", null));

        await App.RefusesAsync(with, "invalid_grant");
        await App.OkAsync(without);
    }

    private static async Task<JsonElement> IntrospectAsync(App app, string token)
    {
        using var response = await app.PostAsync("/introspect", new() { ["token"] = token });
        return await App.OkAsync(response);
    }
}
