using System.Net;
using Platform.Bff.Tests.Fixture;
using Platform.Tokens.Jose;

namespace Platform.Bff.Tests.Logout;

public abstract class BackchannelLogoutTests(Portal portal)
{
    private readonly Portal _portal = portal.Fresh();

    [Fact]
    public async Task L1_L10_ends_the_session_of_the_sid_and_no_other_of_the_person()
    {
        using var named = await SignInAsync();
        var token = _portal.Provider.SignLogoutToken();
        _portal.Provider.SessionId = Guid.NewGuid().ToString();
        using var other = await SignInAsync();

        using var answer = await PostAsync(token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await named.WaitForEndAsync();
        Assert.Equal(HttpStatusCode.OK, await other.SessionStatusAsync());
    }

    [Fact]
    public async Task L10_ends_all_sessions_of_a_sub_on_every_replica_and_tells_their_tabs()
    {
        await using var replica = await BffReplica.StartAsync(_portal.Settings(), _portal.Clock, _portal.Logs);
        using var here = await SignInAsync();
        using var elsewhere = await SignInAsync(replica);
        using var tab = await EventStream.OpenAsync(elsewhere);
        await tab.NextAsync();

        using var answer = await PostAsync(_portal.Provider.SignLogoutToken(claims => claims.Remove("sid")));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.StartsWith("event: session-ended", await tab.NextEventAsync());
        await here.WaitForEndAsync();
        await elsewhere.WaitForEndAsync();
    }

    [Fact]
    public async Task L10_does_not_let_a_sign_in_in_flight_survive()
    {
        using var browser = _portal.Browser();
        var callback = await browser.BeginSignInAsync();
        using var answer = await PostAsync(_portal.Provider.SignLogoutToken());

        await _portal.AssertRefusedAsync(browser, callback, "revoked", HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task L2_refuses_an_encrypted_token_which_was_not_negotiated() =>
        await AssertRefusedAsync("eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkEyNTZHQ00ifQ.AAAA.AAAA.AAAA.AAAA");

    [Fact]
    public async Task L3_refuses_the_signature_of_somebody_else()
    {
        using var foreign = SigningKey.Create(JwsAlgorithm.ES256);
        _portal.Clock.Advance(TimeSpan.FromMinutes(1)); // an unknown key is looked for twice a minute at most
        await AssertRefusedAsync(_portal.Provider.SignLogoutToken(key: foreign));
    }

    [Theory]
    [InlineData("iss", "https://evil.example")] // L4
    [InlineData("aud", "another-client")]
    [InlineData("iat", null)]
    [InlineData("exp", null)]
    [InlineData("sub", "")] // L5
    [InlineData("events", null)] // L6
    [InlineData("nonce", "a-nonce")] // L7
    [InlineData("jti", null)] // L8
    public async Task L4_L5_L6_L7_L8_L9_refuses_a_wrong_token_with_400_and_keeps_the_session(string claim, string? value) =>
        await AssertRefusedAsync(_portal.Provider.SignLogoutToken(claims => claims[claim] = value));

    [Fact]
    public async Task L5_refuses_a_token_that_names_nobody() => await AssertRefusedAsync(_portal.Provider.SignLogoutToken(claims =>
    {
        claims.Remove("sub");
        claims.Remove("sid");
    }));

    [Fact]
    public async Task L6_refuses_an_ID_token() => await AssertRefusedAsync(_portal.Provider.SignLogoutToken(
        claims =>
        {
            claims.Remove("events");
            claims["nonce"] = "a-nonce";
        }, type: "JWT"));

    [Fact]
    public async Task L8_a_replayed_token_ends_nothing_that_began_since()
    {
        var token = _portal.Provider.SignLogoutToken(claims => claims.Remove("sid"));
        using var first = await PostAsync(token);
        _portal.Clock.Advance(TimeSpan.FromSeconds(5));
        using var browser = await SignInAsync();

        using var replayed = await PostAsync(token);

        Assert.Equal(HttpStatusCode.OK, replayed.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await browser.SessionStatusAsync());
    }

    [Fact]
    public async Task L12_answers_200_that_nobody_stores()
    {
        using var answer = await PostAsync(_portal.Provider.SignLogoutToken());

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(answer.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task L13_refuses_the_type_of_another_kind_of_token() =>
        await AssertRefusedAsync(_portal.Provider.SignLogoutToken(type: "secevent+jwt"));

    [Fact]
    public async Task L14_needs_no_header_of_the_portal_s_scripts_and_no_cookie()
    {
        using var browser = await SignInAsync();
        using var server = _portal.Browser();

        using var answer = await server.SendAsync(HttpMethod.Post, "/auth/backchannel-logout", Form(_portal.Provider.SignLogoutToken()));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await browser.WaitForEndAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("logout_token=")]
    [InlineData("logout_token=a&logout_token=b")]
    [InlineData("token=a")]
    public async Task L1_refuses_a_form_without_one_token(string form)
    {
        using var server = _portal.Browser();
        using var content = new StringContent(form, null, "application/x-www-form-urlencoded");
        using var answer = await server.SendAsync(HttpMethod.Post, "/auth/backchannel-logout", content);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task L1_refuses_what_is_no_form_and_what_is_too_large()
    {
        using var server = _portal.Browser();
        using var json = await server.SendAsync(HttpMethod.Post, "/auth/backchannel-logout", new StringContent("{}", null, "application/json"));
        using var large = await server.SendAsync(HttpMethod.Post, "/auth/backchannel-logout", Form(new string('a', 40_000)));

        Assert.Equal(HttpStatusCode.BadRequest, json.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, large.StatusCode);
    }

    [Fact]
    public async Task Asks_for_the_token_again_when_its_key_may_be_new()
    {
        using var foreign = SigningKey.Create(JwsAlgorithm.ES256);
        using var first = await PostAsync(_portal.Provider.SignLogoutToken(key: foreign));

        using var second = await PostAsync(_portal.Provider.SignLogoutToken(key: foreign));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, second.StatusCode);
        Assert.NotNull(second.Headers.RetryAfter);
    }

    private async Task AssertRefusedAsync(string token)
    {
        using var browser = await SignInAsync();

        using var answer = await PostAsync(token);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Equal("invalid_request", (await Browser.JsonAsync(answer)).GetProperty("error").GetString());
        Assert.Equal(HttpStatusCode.OK, await browser.SessionStatusAsync());
    }

    private async Task<Browser> SignInAsync(BffReplica? replica = null)
    {
        var browser = _portal.Browser(replica);
        await browser.SignInAsync();
        return browser;
    }

    private async Task<HttpResponseMessage> PostAsync(string token)
    {
        using var server = _portal.Browser();
        return await server.SendAsync(HttpMethod.Post, "/auth/backchannel-logout", Form(token));
    }

    private static FormUrlEncodedContent Form(string token) => new([new("logout_token", token)]);
}
