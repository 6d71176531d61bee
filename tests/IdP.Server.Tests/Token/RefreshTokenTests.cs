using System.Net;
using Platform.IdP.Grants;
using Platform.IdP.Tests.Running;

namespace Platform.IdP.Tests.Token;

public sealed class RefreshTokenTests(TokenServer server) : IClassFixture<TokenServer>
{
    [Fact]
    public async Task Yields_new_tokens_about_the_same_sign_in()
    {
        using var app = new App(server);
        var first = await app.SignInAsync();
        server.Clock.Advance(TimeSpan.FromMinutes(10));

        using var response = await app.RefreshAsync(first.RefreshToken());

        var second = await App.OkAsync(response);
        Assert.True(response.Headers.CacheControl!.NoStore);
        Assert.Equal(App.AllScopes, second.GetProperty("scope").GetString());
        Assert.NotEqual(first.RefreshToken(), second.RefreshToken());
        using var userInfo = await app.Portal.GetWithTokenAsync("/userinfo", second.AccessToken());
        Assert.Equal(HttpStatusCode.OK, userInfo.StatusCode);
        var (before, after) = (Portal.Claims(first.IdToken()), Portal.Claims(second.IdToken()));
        foreach (var name in new[] { "iss", "sub", "aud", "sid", "acr" })
        {
            Assert.Equal(before.GetProperty(name).GetString(), after.GetProperty(name).GetString());
        }

        Assert.Equal(before.GetProperty("auth_time").GetInt64(), after.GetProperty("auth_time").GetInt64());
        Assert.NotEqual(before.GetProperty("iat").GetInt64(), after.GetProperty("iat").GetInt64());
        Assert.False(after.TryGetProperty("nonce", out _));
    }

    [Theory]
    [InlineData("openid contacts.read")]
    [InlineData("openid profile")]
    public async Task Without_offline_access_there_is_no_refresh_token(string scope)
    {
        using var app = new App(server);
        Assert.False((await app.SignInAsync(scope)).TryGetProperty("refresh_token", out _));
    }

    [Fact]
    public async Task Outlives_the_browser_session()
    {
        using var app = new App(server);
        var tokens = await app.SignInAsync();
        using var logout = await app.Portal.Browser.GetAsync($"/end_session?id_token_hint={tokens.IdToken()}");

        using var response = await app.RefreshAsync(tokens.RefreshToken());

        await App.OkAsync(response);
    }

    [Fact]
    public async Task T72_Threat8_A_second_use_is_refused_and_ends_the_whole_family()
    {
        using var app = new App(server);
        var first = await app.SignInAsync();
        using var refresh = await app.RefreshAsync(first.RefreshToken());
        var second = await App.OkAsync(refresh);

        using var replay = await app.RefreshAsync(first.RefreshToken());

        await App.RefusesAsync(replay, "invalid_grant");
        using var successor = await app.RefreshAsync(second.RefreshToken());
        await App.RefusesAsync(successor, "invalid_grant");
        foreach (var token in new[] { first.AccessToken(), second.AccessToken() })
        {
            using var userInfo = await app.Portal.GetWithTokenAsync("/userinfo", token);
            Assert.Equal(HttpStatusCode.Unauthorized, userInfo.StatusCode);
        }
    }

    [Fact]
    public async Task T72_Of_twenty_refreshes_at_once_at_most_one_lineage_comes_and_it_is_revoked()
    {
        using var app = new App(server);
        var tokens = await app.SignInAsync();

        var responses = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => app.RefreshAsync(tokens.RefreshToken())));

        var winners = responses.Where(response => response.StatusCode == HttpStatusCode.OK).ToList();
        Assert.True(winners.Count <= 1);
        foreach (var loser in responses.Except(winners))
        {
            await App.RefusesAsync(loser, "invalid_grant");
        }

        foreach (var winner in winners)
        {
            using var next = await app.RefreshAsync((await Portal.Json(winner)).RefreshToken());
            await App.RefusesAsync(next, "invalid_grant");
        }
    }

    [Fact]
    public async Task T18_A_wider_scope_is_refused_and_the_token_stays_good()
    {
        using var app = new App(server);
        var token = (await app.SignInAsync()).RefreshToken();

        using var wider = await app.RefreshAsync(token, ("scope", "openid calendar.write"));
        using var unknown = await app.RefreshAsync(token, ("scope", "no-such-scope"));
        using var good = await app.RefreshAsync(token);

        await App.RefusesAsync(wider, "invalid_scope");
        await App.RefusesAsync(unknown, "invalid_scope");
        await App.OkAsync(good);
    }

    [Fact]
    public async Task T18_A_narrower_scope_concerns_this_access_token_only()
    {
        using var app = new App(server);
        var first = await app.SignInAsync();

        using var narrow = await app.RefreshAsync(first.RefreshToken(), ("scope", "contacts.read"));
        var second = await App.OkAsync(narrow);
        using var all = await app.RefreshAsync(second.RefreshToken());

        Assert.Equal("contacts.read", second.GetProperty("scope").GetString());
        Assert.Equal(TokenServer.Contacts, Portal.Claims(second.AccessToken()).GetProperty("aud").GetString());
        Assert.False(second.TryGetProperty("id_token", out _));
        Assert.Equal(App.AllScopes, (await App.OkAsync(all)).GetProperty("scope").GetString());
    }

    [Fact]
    public async Task T18_Another_client_is_refused_and_the_token_stays_good()
    {
        using var app = new App(server);
        using var other = new App(server, "other-app");
        var token = (await app.SignInAsync()).RefreshToken();

        using var foreign = await other.RefreshAsync(token);
        using var own = await app.RefreshAsync(token);

        await App.RefusesAsync(foreign, "invalid_grant");
        await App.OkAsync(own);
    }

    [Fact]
    public async Task T18_Without_client_authentication_it_is_refused()
    {
        using var app = new App(server);
        var token = (await app.SignInAsync()).RefreshToken();
        using var client = server.NewClient();

        using var response = await client.PostAsync("/token", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "refresh_token",
            ["refresh_token"] = token,
            ["client_id"] = "app",
        }));

        await App.RefusesAsync(response, "invalid_client", HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData(null, "invalid_request")]
    [InlineData("no-such-token", "invalid_grant")]
    public async Task A_missing_or_unknown_token_is_refused(string? token, string error)
    {
        using var app = new App(server);
        using var response = await app.RefreshAsync(token);

        await App.RefusesAsync(response, error);
    }

    [Fact]
    public async Task An_unused_token_ends_after_the_sliding_period()
    {
        using var app = new App(server);
        var token = (await app.SignInAsync()).RefreshToken();
        server.Clock.Advance(TimeSpan.FromDays(7));

        using var response = await app.RefreshAsync(token);

        await App.RefusesAsync(response, "invalid_grant");
    }

    [Fact]
    public async Task No_use_carries_it_beyond_the_absolute_period()
    {
        using var app = new App(server);
        var token = (await app.SignInAsync()).RefreshToken();
        for (var day = 6; day < 30; day += 6)
        {
            server.Clock.Advance(TimeSpan.FromDays(6));
            using var response = await app.RefreshAsync(token);
            token = (await App.OkAsync(response)).RefreshToken();
        }

        server.Clock.Advance(TimeSpan.FromDays(6));
        using var last = await app.RefreshAsync(token);

        await App.RefusesAsync(last, "invalid_grant");
    }

    [Fact]
    public async Task T28_Redis_does_not_know_the_token_and_forgets_it()
    {
        using var app = new App(server);
        var tokens = await app.SignInAsync();
        using var refresh = await app.RefreshAsync(tokens.RefreshToken());
        var next = (await App.OkAsync(refresh)).RefreshToken();
        var database = server.Redis.Connection.GetDatabase();

        foreach (var key in new[]
        {
            "idp:refresh:" + Handle.Hash(next), "idp:refresh-used:" + Handle.Hash(tokens.RefreshToken()),
        })
        {
            Assert.InRange((await database.KeyTimeToLiveAsync(key))!.Value.TotalDays, 6.9, 7);
            Assert.DoesNotContain(next, (string)(await database.StringGetAsync(key))!, StringComparison.Ordinal);
        }

        Assert.False(await database.KeyExistsAsync("idp:refresh:" + next));
    }
}
