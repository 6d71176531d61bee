using System.Globalization;
using System.Net;
using Platform.Bff.Tests.Fixture;

namespace Platform.Bff.Tests.Defence;

public sealed class LimitTests(Portal portal) : IClassFixture<Portal>
{
    private const int Most = 4;

    private readonly Portal _portal = portal.Fresh();

    [Theory]
    [InlineData("/auth/login")]
    [InlineData("/auth/callback?state=x&code=y")]
    public async Task One_address_begins_and_ends_only_so_many_sign_ins(string url)
    {
        await using var replica = await StartAsync(("SignInsPerAddress", $"{Most}"), ("Window", "01:00:00"));
        using var browser = _portal.Browser(replica);
        for (var request = 0; request < Most; request++)
        {
            using var passed = await browser.NavigateAsync(url, crossSite: url.Contains("callback", StringComparison.Ordinal));
            Assert.NotEqual(HttpStatusCode.TooManyRequests, passed.StatusCode);
        }

        using var refused = await browser.NavigateAsync(url, crossSite: url.Contains("callback", StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(RetryAfter(refused), 3000, 3600);
        Assert.Equal("text/html", refused.Content.Headers.ContentType!.MediaType);
        Assert.Contains("Correlation id: ", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task One_session_makes_only_so_many_calls_and_pages_health_and_other_sessions_are_not_concerned()
    {
        await using var replica = await StartAsync(("CallsPerSession", $"{Most}"), ("Window", "01:00:00"));
        using var browser = await SignInAsync(replica);
        using var other = await SignInAsync(replica);
        for (var call = 0; call < Most; call++)
        {
            Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync("/api/contacts"));
        }

        using var refused = await browser.CallAsync("/api/contacts");

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(RetryAfter(refused), 3000, 3600);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType!.MediaType);
        Assert.Equal(Most, _portal.Contacts.Requests.Count);
        Assert.Equal(HttpStatusCode.OK, await browser.SessionStatusAsync());
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync("/"));
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync("/health"));
        Assert.Equal(HttpStatusCode.OK, await other.StatusAsync("/api/contacts"));
    }

    [Fact]
    public async Task Who_has_waited_may_go_on()
    {
        await using var replica = await StartAsync(("CallsPerSession", "1"), ("Window", "00:00:01"));
        using var browser = await SignInAsync(replica);
        HttpResponseMessage? refused = null;
        while (refused is not { StatusCode: HttpStatusCode.TooManyRequests })
        {
            refused?.Dispose();
            refused = await browser.CallAsync("/api/contacts");
        }

        Assert.Equal(1, RetryAfter(refused));
        refused.Dispose();

        _portal.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync("/api/contacts"));
    }

    [Theory]
    [InlineData("127.0.0.0/8", true)]
    [InlineData("::ffff:127.0.0.1/128", true)]
    [InlineData("10.0.0.0/8", false)]
    [InlineData(null, false)]
    public async Task X_Forwarded_For_says_who_it_is_where_a_trusted_proxy_sends_it(string? network, bool trusted)
    {
        var settings = Settings(("SignInsPerAddress", "1"), ("Window", "01:00:00"));
        if (network is not null)
        {
            settings["Bff:TrustedProxies:0"] = network;
        }

        await using var replica = await BffReplica.StartAsync(settings, _portal.Clock, _portal.Logs);
        using var browser = _portal.Browser(replica);
        var answers = new List<HttpStatusCode>();
        foreach (var address in (string[])["203.0.113.1", "203.0.113.2", "203.0.113.1", "203.0.113.9, 203.0.113.2"])
        {
            using var response = await browser.NavigateAsync("/auth/login", headers: ("X-Forwarded-For", address));
            answers.Add(response.StatusCode);
        }

        var (passed, refused) = (HttpStatusCode.SeeOther, HttpStatusCode.TooManyRequests);

        // What stands before the address that the proxy saw is what the client made up.
        Assert.Equal(trusted ? [passed, passed, refused, refused] : [passed, refused, refused, refused], answers);
    }

    [Fact]
    public async Task X_Forwarded_Host_of_a_trusted_proxy_does_not_move_the_portal()
    {
        var settings = Settings();
        settings["Bff:TrustedProxies:0"] = "127.0.0.0/8";
        await using var replica = await BffReplica.StartAsync(settings, _portal.Clock, _portal.Logs);
        using var browser = _portal.Browser(replica);

        using var login = await browser.NavigateAsync("/auth/login", headers: [("X-Forwarded-Host", "evil.example"), ("X-Forwarded-Proto", "http")]);

        Assert.Equal(HttpStatusCode.SeeOther, login.StatusCode);
        Assert.Equal($"{Portal.Origin}/auth/callback", _portal.Provider.Forms.Single(form => form.Path == "/par").Form["redirect_uri"]);
    }

    private static int RetryAfter(HttpResponseMessage response) =>
        int.Parse(response.Headers.GetValues("Retry-After").Single(), CultureInfo.InvariantCulture);

    private async Task<Browser> SignInAsync(BffReplica replica)
    {
        var browser = _portal.Browser(replica);
        await browser.SignInAsync();
        return browser;
    }

    private Task<BffReplica> StartAsync(params (string Name, string Value)[] limits) =>
        BffReplica.StartAsync(Settings(limits), _portal.Clock, _portal.Logs);

    private Dictionary<string, string> Settings(params (string Name, string Value)[] limits)
    {
        var settings = _portal.Settings();
        foreach (var (name, value) in limits)
        {
            settings[$"Bff:Limits:{name}"] = value;
        }

        return settings;
    }
}
