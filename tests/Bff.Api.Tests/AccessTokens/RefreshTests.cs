using System.Net;
using Platform.Bff.Tests.Fixture;

namespace Platform.Bff.Tests.AccessTokens;

public abstract class RefreshTests(RefreshingPortal portal)
{
    private readonly Portal _portal = portal.Fresh();

    [Fact]
    public async Task F6_R16_gets_each_audience_its_own_token_with_one_refresh_token_after_another()
    {
        using var browser = await SignInAsync();

        Assert.Equal(HttpStatusCode.OK, await CallAsync(browser, "/api/one"));
        Assert.Equal(HttpStatusCode.OK, await CallAsync(browser, "/api/two"));
        Assert.Equal(HttpStatusCode.OK, await CallAsync(browser, "/api/one"));

        Assert.Equal(2, _portal.Provider.RefreshesBegun);
        Assert.Equal(["one", "two", "one"], Called().Select(token => token.Split('-')[2]));
    }

    [Fact]
    public async Task Two_audiences_at_the_same_time_do_not_spend_one_refresh_token()
    {
        using var browser = await SignInAsync();

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(call => CallAsync(browser, call % 2 == 0 ? "/api/one" : "/api/two")));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer));
        Assert.Equal(2, _portal.Provider.RefreshesBegun);
    }

    [Fact]
    public async Task A_hundred_calls_on_two_replicas_make_one_grant_request()
    {
        using var browser = await SignInAsync();
        using var other = _portal.Browser(portal.SecondReplica);
        other.Cookies["__Host-bff"] = browser.Cookies["__Host-bff"];
        _portal.Clock.Advance(TimeSpan.FromMinutes(61));
        var gate = new TaskCompletionSource();
        _portal.Provider.RefreshGate = gate.Task;

        var calls = Enumerable.Range(0, 100).Select(call => CallAsync(call % 2 == 0 ? browser : other, "/api/contacts")).ToArray();
        while (_portal.Provider.RefreshesBegun == 0)
        {
            await _portal.Redis.Connection.GetDatabase().PingAsync();
        }

        gate.SetResult();
        Assert.All(await Task.WhenAll(calls), answer => Assert.Equal(HttpStatusCode.OK, answer));
        Assert.Equal(1, _portal.Provider.RefreshesBegun);
        Assert.Single(Called().Distinct());
    }

    [Fact]
    public async Task Replaces_a_token_before_it_expires()
    {
        using var browser = await SignInAsync();
        _portal.Clock.Advance(TimeSpan.FromMinutes(59) + TimeSpan.FromSeconds(29));
        Assert.Equal(HttpStatusCode.OK, await CallAsync(browser, "/api/contacts"));
        Assert.Equal(0, _portal.Provider.RefreshesBegun);

        _portal.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, await CallAsync(browser, "/api/contacts"));
        Assert.Equal(1, _portal.Provider.RefreshesBegun);
    }

    [Fact]
    public async Task B18_Ends_the_session_when_its_refresh_token_is_invalid()
    {
        using var browser = await SignInAsync();
        _portal.Clock.Advance(TimeSpan.FromMinutes(61));
        _portal.Provider.TokenStatus = 400;

        Assert.Equal(HttpStatusCode.Unauthorized, await CallAsync(browser, "/api/contacts"));
        Assert.Equal(HttpStatusCode.Unauthorized, await browser.SessionStatusAsync());
        Assert.Empty(_portal.Contacts.Requests);
    }

    [Theory]
    [InlineData("invalid_scope")]
    [InlineData("invalid_target")]
    public async Task Refuses_the_calls_of_a_route_that_asks_for_too_much_and_no_others(string error)
    {
        using var browser = await SignInAsync();
        _portal.Provider.TokenStatus = 400;
        _portal.Provider.TokenError = error;

        Assert.Equal(HttpStatusCode.Forbidden, await CallAsync(browser, "/api/one"));
        Assert.Equal(HttpStatusCode.OK, await CallAsync(browser, "/api/contacts"));
        Assert.Contains(_portal.Logs.Lines, line => line.Contains(error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Refuses_another_audience_to_a_session_without_refresh_token()
    {
        using var browser = _portal.Browser();
        await browser.SignInAsync();

        Assert.Equal(HttpStatusCode.Forbidden, await CallAsync(browser, "/api/one"));
        Assert.Equal(HttpStatusCode.OK, await CallAsync(browser, "/api/contacts"));
    }

    [Fact]
    public async Task Takes_no_token_of_a_type_that_it_does_not_understand_and_blames_nobody_signed_in()
    {
        using var browser = await SignInAsync();
        _portal.Provider.TokenResponse = response => response["token_type"] = "MAC";

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await CallAsync(browser, "/api/one"));
        Assert.Equal(HttpStatusCode.OK, await browser.SessionStatusAsync());
    }

    [Fact]
    public async Task Keeps_the_session_when_the_BFF_itself_is_refused()
    {
        using var browser = await SignInAsync();
        _portal.Provider.TokenStatus = 401;
        _portal.Provider.TokenError = "invalid_client";

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await CallAsync(browser, "/api/one"));
        Assert.Equal(HttpStatusCode.OK, await browser.SessionStatusAsync());
    }

    [Fact]
    public async Task Uses_a_token_to_its_last_second_while_the_provider_is_away()
    {
        using var browser = await SignInAsync();
        _portal.Provider.TokenStatus = 500;

        _portal.Clock.Advance(TimeSpan.FromMinutes(60) - TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, await CallAsync(browser, "/api/contacts"));

        _portal.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await CallAsync(browser, "/api/contacts"));

        _portal.Provider.TokenStatus = 200;
        Assert.Equal(HttpStatusCode.OK, await CallAsync(browser, "/api/contacts"));
    }

    [Fact]
    public async Task Keeps_no_token_for_a_session_that_ended_meanwhile()
    {
        using var browser = await SignInAsync();
        _portal.Clock.Advance(TimeSpan.FromMinutes(61));
        var gate = new TaskCompletionSource();
        _portal.Provider.RefreshGate = gate.Task;
        var call = CallAsync(browser, "/api/contacts");
        while (_portal.Provider.RefreshesBegun == 0)
        {
            await _portal.Redis.Connection.GetDatabase().PingAsync();
        }

        await _portal.RevokeUserAsync();
        gate.SetResult();

        Assert.Equal(HttpStatusCode.Unauthorized, await call);
        Assert.Empty(_portal.Contacts.Requests);
    }

    private async Task<Browser> SignInAsync()
    {
        _portal.Provider.Refreshes = true;
        var browser = _portal.Browser();
        await browser.SignInAsync();
        return browser;
    }

    private static async Task<HttpStatusCode> CallAsync(Browser browser, string path)
    {
        using var response = await browser.CallAsync(path);
        return response.StatusCode;
    }

    private IEnumerable<string> Called() => _portal.Contacts.Requests.Select(request => request.Headers["Authorization"]);
}
