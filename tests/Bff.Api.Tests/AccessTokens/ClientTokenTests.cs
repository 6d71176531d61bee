using System.Net;
using Platform.Bff.Tests.Fixture;

namespace Platform.Bff.Tests.AccessTokens;

public sealed class ClientTokenTests(SourcesPortal portal) : IClassFixture<SourcesPortal>
{
    private const string Grant = "client_credentials";

    private readonly Portal _portal = Later(portal);

    [Fact]
    public async Task One_token_serves_every_session_and_every_route_to_its_audience()
    {
        using var ada = await SignInAsync();
        using var grace = await SignInAsync();

        foreach (var (browser, route) in (IEnumerable<(Browser, string)>)[(ada, "client"), (grace, "client"), (ada, "client-too"), (ada, "client-two")])
        {
            Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync($"/api/{route}"));
        }

        Assert.Equal(2, _portal.Provider.CountOf(Grant));
        Assert.Equal(["one", "one", "one", "two"], Called().Select(token => token.Split('-')[2]));
        Assert.Equal(2, Called().Distinct().Count());
    }

    [Fact]
    public async Task Fifty_calls_at_once_ask_once()
    {
        using var browser = await SignInAsync();
        var gate = new TaskCompletionSource();
        _portal.Provider.GrantGate = gate.Task;

        var calls = Enumerable.Range(0, 50).Select(_ => browser.StatusAsync("/api/client")).ToArray();
        while (_portal.Provider.CountOf(Grant) == 0)
        {
            await _portal.Redis.Connection.GetDatabase().PingAsync();
        }

        gate.SetResult();
        Assert.All(await Task.WhenAll(calls), status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.Equal(1, _portal.Provider.CountOf(Grant));
    }

    [Fact]
    public async Task Is_replaced_before_it_expires_and_serves_to_its_last_second_while_the_provider_is_away()
    {
        using var browser = await SignInAsync();
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync("/api/client"));
        _portal.Clock.Advance(TimeSpan.FromSeconds(269));
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync("/api/client"));
        Assert.Equal(1, _portal.Provider.CountOf(Grant));

        _portal.Provider.TokenStatus = 500;
        _portal.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync("/api/client"));
        Assert.Single(Called().Distinct());

        _portal.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await browser.StatusAsync("/api/client"));

        _portal.Provider.TokenStatus = 200;
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync("/api/client"));
        Assert.Equal(2, Called().Distinct().Count());
    }

    [Theory]
    [InlineData("invalid_scope", HttpStatusCode.Forbidden)]
    [InlineData("invalid_target", HttpStatusCode.Forbidden)]
    [InlineData("unauthorized_client", HttpStatusCode.Forbidden)]
    [InlineData("invalid_client", HttpStatusCode.ServiceUnavailable)]
    public async Task A_refusal_is_told_in_the_log_and_leaves_the_session_alone(string error, HttpStatusCode expected)
    {
        using var browser = await SignInAsync();
        _portal.Provider.TokenStatus = 400;
        _portal.Provider.TokenError = error;

        Assert.Equal(expected, await browser.StatusAsync("/api/client"));
        Assert.Equal(HttpStatusCode.OK, await browser.SessionStatusAsync());
        Assert.Empty(_portal.Contacts.Requests);
        Assert.Contains(_portal.Logs.Lines, line => line.Contains($" {error}:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Takes_no_token_of_a_type_that_it_does_not_understand()
    {
        using var browser = await SignInAsync();
        _portal.Provider.TokenResponse = response => response["token_type"] = "MAC";

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await browser.StatusAsync("/api/client"));
        Assert.Empty(_portal.Contacts.Requests);
    }

    // The replicas keep their tokens from one test to the next; an hour later they are worthless.
    private static Portal Later(SourcesPortal portal)
    {
        portal.Clock.Advance(TimeSpan.FromHours(1));
        return portal.Fresh();
    }

    private async Task<Browser> SignInAsync()
    {
        var browser = _portal.Browser();
        await browser.SignInAsync();
        return browser;
    }

    private IEnumerable<string> Called() => _portal.Contacts.Requests.Select(request => request.Headers["Authorization"]);
}
