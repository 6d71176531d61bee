using System.Net;
using Platform.Bff.Tests.Fixture;

namespace Platform.Bff.Tests.Modes;

public sealed class SealedCookieTests(StatelessPortal portal) : IClassFixture<StatelessPortal>
{
    private readonly Portal _portal = portal.Fresh();

    [Fact]
    public async Task B9_goes_on_in_further_cookies_and_says_nothing()
    {
        using var browser = await SignInAsync(name: 3000);

        Assert.Equal(["__Host-bff", "__Host-bff.1", "__Host-bff.2"], browser.Cookies.Keys.Order());
        Assert.All(browser.Cookies.Values, cookie =>
        {
            Assert.True(cookie is { Secure: true, HttpOnly: true, SameSite: Microsoft.Net.Http.Headers.SameSiteMode.Strict });
            Assert.InRange(cookie.Value.Length, 1, 3500);
        });
        using var session = await browser.CallAsync("/auth/session");
        Assert.Equal(_portal.Provider.SessionId, (await Browser.JsonAsync(session)).GetProperty("sessionId").GetString());
    }

    [Fact]
    public async Task Is_no_session_when_a_part_is_missing()
    {
        using var browser = await SignInAsync(name: 3000);
        browser.Cookies.TryRemove("__Host-bff.1", out _);

        Assert.Equal(HttpStatusCode.Unauthorized, await browser.SessionStatusAsync());
    }

    [Fact]
    public async Task Is_no_session_when_parts_of_two_are_mixed()
    {
        using var browser = await SignInAsync(name: 3000);
        using var other = await SignInAsync(name: 3000);
        browser.Cookies["__Host-bff.1"] = other.Cookies["__Host-bff.1"];

        Assert.Equal(HttpStatusCode.Unauthorized, await browser.SessionStatusAsync());
    }

    [Fact]
    public async Task Refuses_a_part_that_comes_twice()
    {
        using var browser = await SignInAsync(name: 3000);
        using var answer = await browser.CallAsync("/auth/session", null, ("Cookie", "__Host-bff.1=planted"));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task Leaves_no_part_of_a_longer_one_behind()
    {
        using var browser = await SignInAsync(name: 3000);
        _portal.Provider.IdToken = _ => { };

        await browser.SignInAsync();

        Assert.Equal("__Host-bff", Assert.Single(browser.Cookies).Key);
        using var logout = await browser.CallAsync("/auth/logout", HttpMethod.Post);
        Assert.Empty(browser.Cookies);
    }

    [Fact]
    public async Task Refuses_a_sign_in_that_does_not_fit_and_names_the_cause()
    {
        _portal.Provider.TokenResponse = response => response["refresh_token"] = Noise(40_000);

        await _portal.AssertRefusedAsync("session_too_large", HttpStatusCode.InternalServerError);

        Assert.Contains(_portal.Logs.Lines, line => line.Contains("set Bff:Sessions:Mode to stateful", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_API_behind_sends_the_renewed_cookie_along()
    {
        using var browser = await SignInAsync(name: 10);
        var first = browser.Handle;
        _portal.Clock.Advance(TimeSpan.FromMinutes(3));

        using var answer = await browser.CallAsync("/api/contacts");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.NotEqual(first, browser.Handle);
        Assert.DoesNotContain("planted", browser.Cookies.Keys);
        Assert.Equal(HttpStatusCode.OK, await browser.SessionStatusAsync());
    }

    [Fact]
    public async Task Has_no_list()
    {
        using var browser = await SignInAsync(name: 10);
        using var answer = await browser.CallAsync("/auth/sessions");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private async Task<Browser> SignInAsync(int name)
    {
        _portal.Provider.IdToken = claims => claims["name"] = Noise(name);
        var browser = _portal.Browser();
        await browser.SignInAsync();
        return browser;
    }

    // What does not compress.
    private static string Noise(int length) =>
        string.Concat(Enumerable.Range(0, (length / 32) + 1).Select(_ => Guid.NewGuid().ToString("N")))[..length];
}
