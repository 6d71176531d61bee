using System.Net;
using Platform.Bff.Tests.Fixture;

namespace Platform.Bff.Tests.Forwarding.Streams;

public sealed class HandshakeTests(StreamsPortal portal) : IClassFixture<StreamsPortal>
{
    private static readonly (string, string)[] Handshake =
    [
        ("Connection", "Upgrade"), ("Upgrade", "websocket"), ("Sec-WebSocket-Version", "13"), ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
    ];

    private readonly StreamsPortal _portal = portal.WithStreams();

    [Theory]
    [InlineData("socket")]
    [InlineData("socket over HTTP/2")]
    public async Task The_API_gets_the_token_and_neither_cookie_nor_origin(string kind)
    {
        using var browser = _portal.Browser();
        await browser.SignInAsync();

        using var stream = await OpenStream.OpenAsync(kind, browser, _portal.Bff);
        await stream.AssertOpenAsync();

        var received = Assert.Single(_portal.Contacts.Requests);
        Assert.StartsWith("Bearer access-", received.Headers["Authorization"]);
        Assert.DoesNotContain("Cookie", received.Headers.Keys);
        Assert.DoesNotContain("Origin", received.Headers.Keys);
    }

    [Theory]
    [InlineData("socket")]
    [InlineData("socket over HTTP/2")]
    public async Task A_socket_carries_more_than_a_body_may_have(string kind)
    {
        using var browser = _portal.Browser();
        await browser.SignInAsync();

        using var stream = await OpenStream.OpenAsync(kind, browser, _portal.Bff);

        for (var sent = 0; sent < 2 * StreamsPortal.LargestBody; sent += "ping".Length)
        {
            await stream.AssertOpenAsync();
        }
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(null, "same-origin")]
    [InlineData("https://evil.example", null)]
    [InlineData("https://evil.example", "same-origin")]
    [InlineData("null", null)]
    [InlineData("http://portal.test", null)]
    [InlineData("https://portal.test", "cross-site")]
    [InlineData("https://portal.test", "same-site")]
    [InlineData("https://portal.test", "none")]
    public async Task B10_a_handshake_that_is_not_from_our_page_is_refused(string? origin, string? site)
    {
        using var browser = _portal.Browser();
        await browser.SignInAsync();
        (string, string)[] sender =
            [.. origin is null ? Array.Empty<(string, string)>() : [("Origin", origin)], .. site is null ? Array.Empty<(string, string)>() : [("Sec-Fetch-Site", site)]];

        using var response = await browser.SendAsync(HttpMethod.Get, "/api/socket", crossSite: false, [.. Handshake, .. sender]);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Empty(_portal.Contacts.Requests);
    }

    [Fact]
    public async Task A_handshake_without_a_session_is_refused()
    {
        using var browser = _portal.Browser();

        using var response = await browser.SendAsync(HttpMethod.Get, "/api/socket", crossSite: false, [.. Handshake, ("Origin", Portal.Origin)]);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Empty(_portal.Contacts.Requests);
    }

    [Theory]
    [InlineData("/api/events", "websocket")]
    [InlineData("/api/download", "websocket")]
    [InlineData("/api/socket", "SPDY/3.1")]
    [InlineData("/api/socket", "h2c")]
    [InlineData("/auth/session", "websocket")]
    [InlineData("/", "websocket")]
    public async Task An_upgrade_that_a_route_does_not_offer_is_refused(string path, string protocol)
    {
        using var browser = _portal.Browser();
        await browser.SignInAsync();

        using var response = await browser.CallAsync(path, headers: [("Origin", Portal.Origin), ("Connection", "Upgrade"), ("Upgrade", protocol)]);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Empty(_portal.Contacts.Requests);
        Assert.Empty(_portal.Pages.Requests);
    }

    [Fact]
    public async Task B11_a_call_that_is_no_handshake_needs_the_header_on_a_route_with_sockets_too()
    {
        using var browser = _portal.Browser();
        await browser.SignInAsync();

        using var response = await browser.SendAsync(HttpMethod.Get, "/api/socket", crossSite: false, ("Origin", Portal.Origin));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Empty(_portal.Contacts.Requests);
    }
}
