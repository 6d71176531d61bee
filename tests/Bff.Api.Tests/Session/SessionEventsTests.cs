using System.Net;
using Platform.Bff.Tests.Fixture;
using Platform.Sessions;

namespace Platform.Bff.Tests.Session;

public abstract class SessionEventsTests(Portal portal)
{
    private readonly Portal _portal = portal.Fresh();

    [Fact]
    public async Task Says_hello_and_sends_a_heartbeat_every_15_seconds()
    {
        using var browser = _portal.Browser();
        await browser.SignInAsync();

        using var events = await EventStream.OpenAsync(browser);

        Assert.Equal("text/event-stream", events.Response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("event: hello|data: {}", await events.NextAsync());
        _portal.Clock.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(": heartbeat", await events.NextAsync());
    }

    [Fact]
    public async Task Tells_the_tab_that_its_session_was_revoked_and_ends()
    {
        using var browser = _portal.Browser();
        await browser.SignInAsync();
        using var events = await EventStream.OpenAsync(browser);
        await events.NextAsync();

        await _portal.RevokeUserAsync();

        Assert.Equal("event: session-ended|data: {\"reason\":\"revoked\"}", await events.NextEventAsync());
        Assert.Null(await events.NextAsync());
        Assert.Contains(_portal.Logs.Lines, line => line.Contains("ended (revoked)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tells_the_tab_that_a_new_sign_in_is_needed_and_nothing_of_a_refresh()
    {
        using var browser = _portal.Browser();
        await browser.SignInAsync();
        using var events = await EventStream.OpenAsync(browser);
        await events.NextAsync();

        await _portal.DemandAsync(Demand.Refresh);
        await _portal.DemandAsync(Demand.StepUp);

        Assert.Equal("event: sign-in-needed|data: {}", await events.NextEventAsync());
    }

    [Fact]
    public async Task Tells_every_tab_of_the_browser_on_every_replica()
    {
        await using var other = await BffReplica.StartAsync(_portal.Settings(), _portal.Clock, _portal.Logs);
        using var browser = _portal.Browser();
        await browser.SignInAsync();
        using var elsewhere = _portal.Browser(other);
        elsewhere.Cookies["__Host-bff"] = browser.Cookies["__Host-bff"];
        EventStream[] tabs =
        [
            await EventStream.OpenAsync(browser), await EventStream.OpenAsync(browser), await EventStream.OpenAsync(elsewhere),
        ];

        await _portal.RevokeUserAsync();

        foreach (var tab in tabs)
        {
            Assert.StartsWith("event: hello", await tab.NextEventAsync());
            Assert.StartsWith("event: session-ended", await tab.NextEventAsync());
            tab.Dispose();
        }
    }

    [Fact]
    public async Task Leaves_the_tabs_of_others_alone()
    {
        using var browser = _portal.Browser();
        await browser.SignInAsync();
        using var events = await EventStream.OpenAsync(browser);
        await events.NextAsync();
        _portal.Provider.Reset();
        using var other = _portal.Browser();
        await other.SignInAsync();

        await _portal.RevokeUserAsync();
        _portal.Clock.Advance(TimeSpan.FromSeconds(15));

        Assert.Equal(": heartbeat", await events.NextAsync());
    }

    [Fact]
    public async Task Tells_the_tab_that_its_session_expired()
    {
        using var browser = _portal.Browser();
        await browser.SignInAsync();
        using var events = await EventStream.OpenAsync(browser);
        await events.NextAsync();

        _portal.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal("event: session-ended|data: {\"reason\":\"expired\"}", await events.NextEventAsync());
        Assert.Null(await events.NextAsync());
    }

    [Fact]
    public async Task Tells_a_tab_of_a_session_that_lasts_a_year_as_well()
    {
        _portal.Provider.Refreshes = true; // or the session would be as short as its access token
        await using var replica = await _portal.StartAsync(
            ("Sessions:LongestLifetime", "365.00:00:00"), ("Bff:Sessions:RenewableFor", "365.00:00:00"));
        using var browser = _portal.Browser(replica);
        await browser.SignInAsync();

        using var events = await EventStream.OpenAsync(browser);

        Assert.Equal("event: hello|data: {}", await events.NextAsync());
        _portal.Clock.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(": heartbeat", await events.NextAsync());
    }

    [Fact]
    public async Task Tells_the_other_tabs_when_one_signs_out()
    {
        using var browser = _portal.Browser();
        await browser.SignInAsync();
        using var events = await EventStream.OpenAsync(browser);
        await events.NextAsync();

        using var logout = await browser.CallAsync("/auth/logout", HttpMethod.Post);

        Assert.StartsWith("event: session-ended", await events.NextEventAsync());
    }

    [Fact]
    public async Task Answers_401_when_there_is_no_session()
    {
        using var browser = _portal.Browser();
        using var without = await browser.CallAsync("/auth/events");
        browser.Cookies["__Host-bff"] = new("__Host-bff", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
        using var unknown = await browser.CallAsync("/auth/events");

        Assert.Equal(HttpStatusCode.Unauthorized, without.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, unknown.StatusCode);
    }

    [Fact]
    public async Task Does_not_keep_the_service_from_stopping()
    {
        await using var replica = await BffReplica.StartAsync(_portal.Settings(), _portal.Clock, _portal.Logs);
        using var browser = _portal.Browser(replica);
        await browser.SignInAsync();
        using var events = await EventStream.OpenAsync(browser);
        await events.NextAsync();

        await replica.StopAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);

        Assert.Null(await events.NextEventAsync());
    }
}
