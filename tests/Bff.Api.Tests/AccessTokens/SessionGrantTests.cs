using System.Net;
using Platform.Bff.Tests.Fixture;

namespace Platform.Bff.Tests.AccessTokens;

/// <summary>Token exchange and JWT bearer: tokens of one session, got otherwise than with its refresh token.</summary>
public sealed class SessionGrantTests(SourcesPortal portal) : IClassFixture<SourcesPortal>
{
    private const string Exchange = "urn:ietf:params:oauth:grant-type:token-exchange";
    private const string JwtBearer = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    private readonly Portal _portal = portal.Fresh();

    [Fact]
    public async Task F13_R16_exchanges_the_sessions_token_once_for_each_target_and_for_every_replica()
    {
        using var browser = await SignInAsync();
        using var other = _portal.Browser(portal.SecondReplica);
        other.Cookies["__Host-bff"] = browser.Cookies["__Host-bff"];

        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync("/api/exchange"));
        Assert.Equal(HttpStatusCode.OK, await other.StatusAsync("/api/exchange"));
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync("/api/exchange-two"));

        Assert.Equal(2, _portal.Provider.CountOf(Exchange));
        var form = _portal.Provider.Forms.First(asked => asked.Form.GetValueOrDefault("grant_type") == Exchange).Form;
        Assert.Equal(("one", "read"), (form["audience"], form["scope"]));
        Assert.Equal(2, Called().Distinct().Count());
    }

    [Theory]
    [InlineData("exchange")]
    [InlineData("signed")]
    [InlineData("id-token")]
    public async Task Never_gives_one_session_the_token_of_another(string route)
    {
        using var ada = await SignInAsync();
        var subject = _portal.Provider.Subject;
        Assert.Equal(HttpStatusCode.OK, await ada.StatusAsync($"/api/{route}"));
        _portal.Provider.Subject = Guid.NewGuid().ToString();
        _portal.Provider.SessionId = Guid.NewGuid().ToString();
        using var grace = await SignInAsync();
        Assert.Equal(HttpStatusCode.OK, await grace.StatusAsync($"/api/{route}"));

        Assert.Equal(2, Called().Distinct().Count());
        if (route == "signed")
        {
            Assert.Equal([$"Bearer {subject}", $"Bearer {_portal.Provider.Subject}"], Called().Select(token => token.Split("-to-")[0]));
        }
    }

    [Fact]
    public async Task Renews_the_sessions_token_before_it_is_exchanged()
    {
        using var browser = await SignInAsync();
        _portal.Clock.Advance(TimeSpan.FromMinutes(61));

        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync("/api/exchange"));

        Assert.Equal((1, 1), (_portal.Provider.RefreshesBegun, _portal.Provider.CountOf(Exchange)));
    }

    [Fact]
    public async Task B18_an_exchange_ends_the_session_when_its_refresh_token_is_invalid()
    {
        using var browser = await SignInAsync();
        _portal.Clock.Advance(TimeSpan.FromMinutes(61));
        _portal.Provider.TokenStatus = 400;

        Assert.Equal(HttpStatusCode.Unauthorized, await browser.StatusAsync("/api/exchange"));
        Assert.Equal(HttpStatusCode.Unauthorized, await browser.SessionStatusAsync());
    }

    [Fact]
    public async Task A_refresh_token_that_comes_with_an_exchange_does_not_become_the_sessions()
    {
        using var browser = await SignInAsync();
        _portal.Provider.TokenResponse = response => response["refresh_token"] = "of-the-exchange-and-nothing-else";
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync("/api/exchange"));
        _portal.Provider.TokenResponse = _ => { };

        _portal.Clock.Advance(TimeSpan.FromMinutes(61));

        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync("/api/contacts"));
    }

    [Theory]
    [InlineData("exchange", "invalid_request")]
    [InlineData("exchange", "invalid_target")]
    [InlineData("exchange", "unauthorized_client")]
    [InlineData("signed", "invalid_grant")]
    [InlineData("signed", "invalid_scope")]
    [InlineData("id-token", "invalid_grant")]
    public async Task A_refusal_concerns_the_route_alone(string route, string error)
    {
        using var browser = await SignInAsync();
        _portal.Provider.TokenStatus = 400;
        _portal.Provider.TokenError = error;

        Assert.Equal(HttpStatusCode.Forbidden, await browser.StatusAsync($"/api/{route}"));
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync("/api/contacts"));
        Assert.Contains(_portal.Logs.Lines, line => line.Contains($" {error}:", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("exchange", 401, "invalid_client")]
    [InlineData("exchange", 500, "server_error")]
    [InlineData("signed", 401, "invalid_client")]
    [InlineData("id-token", 500, "server_error")]
    public async Task Says_503_while_the_provider_cannot_answer(string route, int status, string error)
    {
        using var browser = await SignInAsync();
        _portal.Provider.TokenStatus = status;
        _portal.Provider.TokenError = error;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await browser.StatusAsync($"/api/{route}"));
        Assert.Equal(HttpStatusCode.OK, await browser.SessionStatusAsync());
        Assert.Empty(_portal.Contacts.Requests);
    }

    [Fact]
    public async Task Signs_each_assertion_anew_for_the_person_of_the_session()
    {
        using var browser = await SignInAsync();
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync("/api/signed"));
        _portal.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync("/api/signed"));

        var assertions = _portal.Provider.Forms.Select(asked => asked.Form.GetValueOrDefault("assertion")).OfType<string>().ToArray();
        Assert.Equal(2, assertions.Distinct().Count());
        Assert.Equal(2, _portal.Provider.CountOf(JwtBearer));
        Assert.All(Called(), token => Assert.StartsWith($"Bearer {_portal.Provider.Subject}-to-", token));
    }

    private async Task<Browser> SignInAsync()
    {
        _portal.Provider.Refreshes = true;
        var browser = _portal.Browser();
        await browser.SignInAsync();
        return browser;
    }

    private IEnumerable<string> Called() => _portal.Contacts.Requests.Select(request => request.Headers["Authorization"]);
}
