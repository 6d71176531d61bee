using System.Net;
using Platform.Bff.Tests.Fixture;

namespace Platform.Bff.Tests.Signals;

/// <summary>What becomes of sessions while security events do not arrive: none outlives for long what its provider knows.</summary>
public abstract class SilenceTests(SilentPortal portal)
{
    private readonly SilentPortal _portal = (SilentPortal)portal.Fresh();

    private HeardEvents Events => new(_portal, _portal.Bff, _portal.SecondReplica);

    [Fact]
    public async Task Threat24_a_session_is_refreshed_before_its_next_use_once_for_all_tabs_and_replicas()
    {
        using var browser = await SignInAsync();
        using var other = _portal.Browser(_portal.SecondReplica);
        Take(browser, other);
        Assert.Equal(HttpStatusCode.OK, await other.SessionStatusAsync());

        await Events.StayAwayAsync(SilentPortal.ConfirmEvery);

        Assert.All(
            await Task.WhenAll(Enumerable.Range(0, 10).Select(tab => (tab % 2 == 0 ? browser : other).SessionStatusAsync())),
            status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync("/api/contacts"));
        Assert.Equal(1, _portal.Provider.RefreshesBegun);

        _portal.Clock.Advance(SilentPortal.ConfirmEvery);
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync("/api/contacts"));
        Assert.Equal(2, _portal.Provider.RefreshesBegun);
    }

    [Fact]
    public async Task Threat24_an_ending_that_no_event_told_of_ends_the_session()
    {
        using var browser = await SignInAsync();
        using var other = _portal.Browser(_portal.SecondReplica);
        Take(browser, other);
        _portal.Provider.TokenStatus = 400;
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync("/api/contacts"));

        await Events.StayAwayAsync(SilentPortal.ConfirmEvery);

        Assert.Equal(HttpStatusCode.Unauthorized, await browser.StatusAsync("/api/contacts"));
        await Events.ArriveAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, await browser.SessionStatusAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, await other.SessionStatusAsync());
    }

    [Theory]
    [InlineData("/auth/session")]
    [InlineData("/api/contacts")]
    public async Task Threat24_a_provider_that_is_away_is_waited_for(string path)
    {
        using var browser = await SignInAsync();
        _portal.Provider.TokenStatus = 503;
        await Events.StayAwayAsync(SilentPortal.ConfirmEvery);

        using (var answer = await browser.CallAsync(path))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.Equal("2", answer.Headers.RetryAfter!.ToString());
        }

        Assert.Empty(_portal.Contacts.Requests);
        _portal.Provider.TokenStatus = 200;
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync(path));
    }

    [Theory]
    [InlineData("/auth/session")]
    [InlineData("/api/contacts")]
    public async Task Threat24_a_session_that_cannot_be_refreshed_needs_a_new_sign_in(string path)
    {
        using var browser = await SignInAsync(refreshes: false);
        await Events.StayAwayAsync(SilentPortal.ConfirmEvery);

        using (var answer = await browser.CallAsync(path))
        {
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            Assert.Contains("insufficient_user_authentication", answer.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
            Assert.Equal("/auth/login?max_age=0", (await Browser.JsonAsync(answer)).GetProperty("signIn").GetString());
        }

        await browser.SignInAsync();
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync(path));
    }

    [Fact]
    public async Task Threat24_a_session_that_its_provider_vouched_for_is_used_for_a_while()
    {
        var moment = TimeSpan.FromSeconds(1);
        await Events.ArriveAsync();
        await Events.StayAwayAsync(SilentPortal.ConfirmEvery);
        using var browser = await SignInAsync(arriving: false);

        _portal.Clock.Advance(SilentPortal.ConfirmEvery - moment);
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync("/api/contacts"));
        Assert.Equal(0, _portal.Provider.RefreshesBegun);

        // The route has a token of its own.
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync("/api/one"));
        Assert.Equal(1, _portal.Provider.RefreshesBegun);
        _portal.Clock.Advance(SilentPortal.ConfirmEvery - moment);
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync("/api/contacts"));
        Assert.Equal(1, _portal.Provider.RefreshesBegun);

        _portal.Clock.Advance(moment);
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync("/api/contacts"));
        Assert.Equal(2, _portal.Provider.RefreshesBegun);
    }

    [Fact]
    public async Task Threat24_the_claims_are_those_that_the_provider_knows_now()
    {
        using var browser = await SignInAsync();
        _portal.Provider.IdToken = claims => claims["email"] = "ada@new.example";
        _portal.Provider.TokenResponse = response => response["id_token"] = _portal.Provider.RefreshedIdToken((string)response["access_token"]!);
        await Events.StayAwayAsync(SilentPortal.ConfirmEvery);

        using var session = await browser.CallAsync("/auth/session");

        Assert.Equal("ada@new.example", (await Browser.JsonAsync(session)).GetProperty("email").GetString());
    }

    [Fact]
    public async Task Threat24_nobody_is_asked_any_more_once_events_arrive()
    {
        using var browser = await SignInAsync();
        await Events.StayAwayAsync(SilentPortal.ConfirmEvery);
        await Events.ArriveAsync();

        Assert.Equal(HttpStatusCode.OK, await browser.SessionStatusAsync());
        Assert.Equal(0, _portal.Provider.RefreshesBegun);
    }

    private async Task<Browser> SignInAsync(bool refreshes = true, bool arriving = true)
    {
        if (arriving)
        {
            await Events.ArriveAsync();
        }

        _portal.Provider.Refreshes = refreshes;
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
}
