using System.Net;
using System.Text.Json;
using Platform.Bff.Tests.Fixture;
using Platform.Sessions;

namespace Platform.Bff.Tests.Session.Listing;

public sealed class SessionListTests(Portal portal) : IClassFixture<Portal>
{
    private const string Firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0";

    private readonly Portal _portal = portal.Fresh();

    [Fact]
    public async Task Shows_my_sessions_by_device_and_which_one_this_is()
    {
        using var first = _portal.Browser();
        await first.SignInAsync();
        _portal.Clock.Advance(TimeSpan.FromMinutes(1));
        using var second = _portal.Browser();
        using var callback = await second.NavigateAsync(await second.BeginSignInAsync(), true, ("User-Agent", Firefox));

        var list = await ListAsync(second);

        Assert.Equal([true, false], list.Select(each => each.GetProperty("current").GetBoolean()));
        var mine = list[0];
        var now = _portal.Clock.GetUtcNow();
        Assert.Equal("Firefox 131", mine.GetProperty("browser").GetString());
        Assert.Equal("Linux", mine.GetProperty("system").GetString());
        Assert.Equal("127.0.0.0/24", mine.GetProperty("network").GetString());
        Assert.Equal(now, mine.GetProperty("createdAt").GetDateTimeOffset());
        Assert.Equal(now - TimeSpan.FromMinutes(1), list[1].GetProperty("createdAt").GetDateTimeOffset());
        Assert.Equal(now + TimeSpan.FromHours(1), mine.GetProperty("expiresAt").GetDateTimeOffset(), TimeSpan.FromMilliseconds(1));
        Assert.Equal(now + TimeSpan.FromHours(1), mine.GetProperty("idleExpiresAt").GetDateTimeOffset(), TimeSpan.FromMilliseconds(1));
        Assert.Equal(JsonValueKind.Null, list[1].GetProperty("browser").ValueKind);
    }

    [Fact]
    public async Task Names_sessions_by_what_leads_to_nothing()
    {
        using var browser = _portal.Browser();
        await browser.SignInAsync();

        var json = (await ListAsync(browser))[0].GetRawText();

        Assert.DoesNotContain(browser.Handle!, json, StringComparison.Ordinal);
        Assert.DoesNotContain(SessionStore.KeyOf(browser.Handle!), json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shows_nobody_else_s()
    {
        using var mine = _portal.Browser();
        await mine.SignInAsync();
        _portal.Provider.Subject = Guid.NewGuid().ToString();
        using var theirs = _portal.Browser();
        await theirs.SignInAsync();

        Assert.Single(await ListAsync(mine));
        Assert.Single(await ListAsync(theirs));
    }

    [Fact]
    public async Task Ends_one_of_mine_and_tells_its_tabs_on_every_replica()
    {
        using var mine = _portal.Browser();
        await mine.SignInAsync();
        await using var replica = await BffReplica.StartAsync(_portal.Settings(), _portal.Clock, _portal.Logs);
        using var lost = _portal.Browser(replica);
        await lost.SignInAsync();
        using var tab = await EventStream.OpenAsync(lost);
        await tab.NextAsync();
        var id = Other(await ListAsync(mine));

        using var answer = await mine.CallAsync($"/auth/sessions/{id}", HttpMethod.Delete);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.StartsWith("event: session-ended", await tab.NextEventAsync());
        await lost.WaitForEndAsync();
        Assert.Single(await ListAsync(mine));
    }

    [Fact]
    public async Task Signs_out_here_when_it_is_this_one()
    {
        using var browser = _portal.Browser();
        await browser.SignInAsync();
        var id = (await ListAsync(browser))[0].GetProperty("id").GetString();

        using var answer = await browser.CallAsync($"/auth/sessions/{id}", HttpMethod.Delete);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Null(browser.Handle);
    }

    [Fact]
    public async Task Answers_for_somebody_else_s_session_as_for_none()
    {
        using var mine = _portal.Browser();
        await mine.SignInAsync();
        _portal.Provider.Subject = Guid.NewGuid().ToString();
        using var theirs = _portal.Browser();
        await theirs.SignInAsync();
        var id = (await ListAsync(theirs))[0].GetProperty("id").GetString();

        using var foreign = await mine.CallAsync($"/auth/sessions/{id}", HttpMethod.Delete);
        using var none = await mine.CallAsync("/auth/sessions/AAAAAAAAAAAAAAAAAAAAAA", HttpMethod.Delete);

        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        Assert.Equal(await DetailAsync(none), await DetailAsync(foreign));
        Assert.Equal(HttpStatusCode.OK, await theirs.SessionStatusAsync());
    }

    [Fact]
    public async Task Ends_all_of_mine_but_this_one()
    {
        using var here = _portal.Browser();
        await here.SignInAsync();
        using var second = _portal.Browser();
        await second.SignInAsync();
        using var third = _portal.Browser();
        await third.SignInAsync();

        using var answer = await here.CallAsync("/auth/sessions", HttpMethod.Delete);

        Assert.Equal(2, (await Browser.JsonAsync(answer)).GetProperty("ended").GetInt32());
        Assert.Equal(HttpStatusCode.OK, await here.SessionStatusAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, await second.SessionStatusAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, await third.SessionStatusAsync());
    }

    [Theory]
    [InlineData("GET", "/auth/sessions")]
    [InlineData("DELETE", "/auth/sessions")]
    [InlineData("DELETE", "/auth/sessions/AAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Answers_401_without_a_session_and_403_without_the_header(string method, string path)
    {
        using var browser = _portal.Browser();
        using var without = await browser.CallAsync(path, new(method));
        using var forged = await browser.SendAsync(new(method), path, crossSite: false);

        Assert.Equal(HttpStatusCode.Unauthorized, without.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, forged.StatusCode);
    }

    private static async Task<List<JsonElement>> ListAsync(Browser browser)
    {
        using var response = await browser.CallAsync("/auth/sessions");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return [.. (await Browser.JsonAsync(response)).EnumerateArray()];
    }

    private static string Other(IEnumerable<JsonElement> list) =>
        list.Single(each => !each.GetProperty("current").GetBoolean()).GetProperty("id").GetString()!;

    private static async Task<string?> DetailAsync(HttpResponseMessage response) =>
        (await Browser.JsonAsync(response)).GetProperty("detail").GetString();
}
