using System.Net;
using Platform.Bff.Tests.Fixture;

namespace Platform.Bff.Tests.Logout;

public abstract class FrontchannelLogoutTests(Portal portal)
{
    private readonly Portal _portal = portal.Fresh();

    [Fact]
    public async Task Ends_the_session_of_this_browser_when_issuer_and_session_are_its_own()
    {
        using var browser = await SignInAsync();
        var cookie = browser.Cookies["__Host-bff"];

        using var answer = await LoadAsync(browser, crossSite: false);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Empty(browser.Cookies);
        browser.Cookies["__Host-bff"] = cookie;
        Assert.Equal(HttpStatusCode.Unauthorized, await browser.SessionStatusAsync());
    }

    [Fact]
    public async Task Ends_nothing_by_its_parameters_alone()
    {
        using var browser = await SignInAsync();
        using var other = _portal.Browser();

        using var withoutCookie = await LoadAsync(other, crossSite: false);
        using var framed = await LoadAsync(browser, crossSite: true);

        Assert.Equal(HttpStatusCode.OK, withoutCookie.StatusCode);
        Assert.Equal(HttpStatusCode.OK, framed.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await browser.SessionStatusAsync());
    }

    [Theory]
    [InlineData(null, "another", HttpStatusCode.OK)]
    [InlineData("https://evil.example", null, HttpStatusCode.BadRequest)]
    public async Task Ends_nothing_when_one_of_them_is_another(string? issuer, string? sessionId, HttpStatusCode status)
    {
        using var browser = await SignInAsync();

        using var answer = await LoadAsync(browser, crossSite: false, issuer, sessionId);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await browser.SessionStatusAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("?iss=https://idp.example")]
    [InlineData("?sid=a-session")]
    [InlineData("?iss=&sid=")]
    public async Task Refuses_when_one_of_them_is_missing(string query)
    {
        using var browser = await SignInAsync();

        using var answer = await browser.NavigateAsync($"/auth/frontchannel-logout{query}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await browser.SessionStatusAsync());
    }

    [Fact]
    public async Task May_be_framed_by_the_provider_alone()
    {
        using var browser = _portal.Browser();

        using var answer = await LoadAsync(browser, crossSite: true);

        Assert.False(answer.Headers.Contains("X-Frame-Options"));
        Assert.Equal(
            [$"default-src 'none'; frame-ancestors {_portal.Provider.Issuer}"], answer.Headers.GetValues("Content-Security-Policy"));
        Assert.True(answer.Headers.CacheControl!.NoStore);
    }

    private async Task<Browser> SignInAsync()
    {
        var browser = _portal.Browser();
        await browser.SignInAsync();
        return browser;
    }

    private Task<HttpResponseMessage> LoadAsync(Browser browser, bool crossSite, string? issuer = null, string? sessionId = null) =>
        browser.NavigateAsync(
            $"/auth/frontchannel-logout?iss={Uri.EscapeDataString(issuer ?? _portal.Provider.Issuer)}&sid={sessionId ?? _portal.Provider.SessionId}",
            crossSite);
}
