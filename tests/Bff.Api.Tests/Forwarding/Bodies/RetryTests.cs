using System.Net;
using Microsoft.AspNetCore.Http;
using Platform.Bff.Tests.Fixture;

namespace Platform.Bff.Tests.Forwarding.Bodies;

public sealed class RetryTests(BodiesPortal portal) : IClassFixture<BodiesPortal>
{
    private readonly Portal _portal = portal.Fresh();

    [Theory]
    [InlineData("GET", HttpStatusCode.OK, 1)]
    [InlineData("HEAD", HttpStatusCode.OK, 1)]
    [InlineData("POST", HttpStatusCode.BadGateway, 0)]
    public async Task What_may_be_done_twice_goes_to_another_destination(string method, HttpStatusCode expected, int reached)
    {
        using var browser = await SignInAsync();

        using var response = await browser.CallAsync("/api/half", new(method));

        Assert.Equal(expected, response.StatusCode);
        Assert.Equal(reached, _portal.Contacts.Requests.Count);
    }

    [Theory]
    [InlineData("GET", 2)]
    [InlineData("POST", 1)]
    public async Task A_service_that_breaks_off_before_its_answer_is_asked_once_more_at_most(string method, int asked)
    {
        _portal.Contacts.Answer = http =>
        {
            http.Abort();
            return Task.CompletedTask;
        };
        using var browser = await SignInAsync();

        using var response = await browser.CallAsync("/api/upload", new(method));

        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.Equal(asked, _portal.Contacts.Requests.Count);
    }

    [Fact]
    public async Task A_GET_with_a_body_is_not_repeated()
    {
        using var browser = await SignInAsync();

        var answer = await RawRequest.SendAsync(
            _portal.Bff,
            $"GET /api/half HTTP/1.1\r\nHost: {Portal.Host}\r\nX-CSRF: 1\r\nCookie: __Host-bff={browser.Handle}\r\nContent-Length: 4\r\n\r\nbody");

        Assert.StartsWith("HTTP/1.1 502 ", answer);
        Assert.Empty(_portal.Contacts.Requests);
    }

    [Fact]
    public async Task An_answer_that_has_begun_is_not_repeated_and_does_not_look_whole()
    {
        var received = new TaskCompletionSource();
        _portal.Contacts.Answer = async http =>
        {
            await http.Response.WriteAsync("half");
            await http.Response.Body.FlushAsync();
            await received.Task;
            http.Abort();
        };
        using var browser = await SignInAsync();

        using var response = await browser.CallAsync("/api/upload");
        await using var body = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        var buffer = new byte[100];
        Assert.Equal(4, await body.ReadAsync(buffer, TestContext.Current.CancellationToken));
        received.SetResult();

        await Assert.ThrowsAnyAsync<IOException>(() => body.ReadAsync(buffer, TestContext.Current.CancellationToken).AsTask());
        Assert.Single(_portal.Contacts.Requests);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task A_service_that_is_away_gets_the_call_502_with_a_number_to_quote(string method)
    {
        using var browser = await SignInAsync();

        using var response = await browser.CallAsync("/api/away", new(method));

        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Matches("^[0-9a-f]{32}$", (await Browser.JsonAsync(response)).GetProperty("correlationId").GetString());
    }

    private async Task<Browser> SignInAsync()
    {
        var browser = _portal.Browser();
        await browser.SignInAsync();
        return browser;
    }
}
