using System.Net;
using Platform.Bff.Tests.Fixture;

namespace Platform.Bff.Tests.AccessTokens;

public sealed class TokenSourceTests(SourcesPortal portal) : IClassFixture<SourcesPortal>
{
    private readonly Portal _portal = portal.Fresh();

    [Fact]
    public async Task S4_51_an_API_key_stands_in_its_header_and_no_token_beside_it()
    {
        using var browser = await SignInAsync();

        using var response = await browser.CallAsync("/api/api-key", headers: ("X-Billing-Key", "forged"));

        var received = Assert.Single(_portal.Contacts.Requests);
        Assert.Equal(SourcesPortal.ApiKey, received.Headers["X-Billing-Key"]);
        Assert.DoesNotContain("Authorization", received.Headers.Keys);
    }

    [Fact]
    public async Task S4_51_internal_headers_say_who_calls_whatever_the_browser_says()
    {
        using var browser = await SignInAsync();

        using var response = await browser.CallAsync("/api/headers", headers: [("X-User-Sub", "root"), ("X-User-Issuer", "https://evil.example")]);

        var received = Assert.Single(_portal.Contacts.Requests);
        Assert.Equal(_portal.Provider.Subject, received.Headers["X-User-Sub"]);
        Assert.Equal(_portal.Provider.Issuer, received.Headers["X-User-Issuer"]);
        Assert.DoesNotContain("Authorization", received.Headers.Keys);
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("root\tadmin")]
    public async Task S4_51_internal_headers_carry_no_subject_that_could_be_read_as_another(string subject)
    {
        _portal.Provider.Subject = subject;
        using var browser = await SignInAsync();

        Assert.Equal(HttpStatusCode.Forbidden, await browser.StatusAsync("/api/headers"));
        Assert.Empty(_portal.Contacts.Requests);
    }

    [Fact]
    public async Task A_route_without_token_carries_nothing()
    {
        using var browser = await SignInAsync();

        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync("/api/none"));

        var received = Assert.Single(_portal.Contacts.Requests);
        Assert.DoesNotContain(received.Headers.Keys, name =>
            name is "Authorization" or "Cookie" || name.StartsWith("X-", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("exchange")]
    [InlineData("client")]
    [InlineData("signed")]
    [InlineData("id-token")]
    [InlineData("api-key")]
    [InlineData("none")]
    [InlineData("headers")]
    public async Task Every_source_needs_a_session_unless_the_route_is_public(string route)
    {
        using var browser = _portal.Browser();

        Assert.Equal(HttpStatusCode.Unauthorized, await browser.StatusAsync($"/api/{route}"));
        Assert.Empty(_portal.Contacts.Requests);
        Assert.Empty(_portal.Provider.Forms);
    }

    [Fact]
    public async Task A_public_route_with_the_BFFs_own_token_is_for_our_scripts_alone()
    {
        using var browser = _portal.Browser();

        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync("/api/open"));
        using var foreign = await browser.NavigateAsync("/api/open", crossSite: true);

        Assert.StartsWith("Bearer client-to-open-", Assert.Single(_portal.Contacts.Requests).Headers["Authorization"]);
        Assert.Equal(HttpStatusCode.Forbidden, foreign.StatusCode);
    }

    private async Task<Browser> SignInAsync()
    {
        var browser = _portal.Browser();
        await browser.SignInAsync();
        return browser;
    }
}
