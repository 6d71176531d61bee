using System.Net;
using Platform.Bff.Tests.Fixture;

namespace Platform.Bff.Tests.Forwarding;

public sealed class ForwardingTests(Portal portal) : IClassFixture<Portal>
{
    private static readonly (string, string)[] Spoofed =
    [
        ("Authorization", "Bearer forged"), ("X-Forwarded-For", "10.0.0.1"), ("X-Forwarded-Host", "evil.example"),
        ("X-Forwarded-Proto", "http"), ("X-Forwarded-Client-Cert", "Hash=1"), ("Forwarded", "for=10.0.0.1"),
        ("X-Real-IP", "10.0.0.1"), ("X-Original-URL", "/admin"), ("X-User", "root"), ("DPoP", "proof"),
        ("Proxy-Authorization", "Basic eA=="), ("Accept-Language", "de"), ("X-User-Sub", "root"), ("X-Forwarded-Prefix", "/forged"),
        ("X-HTTP-Method-Override", "DELETE"), ("Client-Cert", ":forged:"), ("TE", "trailers"), ("Keep-Alive", "timeout=1"), ("Via", "1.1 forged"),
        ("Origin", Portal.Origin), ("Referer", $"{Portal.Origin}/forged"), ("True-Client-IP", "10.0.0.1"), ("X-CSRF", "1"),
    ];

    private readonly Portal _portal = portal.Fresh();

    [Fact]
    public async Task B16_F3_R10_calls_the_API_with_the_token_and_without_the_cookie()
    {
        using var browser = _portal.Browser();
        await browser.SignInAsync();

        using var response = await browser.CallAsync("/api/contacts?page=2");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("answer of contacts", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var received = Assert.Single(_portal.Contacts.Requests);
        Assert.Equal(("/contacts", "?page=2"), (received.Path, received.Query));
        Assert.Equal($"Bearer {_portal.Provider.Issued.First(issued => issued.StartsWith("access-", StringComparison.Ordinal))}", received.Headers["Authorization"]);
        Assert.DoesNotContain("Cookie", received.Headers.Keys);
        Assert.DoesNotContain("X-CSRF", received.Headers.Keys);
    }

    [Theory]
    [InlineData("/api/contacts")]
    [InlineData("/")]
    public async Task R17_lets_no_header_through_that_a_service_might_trust(string path)
    {
        using var browser = _portal.Browser();
        await browser.SignInAsync();

        using var response = await browser.SendAsync(HttpMethod.Get, path, crossSite: false, Spoofed);

        var received = Assert.Single(path == "/" ? _portal.Pages.Requests : _portal.Contacts.Requests);
        Assert.Equal("de", received.Headers["Accept-Language"]);
        Assert.DoesNotContain(received.Headers, header =>
            header.Key is "Cookie" or "DPoP" or "Forwarded" or "Proxy-Authorization" or "Client-Cert" or "TE" or "Keep-Alive" or "Via"
                or "Origin" or "Referer" or "True-Client-IP" || header.Value.Contains("forged", StringComparison.Ordinal) ||
            header.Key.StartsWith("X-", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("/api/contacts")]
    [InlineData("/")]
    public async Task R17_begins_a_trace_of_our_own_and_passes_no_baggage_on(string path)
    {
        const string Foreign = "0af7651916cd43dd8448eb211c80319c";
        using var browser = _portal.Browser();
        await browser.SignInAsync();

        using var response = await browser.CallAsync(path, headers:
            [("traceparent", $"00-{Foreign}-b7ad6b7169203331-01"), ("tracestate", "vendor=forged"), ("baggage", "user=forged"), ("Correlation-Context", "user=forged")]);

        var received = Assert.Single(path == "/" ? _portal.Pages.Requests : _portal.Contacts.Requests);
        Assert.Matches("^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$", received.Headers["traceparent"]);
        Assert.DoesNotContain(Foreign, received.Headers["traceparent"]);
        Assert.DoesNotContain(received.Headers.Values, value => value.Contains("forged", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Answers_401_without_a_session_and_does_not_call_the_API()
    {
        using var browser = _portal.Browser();

        using var response = await browser.CallAsync("/api/contacts");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Empty(_portal.Contacts.Requests);
    }

    [Fact]
    public async Task Passes_a_401_of_the_API_on_as_it_is()
    {
        using var browser = _portal.Browser();
        await browser.SignInAsync();
        _portal.Contacts.Status = 401;

        using var response = await browser.CallAsync("/api/contacts");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("answer of contacts", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("/api/contacts")]
    [InlineData("/")]
    public async Task Lets_no_cookie_of_a_service_reach_the_browser(string path)
    {
        using var browser = _portal.Browser();
        await browser.SignInAsync();

        using var response = await browser.CallAsync(path);

        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("DELETE")]
    [InlineData("PUT")]
    [InlineData("TRACE")]
    public async Task B15_forwards_only_the_methods_of_the_route(string method)
    {
        using var browser = _portal.Browser();
        await browser.SignInAsync();

        using var response = await browser.CallAsync("/api/contacts", new(method));

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Empty(_portal.Contacts.Requests);
    }

    [Theory]
    [InlineData("/api/contacts/1")]
    [InlineData("/api/contacts/../admin")]
    [InlineData("/api/")]
    public async Task B14_forwards_only_the_paths_of_the_route(string path)
    {
        using var browser = _portal.Browser();
        await browser.SignInAsync();

        using var response = await browser.CallAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Empty(_portal.Contacts.Requests);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/app.js")]
    [InlineData("/some/deep/page")]
    public async Task Gives_the_pages_to_everyone(string path)
    {
        using var browser = _portal.Browser();

        using var response = await browser.NavigateAsync(path, crossSite: true);

        Assert.Equal("answer of pages", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(path, Assert.Single(_portal.Pages.Requests).Path);
    }

    [Fact]
    public async Task Shows_a_page_when_the_pages_are_away()
    {
        await using var replica = await BffReplica.StartAsync(
            new Dictionary<string, string>(_portal.Settings()) { ["services:spa:http:0"] = "http://127.0.0.1:9" }, _portal.Clock, _portal.Logs);
        using var browser = _portal.Browser(replica);

        using var response = await browser.NavigateAsync("/");

        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.Contains("Correlation id", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Stops_the_start_when_the_address_of_a_service_is_missing()
    {
        var settings = _portal.Settings();
        settings.Remove("services:contacts-api:http:0");

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => BffReplica.StartAsync(settings, _portal.Clock, _portal.Logs));

        Assert.StartsWith("The address of 'contacts-api' is not known: set services:contacts-api:http:0", failure.Message);
    }
}
