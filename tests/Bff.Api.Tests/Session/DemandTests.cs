using System.Net;
using System.Text.Json;
using Platform.Bff.Tests.AccessTokens;
using Platform.Bff.Tests.Fixture;
using Platform.Sessions;
using Platform.Testing;

namespace Platform.Bff.Tests.Session;

/// <summary>What security events demand of sessions that go on.</summary>
public abstract class DemandTests(RefreshingPortal portal)
{
    private readonly RefreshingPortal _portal = (RefreshingPortal)portal.Fresh();

    [Fact]
    public async Task Refreshes_claims_and_tokens_at_the_next_use_once_on_all_replicas()
    {
        using var browser = await SignInAsync();
        using var other = _portal.Browser(_portal.SecondReplica);
        Assert.Equal("ada@example.com", await EmailAsync(browser));
        TellOf("ada@new.example");

        await _portal.DemandAsync(Demand.Refresh);

        await AppearsAsync(browser, "ada@new.example");
        Assert.Equal(HttpStatusCode.OK, await CallAsync(browser));
        Take(browser, other);
        Assert.Equal("ada@new.example", await EmailAsync(other));
        Assert.Equal(HttpStatusCode.OK, await CallAsync(other));
        Assert.Equal(1, _portal.Provider.RefreshesBegun);
    }

    [Fact]
    public async Task A_call_that_comes_first_carries_the_new_token()
    {
        using var browser = await SignInAsync();
        Assert.Equal(HttpStatusCode.OK, await CallAsync(browser));

        await _portal.DemandAsync(Demand.Refresh, _portal.Provider.SessionId);

        await Eventually.BecomesTrueAsync(
            async () => await CallAsync(browser) == HttpStatusCode.OK && Called().Distinct().Count() == 2,
            TestContext.Current.CancellationToken);
        Assert.Equal(1, _portal.Provider.RefreshesBegun);
    }

    [Fact]
    public async Task An_invalid_grant_ends_the_session()
    {
        using var browser = await SignInAsync();
        _portal.Provider.TokenStatus = 400;

        await _portal.DemandAsync(Demand.Refresh);

        await BecomesAsync(HttpStatusCode.Unauthorized, browser);
        _portal.Provider.TokenStatus = 200;
        Assert.Equal(HttpStatusCode.Unauthorized, await CallAsync(browser));
    }

    [Fact]
    public async Task A_provider_that_is_away_is_waited_for_and_no_old_token_is_used()
    {
        using var browser = await SignInAsync();
        _portal.Provider.TokenStatus = 503;

        await _portal.DemandAsync(Demand.Refresh);

        await BecomesAsync(HttpStatusCode.ServiceUnavailable, browser);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await CallAsync(browser));
        Assert.Empty(_portal.Contacts.Requests);

        _portal.Provider.TokenStatus = 200;
        Assert.Equal(HttpStatusCode.OK, await CallAsync(browser));
    }

    [Theory]
    [InlineData("iss", "https://evil.example")]
    [InlineData("sub", "eve")]
    [InlineData("aud", "another-client")]
    [InlineData("azp", "another-client")]
    [InlineData("iat", 0)]
    public async Task O9_an_ID_token_that_does_not_go_on_from_the_sign_in_ends_the_session(string claim, object value)
    {
        using var browser = await SignInAsync();
        _portal.Provider.IdToken = claims => claims[claim] = JsonSerializer.SerializeToNode(value);
        _portal.Provider.TokenResponse = response => response["id_token"] = _portal.Provider.RefreshedIdToken((string)response["access_token"]!);

        await _portal.DemandAsync(Demand.Refresh);

        await BecomesAsync(HttpStatusCode.Unauthorized, browser);
    }

    [Fact]
    public async Task O9_a_refreshed_ID_token_does_not_make_the_authentication_any_newer()
    {
        using var browser = await SignInAsync();
        var before = await AuthenticatedAtAsync(browser);
        _portal.Clock.Advance(TimeSpan.FromSeconds(5));
        _portal.Provider.IdToken = claims =>
            (claims["email"], claims["auth_time"]) = ("ada@new.example", _portal.Clock.GetUtcNow().ToUnixTimeSeconds());
        _portal.Provider.TokenResponse = response => response["id_token"] = _portal.Provider.RefreshedIdToken((string)response["access_token"]!);

        await _portal.DemandAsync(Demand.Refresh);

        await AppearsAsync(browser, "ada@new.example");
        Assert.Equal(before, await AuthenticatedAtAsync(browser));
    }

    [Fact]
    public async Task Tells_of_a_fresh_sign_in_that_is_needed_until_there_was_one()
    {
        using var browser = await SignInAsync();
        using var other = _portal.Browser(_portal.SecondReplica);
        Take(browser, other);
        Assert.Equal(HttpStatusCode.OK, await CallAsync(other));
        _portal.Clock.Advance(TimeSpan.FromSeconds(5));

        await _portal.DemandAsync(Demand.StepUp);

        foreach (var replica in new[] { browser, other })
        {
            await BecomesAsync(HttpStatusCode.Unauthorized, replica);
            await NeedsSignInAsync(replica, "/auth/session");
            await NeedsSignInAsync(replica, "/api/contacts");
        }

        _portal.Clock.Advance(TimeSpan.FromSeconds(5));
        await browser.SignInAsync();
        Assert.Equal(HttpStatusCode.OK, await browser.SessionStatusAsync());
        Assert.Equal(HttpStatusCode.OK, await CallAsync(browser));
    }

    [Fact]
    public async Task Only_the_session_that_is_named_is_asked()
    {
        using var other = await SignInAsync();
        _portal.Provider.SessionId = Guid.NewGuid().ToString();
        using var named = await SignInAsync();

        await _portal.DemandAsync(Demand.StepUp, _portal.Provider.SessionId);

        await BecomesAsync(HttpStatusCode.Unauthorized, named);
        Assert.Equal(HttpStatusCode.OK, await other.SessionStatusAsync());
    }

    [Fact]
    public async Task Whoever_has_no_recent_sign_in_can_still_sign_out()
    {
        using var browser = await SignInAsync();
        await _portal.DemandAsync(Demand.StepUp);
        await BecomesAsync(HttpStatusCode.Unauthorized, browser);

        using var response = await browser.CallAsync("/auth/logout", HttpMethod.Post);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    // RFC 9470 section 3
    private static async Task NeedsSignInAsync(Browser browser, string path)
    {
        using var response = await browser.CallAsync(path);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Contains("error=\"insufficient_user_authentication\"", response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        var body = await Browser.JsonAsync(response);
        Assert.Equal("insufficient_user_authentication", body.GetProperty("error").GetString());
        Assert.Equal("/auth/login?max_age=0", body.GetProperty("signIn").GetString());
    }

    // Replicas hear of it a moment after the demand returns.
    private static Task BecomesAsync(HttpStatusCode status, Browser browser) => Eventually.BecomesTrueAsync(
        async () => await browser.SessionStatusAsync() == status, TestContext.Current.CancellationToken);

    private IEnumerable<string> Called() => _portal.Contacts.Requests.Select(request => request.Headers["Authorization"].ToString());

    private void TellOf(string email)
    {
        _portal.Provider.IdToken = claims => claims["email"] = email;
        _portal.Provider.TokenResponse = response => response["id_token"] = _portal.Provider.RefreshedIdToken((string)response["access_token"]!);
    }

    private async Task<Browser> SignInAsync()
    {
        _portal.Provider.Refreshes = true;
        var browser = _portal.Browser();
        await browser.SignInAsync();
        return browser;
    }

    private static void Take(Browser from, Browser to)
    {
        foreach (var (name, cookie) in from.Cookies)
        {
            to.Cookies[name] = cookie;
        }
    }

    private static async Task AppearsAsync(Browser browser, string email) => await Eventually.BecomesTrueAsync(
        async () => await EmailAsync(browser) == email, TestContext.Current.CancellationToken);

    private static Task<string?> EmailAsync(Browser browser) => FactAsync(browser, "email");

    private static Task<string?> AuthenticatedAtAsync(Browser browser) => FactAsync(browser, "authenticatedAt");

    private static async Task<string?> FactAsync(Browser browser, string name)
    {
        using var response = await browser.CallAsync("/auth/session");
        return (await Browser.JsonAsync(response)).GetProperty(name).GetString();
    }

    private static async Task<HttpStatusCode> CallAsync(Browser browser)
    {
        using var response = await browser.CallAsync("/api/contacts");
        return response.StatusCode;
    }
}
