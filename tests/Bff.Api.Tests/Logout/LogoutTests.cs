using System.Net;
using Microsoft.AspNetCore.WebUtilities;
using Platform.Bff.Tests.Fixture;

namespace Platform.Bff.Tests.Logout;

public abstract class LogoutTests(Portal portal)
{
    private readonly Portal _portal = portal.Fresh();

    [Fact]
    public async Task Ends_the_session_and_says_where_to_end_it_at_the_provider()
    {
        using var browser = _portal.Browser();
        await browser.SignInAsync();
        var cookie = browser.Cookies["__Host-bff"];

        using var response = await browser.CallAsync("/auth/logout", HttpMethod.Post);

        var url = new Uri((await Browser.JsonAsync(response)).GetProperty("logoutUrl").GetString()!);
        Assert.Equal($"{_portal.Provider.Issuer}/end_session", url.GetLeftPart(UriPartial.Path));
        var query = QueryHelpers.ParseQuery(url.Query);
        Assert.Equal(_portal.Provider.Issued.Last(), query["id_token_hint"]);
        Assert.Equal("bff-server", query["client_id"]);
        Assert.Equal($"{Portal.Origin}/", query["post_logout_redirect_uri"]);

        Assert.Empty(browser.Cookies);
        browser.Cookies["__Host-bff"] = cookie;
        Assert.Equal(HttpStatusCode.Unauthorized, await browser.SessionStatusAsync());
    }

    [Fact]
    public async Task Works_again_without_a_session()
    {
        using var browser = _portal.Browser();

        using var response = await browser.CallAsync("/auth/logout", HttpMethod.Post);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.DoesNotContain("id_token_hint", (await Browser.JsonAsync(response)).GetProperty("logoutUrl").GetString());
    }

    [Fact]
    public async Task T13_refuses_without_the_header_and_keeps_the_session()
    {
        using var browser = _portal.Browser();
        await browser.SignInAsync();

        using var response = await browser.SendAsync(HttpMethod.Post, "/auth/logout", crossSite: false);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await browser.SessionStatusAsync());
    }

    [Fact]
    public async Task Cannot_be_done_by_a_link()
    {
        using var browser = _portal.Browser();
        await browser.SignInAsync();

        using var response = await browser.CallAsync("/auth/logout");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await browser.SessionStatusAsync());
    }
}
