using System.Net;
using Platform.Bff.Tests.Fixture;

namespace Platform.Bff.Tests.AccessTokens;

public sealed class BoundTokenTests(BoundSourcesPortal portal) : IClassFixture<BoundSourcesPortal>
{
    private readonly Portal _portal = portal.Fresh();

    [Theory]
    [InlineData("exchange")]
    [InlineData("client")]
    [InlineData("signed")]
    [InlineData("id-token")]
    public async Task F1_a_token_is_bound_to_a_key_whatever_its_source(string route)
    {
        using var browser = _portal.Browser();
        await browser.SignInAsync();

        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync($"/api/{route}"));

        var received = Assert.Single(_portal.Contacts.Requests);
        Assert.StartsWith("DPoP ", received.Headers["Authorization"]);
        Assert.NotEmpty(received.Headers["DPoP"]);
    }

    [Fact]
    public async Task D1_every_token_request_carries_a_proof_that_of_a_refresh_too()
    {
        _portal.Provider.Refreshes = true;
        using var browser = _portal.Browser();
        await browser.SignInAsync();
        _portal.Clock.Advance(TimeSpan.FromMinutes(61));

        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync("/api/exchange"));

        var requests = _portal.Provider.Forms.Where(sent => sent.Path == "/token").Select(sent => sent.Form).ToList();
        Assert.Equal(
            ["authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:token-exchange"],
            requests.Select(form => form["grant_type"]));
        Assert.All(requests, form => Assert.Contains(TestProvider.ProvedKey, form.Keys));
    }

    [Fact]
    public async Task Discards_a_token_that_is_not_bound_though_a_key_was_proved()
    {
        using var browser = _portal.Browser();
        await browser.SignInAsync();
        _portal.Provider.TokenResponse = response => response["token_type"] = "Bearer";

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await browser.StatusAsync("/api/exchange"));
        Assert.Empty(_portal.Contacts.Requests);
    }

    [Theory]
    [InlineData("api-key")]
    [InlineData("none")]
    [InlineData("headers")]
    public async Task What_carries_no_token_carries_no_proof(string route)
    {
        using var browser = _portal.Browser();
        await browser.SignInAsync();

        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync($"/api/{route}"));

        Assert.DoesNotContain("DPoP", Assert.Single(_portal.Contacts.Requests).Headers.Keys);
    }
}
